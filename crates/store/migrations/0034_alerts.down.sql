DROP INDEX connections_ending;
ALTER TABLE connections DROP COLUMN alerted_at;
DROP TABLE mail_preferences;
DROP TABLE known_browsers;
ALTER TABLE mail_messages DROP COLUMN delivered_at;
