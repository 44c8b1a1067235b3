-- Grants on platforms, what they let us act on, and what is remembered while a person is away consenting.

CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    avatar_url TEXT,
    status TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires_at BIGINT,
    refreshable BOOLEAN NOT NULL,
    -- What was typed before consenting, such as the server's address; nothing secret. Reconnecting uses it again.
    connect_fields TEXT NOT NULL,
    credentials @bytes,
    -- Counts changes of the credentials, so that a late refresh never overwrites a newer grant.
    generation BIGINT NOT NULL,
    refresh_lease TEXT,
    refresh_lease_until BIGINT,
    last_synced_at BIGINT,
    error_code TEXT,
    error_detail TEXT,
    error_advice TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (workspace_id, platform, remote_id)
);
CREATE INDEX connections_by_expiry ON connections (expires_at);

CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    avatar_url TEXT,
    url TEXT,
    -- Set when a person gave it another name; later syncs leave that alone.
    renamed BOOLEAN NOT NULL,
    credentials @bytes,
    limits TEXT NOT NULL,
    problem TEXT,
    enabled BOOLEAN NOT NULL,
    paused BOOLEAN NOT NULL,
    limited_until BIGINT,
    -- Set when the connection was given back; posts keep pointing at the row.
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (workspace_id, platform, remote_id)
);
CREATE INDEX channels_by_connection ON channels (connection_id);

CREATE TABLE oauth_states (
    state_hash TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    kept @bytes NOT NULL,
    return_to TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oauth_states_by_expiry ON oauth_states (expires_at);

-- Our application as registered with servers that each want to know it (Mastodon). Shared by all workspaces.
CREATE TABLE app_registrations (
    platform TEXT NOT NULL,
    server TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    registration @bytes NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (platform, server, redirect_uri)
);

CREATE TABLE token_refresh_log (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    detail TEXT
);
CREATE INDEX token_refresh_log_by_connection ON token_refresh_log (connection_id, started_at);

-- @postgres
ALTER TABLE connections ENABLE ROW LEVEL SECURITY;
ALTER TABLE connections FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON connections USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE channels ENABLE ROW LEVEL SECURITY;
ALTER TABLE channels FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON channels USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE oauth_states ENABLE ROW LEVEL SECURITY;
ALTER TABLE oauth_states FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON oauth_states USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE token_refresh_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE token_refresh_log FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON token_refresh_log USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
