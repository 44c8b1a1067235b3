-- Whether an address takes no mail, or its owner called some of it spam: then what is about their account's security is still sent. What was noted
-- before is taken for the former, as it was.
ALTER TABLE mail_suppressions ADD COLUMN refusal TEXT NOT NULL DEFAULT 'bounced';
