DROP INDEX connections_leased;
ALTER TABLE connections DROP COLUMN refresh_after;
ALTER TABLE connections DROP COLUMN refresh_failures;
ALTER TABLE connections DROP COLUMN refresh_fence;
