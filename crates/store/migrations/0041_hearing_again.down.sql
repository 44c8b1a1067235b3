-- Hashes stay short: what was heard before and is told once more counts as new.
ALTER TABLE webhook_events DROP COLUMN interruptions;
