-- Until when an endpoint asked to be left alone.
ALTER TABLE webhook_endpoints ADD COLUMN resting_until BIGINT;
