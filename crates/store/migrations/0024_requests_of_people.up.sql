-- An Idempotency-Key belongs to a workspace, or to a person where the request acts in none, such as the one that makes a workspace.

CREATE TABLE owned_idempotency_keys (
    -- The workspace's id, or the person's.
    owner_id TEXT NOT NULL,
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
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
    PRIMARY KEY (owner_id, key)
);

-- @postgres
-- The wall binds the owner of the tables too; for this transaction only.
SELECT set_config('app.scope', 'system', true);
-- @end
INSERT INTO owned_idempotency_keys
    (owner_id, workspace_id, key, route, request_hash, status, response, made_kind, made_id, created_at)
SELECT workspace_id, workspace_id, key, route, request_hash, status, response, made_kind, made_id, created_at
FROM idempotency_keys;
DROP TABLE idempotency_keys;
ALTER TABLE owned_idempotency_keys RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- @postgres
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
