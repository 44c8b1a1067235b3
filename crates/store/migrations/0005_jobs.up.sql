-- Durable work. A job is due when `available_at` has passed; claiming it moves `available_at` to the end of the lease, so that a
-- job whose worker died becomes due again by itself. A finished job is deleted.

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- One waiting job for each key.
    key TEXT UNIQUE,
    due_at BIGINT NOT NULL,
    available_at BIGINT NOT NULL,
    lease TEXT,
    -- Counts claims and never goes back: with the lease it tells one hold from the next.
    attempts BIGINT NOT NULL,
    -- Runs that failed since the last that did not.
    failures BIGINT NOT NULL,
    last_error TEXT,
    -- Set when it failed too often; kept for a person to look at.
    dead_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_available ON jobs (available_at) WHERE dead_at IS NULL;

-- @postgres
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON jobs USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- The table is small and busy: claims and deletes leave dead rows that lists must step over.
ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- @end
