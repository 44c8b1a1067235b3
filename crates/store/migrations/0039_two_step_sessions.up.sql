-- The session was begun by a passkey: something one has, opened by something one knows or is. A workspace that asks for two steps takes it.
ALTER TABLE sessions ADD COLUMN by_passkey BOOLEAN NOT NULL DEFAULT FALSE;
