ALTER TABLE mail_templates ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE pages DROP COLUMN updated_by;
ALTER TABLE pages ADD COLUMN updated_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE workspace_exports ADD COLUMN asked_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE invitations ADD COLUMN invited_by_name TEXT NOT NULL DEFAULT '';
