-- What a platform says again does nothing again.

-- Events that somebody deleted: when they are told once more, they are known.
CREATE TABLE deleted_webhook_events (
    dedup TEXT NOT NULL,
    scope TEXT NOT NULL,
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    deleted_at BIGINT NOT NULL,
    PRIMARY KEY (dedup, scope)
);
CREATE INDEX deleted_webhook_events_by_workspace ON deleted_webhook_events (workspace_id);
CREATE INDEX deleted_webhook_events_by_time ON deleted_webhook_events (deleted_at);

-- When the person last consented, by our clock.
ALTER TABLE connections ADD COLUMN granted_at BIGINT NOT NULL DEFAULT 0;
-- The last word of the platform's that ended their consent, by its clock.
ALTER TABLE connections ADD COLUMN deauthorized_at BIGINT;

-- @postgres
ALTER TABLE deleted_webhook_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE deleted_webhook_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON deleted_webhook_events USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- The wall binds the owner of the tables too; for this transaction only.
SELECT set_config('app.scope', 'system', true);
-- @end
UPDATE connections SET granted_at = created_at;
