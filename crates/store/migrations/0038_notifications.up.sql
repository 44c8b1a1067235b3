-- What people were told of, and by which ways they want to be.

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Absent where it is about the person's own account.
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Unread ones of one kind about the same are one that counts.
    subject TEXT NOT NULL,
    -- The post it is about, if any: without it there is nothing to be told of.
    post_id TEXT REFERENCES posts (id) ON DELETE CASCADE,
    -- What it is about, in the words of whoever named it.
    title TEXT NOT NULL,
    -- How exactly, in a word of ours.
    what TEXT,
    platform TEXT,
    account TEXT,
    count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it last happened.
    at BIGINT NOT NULL,
    read_at BIGINT,
    -- By which ways.
    in_app BOOLEAN NOT NULL,
    email BOOLEAN NOT NULL,
    -- A message about it is still to be written.
    mail_waits BOOLEAN NOT NULL,
    -- Whoever leaves the workspace leaves what they were told there.
    FOREIGN KEY (workspace_id, user_id) REFERENCES members (workspace_id, user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX notifications_unread ON notifications (workspace_id, user_id, kind, subject) WHERE read_at IS NULL;
CREATE INDEX notifications_by_user ON notifications (user_id, at, id);
CREATE INDEX notifications_by_post ON notifications (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX notifications_waiting ON notifications (user_id, workspace_id) WHERE mail_waits;

-- What somebody said about one kind and one way; what nobody said goes by what the program holds best.
CREATE TABLE notification_preferences (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind, channel)
);

-- What was said by the link in a message is said here from now on; there, only the links are left.
INSERT INTO notification_preferences (user_id, kind, channel, wanted, changed_at)
SELECT user_id, kind, 'email', FALSE, off_at FROM mail_preferences WHERE off_at IS NOT NULL;
ALTER TABLE mail_preferences DROP COLUMN off_at;

-- @postgres
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
-- What is about a person's own account is told wherever they are; every statement names the person.
CREATE POLICY tenant ON notifications USING (
    workspace_id IS NULL
    OR workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
