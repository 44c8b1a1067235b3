-- Files that are being taken from a connected account into the library.

CREATE TABLE media_imports (
    -- The one that the file will have in the library.
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    -- What the platform calls it.
    remote_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    alt TEXT NOT NULL,
    -- No foreign key: a file whose folder is gone goes into none.
    folder_id TEXT,
    state TEXT NOT NULL,
    -- Of the whole file, as the platform says, and how much of it is here.
    bytes BIGINT,
    received BIGINT NOT NULL,
    -- Which content that is a part of, in the platform's words.
    version TEXT,
    -- All of that came, and is what the platform described.
    checked BOOLEAN NOT NULL DEFAULT FALSE,
    -- Runs since something of it came, and runs after which it was not what the platform described.
    failures BIGINT NOT NULL DEFAULT 0,
    spoilt BIGINT NOT NULL DEFAULT 0,
    -- Why it cannot be had, or is not here yet.
    error_code TEXT,
    error_detail TEXT,
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    -- As the audit log names whoever asked.
    created_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX media_imports_by_workspace ON media_imports (workspace_id, id);
CREATE INDEX media_imports_by_connection ON media_imports (connection_id);
CREATE INDEX media_imports_by_expiry ON media_imports (expires_at);

-- @postgres
ALTER TABLE media_imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE media_imports FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON media_imports USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
