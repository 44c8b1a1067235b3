ALTER TABLE webhook_endpoints DROP COLUMN resting_until;
