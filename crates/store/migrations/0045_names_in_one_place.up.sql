-- People's names stand with their accounts, so that they go with them. What they made names them by their ids.

ALTER TABLE invitations DROP COLUMN invited_by_name;
ALTER TABLE workspace_exports DROP COLUMN asked_by_name;
ALTER TABLE pages DROP COLUMN updated_by_name;
ALTER TABLE pages ADD COLUMN updated_by TEXT REFERENCES users (id) ON DELETE SET NULL;
-- The installation's audit log tells it.
ALTER TABLE mail_templates DROP COLUMN changed_by;
