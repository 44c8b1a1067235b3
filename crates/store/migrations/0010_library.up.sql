-- Order in the library: folders, tags, and what a file was made from.

CREATE TABLE media_folders (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    -- Absent at the top.
    parent_id TEXT REFERENCES media_folders (id),
    name TEXT NOT NULL,
    -- The name in small letters: two folders side by side differ in more than that.
    name_key TEXT NOT NULL,
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX media_folders_by_name ON media_folders (workspace_id, COALESCE(parent_id, ''), name_key);
CREATE INDEX media_folders_by_parent ON media_folders (parent_id);

CREATE TABLE media_tags (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (media_id, tag)
);
CREATE INDEX media_tags_by_tag ON media_tags (workspace_id, tag, media_id);

-- No foreign keys: a folder is emptied before it goes, and a file may outlive the one it was made from.
ALTER TABLE media ADD COLUMN folder_id TEXT;
ALTER TABLE media ADD COLUMN derived_from TEXT;
-- What lists are sorted and searched by, in small letters: the name; name, alternative text and tags.
ALTER TABLE media ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
CREATE INDEX media_by_folder ON media (workspace_id, folder_id, id);
CREATE INDEX media_by_name ON media (workspace_id, name_key, id);
CREATE INDEX media_by_size ON media (workspace_id, bytes, id);

-- Where the file goes when it is whole.
ALTER TABLE media_uploads ADD COLUMN folder_id TEXT;

-- @postgres
SELECT set_config('app.scope', 'system', true);
-- @end
UPDATE media SET name_key = lower(file_name), search_text = lower(file_name || ' ' || alt);

-- @postgres
ALTER TABLE media_folders ENABLE ROW LEVEL SECURITY;
ALTER TABLE media_folders FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON media_folders USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE media_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE media_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON media_tags USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
