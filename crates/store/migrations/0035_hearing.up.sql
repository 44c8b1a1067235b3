-- What platforms tell of their own accord, and what came of it.

-- Requests as they came. They belong to the installation: one may tell of accounts of several workspaces.
CREATE TABLE webhook_receipts (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- A JSON object of the few headers that say something.
    headers TEXT NOT NULL,
    body @bytes NOT NULL
);

-- Those that nobody has looked into yet: small, whatever the size of the bodies.
CREATE TABLE webhook_inbox (
    receipt_id TEXT PRIMARY KEY
);

-- Each thing that a request told, once for each workspace that it concerns.
CREATE TABLE webhook_events (
    id TEXT PRIMARY KEY,
    receipt_id TEXT NOT NULL,
    -- Where in the request it stands.
    position BIGINT NOT NULL,
    -- Absent while no workspace has connected the account.
    workspace_id TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Events of one lane are worked off in their order.
    lane TEXT NOT NULL,
    -- The same for whatever is the same event told twice, within one scope: a workspace's id, or nothing.
    dedup TEXT NOT NULL,
    scope TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Fanfare knows what to do about events of this kind.
    understood BOOLEAN NOT NULL,
    attempts BIGINT NOT NULL,
    -- Attempts that failed since a person last asked for one.
    failed BIGINT NOT NULL,
    -- How many rows the last attempt changed.
    effects BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    occurred_at BIGINT,
    received_at BIGINT NOT NULL,
    processed_at BIGINT,
    error TEXT,
    -- A JSON list of what went wrong and when.
    failures TEXT NOT NULL,
    UNIQUE (dedup, scope)
);
CREATE INDEX webhook_events_open ON webhook_events (lane, id) WHERE status IN ('pending', 'processing', 'failed');
CREATE INDEX webhook_events_by_workspace ON webhook_events (workspace_id, status, id);
CREATE INDEX webhook_events_unclaimed ON webhook_events (platform, account) WHERE workspace_id IS NULL;
CREATE INDEX webhook_events_by_receipt ON webhook_events (receipt_id);

-- What people did with what was published.
CREATE TABLE engagement (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    -- Absent where it is about a post that was not made here.
    delivery_id TEXT REFERENCES deliveries (id) ON DELETE SET NULL,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    post_remote_id TEXT,
    parent_remote_id TEXT,
    actor_id TEXT,
    actor_name TEXT,
    text TEXT,
    -- `added`, `edited` or `removed`: how it last changed.
    change TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- The event that said so: one that came earlier and is worked off later changes nothing.
    event_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (channel_id, kind, remote_id)
);
CREATE INDEX engagement_by_delivery ON engagement (delivery_id, kind);
CREATE INDEX engagement_by_actor ON engagement (actor_id);
CREATE INDEX engagement_by_workspace ON engagement (workspace_id, id);

-- Messages and what became of them, as the platform tells it.
CREATE TABLE inbound_messages (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    -- Whom the conversation is with, as the platform calls them.
    contact TEXT NOT NULL,
    text TEXT,
    payload TEXT NOT NULL,
    at BIGINT NOT NULL,
    event_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (channel_id, remote_id)
);
CREATE INDEX inbound_messages_by_contact ON inbound_messages (channel_id, contact, at);
CREATE INDEX inbound_messages_by_workspace ON inbound_messages (workspace_id, id);

-- What became of a post at the platform after it went out, and which event said so.
ALTER TABLE deliveries ADD COLUMN remote_change TEXT;
ALTER TABLE deliveries ADD COLUMN remote_changed_at BIGINT;
ALTER TABLE deliveries ADD COLUMN remote_event TEXT;
CREATE INDEX deliveries_by_remote ON deliveries (channel_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX channels_by_remote ON channels (platform, remote_id);

-- People who asked a platform that what we have of them be deleted.
CREATE TABLE data_deletions (
    code TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    done_at BIGINT
);

-- @postgres
ALTER TABLE webhook_receipts ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_receipts FORCE ROW LEVEL SECURITY;
CREATE POLICY installation ON webhook_receipts USING ((SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE webhook_inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY installation ON webhook_inbox USING ((SELECT current_setting('app.scope', true)) = 'system');
-- Its rows come and go by the thousand, and whoever takes the oldest steps over the dead ones.
ALTER TABLE webhook_inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE webhook_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_events USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE engagement ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON engagement USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE inbound_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbound_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inbound_messages USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
