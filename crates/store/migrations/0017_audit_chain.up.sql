-- Chains the audit log: each event carries a hash that depends on the one before, and the head of each chain knows the last. The
-- installation's own events have no workspace. Events that are older than this keep to themselves.

-- @sqlite
CREATE TABLE audit_events_chained (
    id TEXT PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    post_id TEXT,
    detail TEXT NOT NULL,
    seq BIGINT,
    salt TEXT,
    content_hash TEXT,
    hash TEXT,
    erased_at BIGINT
);
INSERT INTO audit_events_chained (id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail)
SELECT id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail FROM audit_events;
DROP TABLE audit_events;
ALTER TABLE audit_events_chained RENAME TO audit_events;
CREATE INDEX audit_events_by_workspace ON audit_events (workspace_id, id);
CREATE INDEX audit_events_by_post ON audit_events (post_id, id);
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, id);
-- @end
-- @postgres
ALTER TABLE audit_events ALTER COLUMN workspace_id DROP NOT NULL;
-- Its place in the chain, from 1; absent for events that are older than the chain.
ALTER TABLE audit_events ADD COLUMN seq BIGINT;
-- With the content it makes the content's hash; both go when a person is erased, and the chain still holds.
ALTER TABLE audit_events ADD COLUMN salt TEXT;
ALTER TABLE audit_events ADD COLUMN content_hash TEXT;
ALTER TABLE audit_events ADD COLUMN hash TEXT;
ALTER TABLE audit_events ADD COLUMN erased_at BIGINT;
-- @end
CREATE INDEX audit_events_by_place ON audit_events (workspace_id, seq);
CREATE INDEX audit_events_by_actor ON audit_events (workspace_id, actor_id, id);
CREATE INDEX audit_events_by_action ON audit_events (workspace_id, action, id);

-- Where each chain ends, and where it begins since older events were thrown away. Locked by whoever records.
CREATE TABLE audit_heads (
    -- A workspace's id, or `installation`.
    chain TEXT PRIMARY KEY,
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    first_previous_hash TEXT NOT NULL
);

-- @postgres
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_heads USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
