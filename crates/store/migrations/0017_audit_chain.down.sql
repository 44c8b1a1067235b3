-- What has no workspace has no place in the table as it was.

DROP TABLE audit_heads;
-- @sqlite
CREATE TABLE audit_events_before (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    post_id TEXT,
    detail TEXT NOT NULL
);
INSERT INTO audit_events_before (id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail)
SELECT id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail FROM audit_events
WHERE workspace_id IS NOT NULL;
DROP TABLE audit_events;
ALTER TABLE audit_events_before RENAME TO audit_events;
CREATE INDEX audit_events_by_workspace ON audit_events (workspace_id, id);
CREATE INDEX audit_events_by_post ON audit_events (post_id, id);
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, id);
-- @end
-- @postgres
SELECT set_config('app.scope', 'system', true);
DELETE FROM audit_events WHERE workspace_id IS NULL;
DROP INDEX audit_events_by_place;
DROP INDEX audit_events_by_actor;
DROP INDEX audit_events_by_action;
ALTER TABLE audit_events DROP COLUMN seq;
ALTER TABLE audit_events DROP COLUMN salt;
ALTER TABLE audit_events DROP COLUMN content_hash;
ALTER TABLE audit_events DROP COLUMN hash;
ALTER TABLE audit_events DROP COLUMN erased_at;
ALTER TABLE audit_events ALTER COLUMN workspace_id SET NOT NULL;
-- @end
