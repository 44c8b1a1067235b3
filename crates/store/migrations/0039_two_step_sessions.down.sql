ALTER TABLE sessions DROP COLUMN by_passkey;
