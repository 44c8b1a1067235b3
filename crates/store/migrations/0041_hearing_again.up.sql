-- How often in a row the program died at an event: attempts that a person asked for do not count.
ALTER TABLE webhook_events ADD COLUMN interruptions BIGINT NOT NULL DEFAULT 0;

-- @postgres
-- The wall binds the owner of the tables too; for this transaction only.
SELECT set_config('app.scope', 'system', true);
-- @end
-- Half of the hash tells events apart just as well, and takes half of the index.
UPDATE webhook_events SET dedup = substr(dedup, 1, 32);
