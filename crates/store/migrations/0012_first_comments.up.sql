-- The first comment below a post that is out: decided when its delivery is published, and from then on by itself.

CREATE TABLE first_comments (
    delivery_id TEXT PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    -- When it is looked at next while publishing.
    next_attempt_at BIGINT,
    -- By then it is final, or the watchdog says why not.
    deadline_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    began_at BIGINT,
    -- The platform's own checkpoint, and whether a call that must not run twice may have been made since.
    progress TEXT NOT NULL,
    intended_at BIGINT,
    remote_id TEXT,
    permalink TEXT,
    published_at BIGINT,
    receipt TEXT,
    error_code TEXT,
    error_detail TEXT,
    error_advice TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX first_comments_by_workspace ON first_comments (workspace_id);
-- What still moves: small however many comments there are.
CREATE INDEX first_comments_open ON first_comments (deadline_at) WHERE state IN ('scheduled', 'publishing');

-- @postgres
ALTER TABLE first_comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_comments FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON first_comments USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
