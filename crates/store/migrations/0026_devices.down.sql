DELETE FROM sessions WHERE device_name IS NOT NULL;
DROP INDEX sessions_by_family;
ALTER TABLE sessions DROP COLUMN refresh_hash;
ALTER TABLE sessions DROP COLUMN family_hash;
ALTER TABLE sessions DROP COLUMN access_until;
ALTER TABLE sessions DROP COLUMN device_name;
