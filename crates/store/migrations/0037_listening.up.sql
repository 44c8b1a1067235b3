-- What platforms are asked to tell, what was read when nobody heard, and what platforms decided about accounts.

-- What the platform is to tell of a channel, and what it does tell.
CREATE TABLE channel_subscriptions (
    channel_id TEXT PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    -- A JSON list of fields.
    wanted TEXT NOT NULL,
    -- What the platform said last, a JSON list; absent before it was asked.
    actual TEXT,
    -- Something is told, and the fields are chosen in the application's settings there.
    by_application BOOLEAN NOT NULL DEFAULT FALSE,
    verified_at BIGINT,
    -- Why it last could not be looked at or set; absent once it could.
    error_code TEXT,
    error TEXT,
    advice TEXT,
    failed_at BIGINT,
    failures BIGINT NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL
);
CREATE INDEX channel_subscriptions_by_workspace ON channel_subscriptions (workspace_id);

-- Readings of what was missed while nobody heard.
CREATE TABLE catch_ups (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    -- Comments from then on are read.
    since BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- Where the platform's list goes on.
    cursor TEXT,
    parts BIGINT NOT NULL DEFAULT 0,
    posts BIGINT NOT NULL DEFAULT 0,
    comments BIGINT NOT NULL DEFAULT 0,
    -- Of all that was read, what was not known.
    added BIGINT NOT NULL DEFAULT 0,
    -- There was too much of it.
    is_cut BOOLEAN NOT NULL DEFAULT FALSE,
    failures BIGINT NOT NULL DEFAULT 0,
    error_code TEXT,
    error TEXT,
    advice TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
-- One at a time for each channel.
CREATE UNIQUE INDEX catch_ups_open ON catch_ups (channel_id) WHERE finished_at IS NULL;
CREATE INDEX catch_ups_by_channel ON catch_ups (channel_id, id);
CREATE INDEX catch_ups_by_workspace ON catch_ups (workspace_id);

-- What a platform decided about an account, its numbers and its templates, as the last event about each tells.
CREATE TABLE account_notices (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT,
    language TEXT,
    state TEXT NOT NULL,
    state_before TEXT,
    reason TEXT,
    until BIGINT,
    at BIGINT NOT NULL,
    event_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (channel_id, kind, subject)
);
CREATE INDEX account_notices_by_workspace ON account_notices (workspace_id);

-- The latest words below a post.
CREATE INDEX engagement_latest ON engagement (delivery_id, at);

-- @postgres
ALTER TABLE channel_subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel_subscriptions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON channel_subscriptions USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE catch_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE catch_ups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON catch_ups USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE account_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account_notices USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
