-- Keys by which programs call the API, and what was done with them.

-- A key is known by the hash of its text, so that a stolen database opens nothing.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    -- Who made it: it never exceeds what they may.
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- A JSON list of actions.
    scopes TEXT NOT NULL,
    -- A JSON list of networks; an empty one means anywhere.
    allowed_ips TEXT NOT NULL,
    rate_per_minute BIGINT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    -- What people know it by: its first and last characters.
    preview TEXT NOT NULL,
    -- The text before the last rotation, which works until then.
    old_hash TEXT UNIQUE,
    old_until BIGINT,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    rotated_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id, id);

-- How often it was used on each day (UTC).
CREATE TABLE api_key_days (
    key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    calls BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    PRIMARY KEY (key_id, day)
);

-- The last calls, as patterns of addresses: what stands in an address may be private.
CREATE TABLE api_key_calls (
    id TEXT PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    method TEXT NOT NULL,
    route TEXT NOT NULL,
    status BIGINT NOT NULL,
    took_micros BIGINT NOT NULL
);
CREATE INDEX api_key_calls_by_key ON api_key_calls (key_id, id);

-- @postgres
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_keys USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE api_key_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key_days FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_key_days USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE api_key_calls ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key_calls FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_key_calls USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
