-- Several people in a workspace: when each was there last, who is invited, and whether the workspace wants a second factor of all.

ALTER TABLE workspaces ADD COLUMN requires_two_factor BOOLEAN NOT NULL DEFAULT FALSE;
-- As far as it is noted, which is once an hour.
ALTER TABLE members ADD COLUMN last_seen_at BIGINT;

-- Open invitations. One that is accepted, withdrawn or replaced is gone; what became of it is in the audit log.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    email TEXT NOT NULL CHECK (email = lower(trim(email))),
    role TEXT NOT NULL,
    -- Of the token in the link, so that a stolen database lets nobody in.
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    -- As they were called then.
    invited_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (workspace_id, email)
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

-- @postgres
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON invitations USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
