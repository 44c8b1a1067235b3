-- Sessions of devices: a mobile app or an assistant holds two tokens instead of a cookie. Absent where a browser is signed in.

ALTER TABLE sessions ADD COLUMN device_name TEXT;
-- Until when the access token works, whose hash is `token_hash`.
ALTER TABLE sessions ADD COLUMN access_until BIGINT;
-- A refresh token has a part that stays and a part that changes with each use. Whoever knows the first, but not the present whole, has one
-- that was used before.
ALTER TABLE sessions ADD COLUMN family_hash TEXT;
ALTER TABLE sessions ADD COLUMN refresh_hash TEXT;
CREATE UNIQUE INDEX sessions_by_family ON sessions (family_hash) WHERE family_hash IS NOT NULL;
