-- The times of the week at which channels like to be posted to, and posts that come round again.

CREATE TABLE channel_queues (
    channel_id TEXT PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    time_zone TEXT NOT NULL,
    -- Weekdays and times of day, by the clocks of the zone.
    slots TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE post_series (
    id TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    -- What clocks of the zone show at the beginning: the rule counts from that day, and takes its time of day.
    starts TEXT NOT NULL,
    -- In words, what keeps the next post from being as the last one was.
    problem TEXT,
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The posts of a series. The one with the highest number is the next to go out, or was the last.
CREATE TABLE series_posts (
    post_id TEXT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    series_id TEXT NOT NULL REFERENCES post_series (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    -- The instant of the rule, wherever the post was moved since.
    planned_at BIGINT NOT NULL,
    UNIQUE (series_id, number)
);

-- What goes out on a channel around some time.
CREATE INDEX deliveries_by_channel_time ON deliveries (channel_id, due_at);

-- @postgres
ALTER TABLE channel_queues ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel_queues FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON channel_queues USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE post_series ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_series FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON post_series USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
ALTER TABLE series_posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE series_posts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON series_posts USING (
    workspace_id = (SELECT current_setting('app.workspace_id', true))
    OR (SELECT current_setting('app.scope', true)) = 'system');
-- @end
