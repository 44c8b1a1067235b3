DROP TABLE invitations;
ALTER TABLE members DROP COLUMN last_seen_at;
ALTER TABLE workspaces DROP COLUMN requires_two_factor;
