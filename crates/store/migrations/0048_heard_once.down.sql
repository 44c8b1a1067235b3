ALTER TABLE connections DROP COLUMN deauthorized_at;
ALTER TABLE connections DROP COLUMN granted_at;
DROP TABLE deleted_webhook_events;
