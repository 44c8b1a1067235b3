-- Long lists of posts: in order of time, by words, by author; deleted ones that may still come back; and filters that people keep.

-- When it went out, or else when it is due; at the end of time for a post without one, so that one index puts all in order.
ALTER TABLE posts ADD COLUMN happens_at BIGINT NOT NULL DEFAULT 9223372036854775807;
-- All its texts in small letters, as the search reads them: SQLite by itself folds ASCII only.
ALTER TABLE posts ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
-- Set when a person deleted it. It exists for nobody, and is swept after a day unless they take it back.
ALTER TABLE posts ADD COLUMN deleted_at BIGINT;

-- @postgres
-- The wall binds the owner of the tables too; for this transaction only.
SELECT set_config('app.scope', 'system', true);
-- @end
UPDATE posts SET search_text = lower(text);
UPDATE posts SET happens_at = COALESCE(
    CASE WHEN state = 'published' THEN (SELECT MAX(d.published_at) FROM deliveries d WHERE d.post_id = posts.id) END,
    due_at,
    9223372036854775807);

CREATE INDEX posts_by_time ON posts (workspace_id, happens_at, id);
CREATE INDEX posts_counted ON posts (workspace_id, state) WHERE deleted_at IS NULL;
CREATE INDEX posts_by_author ON posts (workspace_id, author_id);
CREATE INDEX posts_deleted ON posts (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE saved_filters (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    -- Whose it is: nobody else sees it.
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    -- A JSON object: what the page's address says.
    query TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX saved_filters_by_user ON saved_filters (workspace_id, user_id, id);

-- @postgres
ALTER TABLE saved_filters ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_filters FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saved_filters USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
