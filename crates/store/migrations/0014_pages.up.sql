-- Texts of public pages that an administrator replaced, and how far a workspace's first run has come.

-- A page without a row has Fanfare's own text.
CREATE TABLE pages (
    id TEXT PRIMARY KEY CHECK (id IN ('privacy', 'terms')),
    text TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by_name TEXT NOT NULL
);

CREATE TABLE first_runs (
    workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
    -- When somebody agreed to the workspace's name.
    named_at BIGINT,
    -- The post that was begun as the first one.
    post_id TEXT REFERENCES posts (id) ON DELETE SET NULL,
    -- When somebody wanted to be reminded no more.
    dismissed_at BIGINT
);

-- @postgres
ALTER TABLE first_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON first_runs USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
