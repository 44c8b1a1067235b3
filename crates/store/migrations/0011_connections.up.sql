-- The order and groups of channels, what an account's settings are, and what its health checks found.

ALTER TABLE channels ADD COLUMN position BIGINT NOT NULL DEFAULT 0;

CREATE TABLE channel_groups (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX channel_groups_by_workspace ON channel_groups (workspace_id);

CREATE TABLE channel_group_members (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL REFERENCES channel_groups (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    PRIMARY KEY (group_id, channel_id)
);
CREATE INDEX channel_group_members_by_channel ON channel_group_members (channel_id);

CREATE TABLE integration_settings (
    connection_id TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    settings TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE connection_checks (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    state TEXT,
    findings TEXT NOT NULL
);
-- One at a time for each connection.
CREATE UNIQUE INDEX connection_checks_running ON connection_checks (connection_id) WHERE finished_at IS NULL;
CREATE INDEX connection_checks_by_connection ON connection_checks (connection_id, id);

-- @postgres
ALTER TABLE channel_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel_groups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON channel_groups USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE channel_group_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel_group_members FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON channel_group_members USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE integration_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE integration_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON integration_settings USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE connection_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON connection_checks USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
