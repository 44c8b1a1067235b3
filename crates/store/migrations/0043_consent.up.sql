-- What the platform calls whoever consented when it says that they took it back, where that is not `remote_id`.
ALTER TABLE connections ADD COLUMN person_id TEXT;
