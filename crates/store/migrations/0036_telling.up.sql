-- Programs outside that want to know what happens, and what they were told.

CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    -- A JSON list; an empty one is all of them.
    event_types TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    -- `failing`, `gone` or `person`, while it is not enabled.
    disabled_at BIGINT,
    disabled_why TEXT,
    -- Empty when its key was lost: then nothing can be signed until another is made.
    secret @bytes,
    previous_secret @bytes,
    previous_until BIGINT,
    -- A JSON list of the names of the headers; the values are sealed.
    header_names TEXT NOT NULL,
    headers @bytes,
    failing_since BIGINT,
    last_success_at BIGINT,
    last_failure_at BIGINT,
    last_failure_status BIGINT,
    last_failure_error TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX webhook_endpoints_by_workspace ON webhook_endpoints (workspace_id, id);

-- What there was to tell, as it is sent.
CREATE TABLE outgoing_messages (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    event_type TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX outgoing_messages_by_workspace ON outgoing_messages (workspace_id, id);

-- Whom it is told, and whether that is done.
CREATE TABLE outgoing_sends (
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL REFERENCES outgoing_messages (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    -- `pending`, `delivered` or `failed`.
    status TEXT NOT NULL,
    -- All that were made, and those since it was last put in line.
    attempts BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT,
    PRIMARY KEY (endpoint_id, message_id)
);
CREATE INDEX outgoing_sends_due ON outgoing_sends (endpoint_id, next_at) WHERE status = 'pending';
CREATE INDEX outgoing_sends_by_message ON outgoing_sends (message_id);
CREATE INDEX outgoing_sends_by_workspace ON outgoing_sends (workspace_id);

CREATE TABLE outgoing_attempts (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL REFERENCES outgoing_messages (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT,
    response TEXT,
    error TEXT,
    url TEXT NOT NULL,
    -- A JSON list of what was sent, values of the endpoint's own headers hidden.
    headers TEXT NOT NULL
);
CREATE INDEX outgoing_attempts_by_endpoint ON outgoing_attempts (endpoint_id, id);
CREATE INDEX outgoing_attempts_by_message ON outgoing_attempts (message_id);
CREATE INDEX outgoing_attempts_by_workspace ON outgoing_attempts (workspace_id);

-- @postgres
ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_endpoints USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE outgoing_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outgoing_messages USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE outgoing_sends ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_sends FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outgoing_sends USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE outgoing_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outgoing_attempts USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
