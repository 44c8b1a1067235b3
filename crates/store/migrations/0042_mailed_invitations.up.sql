-- The link went to the address by mail, and to nobody else: whoever has it reads that mailbox. One that was passed on by hand proves nothing.
ALTER TABLE invitations ADD COLUMN mailed BOOLEAN NOT NULL DEFAULT FALSE;
