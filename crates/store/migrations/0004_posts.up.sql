-- What is composed once, and each of its deliveries.

CREATE TABLE posts (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    author_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    -- The sum of its deliveries' states, kept for lists.
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    schedule_kind TEXT NOT NULL,
    due_at BIGINT,
    time_zone TEXT NOT NULL,
    -- Counts edits, so that two people editing notice each other.
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX posts_by_workspace ON posts (workspace_id, id);
CREATE INDEX posts_by_state ON posts (workspace_id, state, id);

CREATE TABLE post_media (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    -- No foreign key: when the file is deleted, a retry must find that something is missing.
    media_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    alt TEXT NOT NULL,
    PRIMARY KEY (post_id, position)
);
CREATE INDEX post_media_by_media ON post_media (media_id);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    position BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- The channel's own text and options; absent where the post's apply.
    variant_text TEXT,
    options TEXT NOT NULL,
    due_at BIGINT,
    -- When it is looked at next while publishing.
    next_attempt_at BIGINT,
    -- By then it is final, or the watchdog says why not.
    deadline_at BIGINT,
    attempts BIGINT NOT NULL,
    began_at BIGINT,
    -- The platform's own checkpoint, and whether a call that must not run twice may have been made since.
    progress TEXT NOT NULL,
    intended_at BIGINT,
    remote_id TEXT,
    permalink TEXT,
    published_at BIGINT,
    receipt TEXT,
    error_code TEXT,
    error_detail TEXT,
    error_advice TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (post_id, channel_id)
);
CREATE INDEX deliveries_by_channel ON deliveries (channel_id, state);
-- What still moves: small however many posts there are.
CREATE INDEX deliveries_open ON deliveries (deadline_at) WHERE state IN ('scheduled', 'publishing');

CREATE TABLE delivery_attempts (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    detail TEXT NOT NULL,
    -- For the log of the installation, not for people: the platform's own words, redacted.
    log TEXT NOT NULL
);
CREATE INDEX delivery_attempts_by_delivery ON delivery_attempts (delivery_id, number);

-- @postgres
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE posts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON posts USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE post_media ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_media FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON post_media USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON deliveries USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE delivery_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON delivery_attempts USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
