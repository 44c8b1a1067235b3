ALTER TABLE mail_preferences ADD COLUMN off_at BIGINT;
UPDATE mail_preferences SET off_at = (
    SELECT p.changed_at FROM notification_preferences p
    WHERE p.user_id = mail_preferences.user_id AND p.kind = mail_preferences.kind AND p.channel = 'email' AND NOT p.wanted);
DROP TABLE notification_preferences;
DROP TABLE notifications;
