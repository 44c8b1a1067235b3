CREATE TABLE workspace_idempotency_keys (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    route TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT,
    response TEXT,
    made_kind TEXT,
    made_id TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, key)
);

-- @postgres
SELECT set_config('app.scope', 'system', true);
-- @end
INSERT INTO workspace_idempotency_keys
    (workspace_id, key, route, request_hash, status, response, made_kind, made_id, created_at)
SELECT workspace_id, key, route, request_hash, status, response, made_kind, made_id, created_at
FROM idempotency_keys WHERE workspace_id IS NOT NULL;
DROP TABLE idempotency_keys;
ALTER TABLE workspace_idempotency_keys RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- @postgres
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
