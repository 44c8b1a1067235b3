-- Answers to creating requests that carried an Idempotency-Key, for a day.

CREATE TABLE idempotency_keys (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    -- Absent while the first request is still being answered.
    status BIGINT,
    response TEXT,
    -- What the request made, written in the transaction that made it: known even when the answer was never kept.
    made_kind TEXT,
    made_id TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Facts about the installation itself, such as the value that proves the key ring is the right one.
CREATE TABLE installation_facts (
    name TEXT PRIMARY KEY,
    value @bytes NOT NULL
);

-- @postgres
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
