-- How long things are kept, and archives of whole workspaces.

CREATE TABLE retention (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    -- For good when absent, each of them.
    audit_months BIGINT,
    key_log_days BIGINT,
    platform_answers_days BIGINT,
    -- When it was last done, and how much of each then went, as a JSON object.
    ran_at BIGINT,
    removed TEXT NOT NULL
);

CREATE TABLE workspace_exports (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    asked_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    -- As they were called then.
    asked_by_name TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Files in the archive: how many there are to be, and how many there are.
    files BIGINT NOT NULL,
    files_done BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX workspace_exports_by_workspace ON workspace_exports (workspace_id, id);
CREATE INDEX workspace_exports_by_expiry ON workspace_exports (expires_at);

-- @postgres
ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON retention USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE workspace_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspace_exports FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON workspace_exports USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
