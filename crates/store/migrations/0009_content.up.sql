-- What posts said before, and what is kept to be said again.

CREATE TABLE post_versions (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    author_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    -- The version whose content was taken back, if it began so.
    restored_from BIGINT,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (post_id, number)
);

CREATE TABLE content_templates (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- The name in lower case: two that differ only by case would be mixed up.
    name_key TEXT NOT NULL,
    content TEXT NOT NULL,
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (workspace_id, name_key)
);

CREATE TABLE hashtag_groups (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    hashtags TEXT NOT NULL,
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (workspace_id, name_key)
);

-- @postgres
ALTER TABLE post_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON post_versions USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE content_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE content_templates FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON content_templates USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE hashtag_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE hashtag_groups FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON hashtag_groups USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
