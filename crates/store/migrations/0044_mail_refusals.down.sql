ALTER TABLE mail_suppressions DROP COLUMN refusal;
