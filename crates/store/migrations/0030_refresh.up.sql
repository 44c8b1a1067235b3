-- What renewing a grant must remember: who asked last, how often it failed, and when it is tried again.

-- Counts leases: a late answer to an earlier one is not taken.
ALTER TABLE connections ADD COLUMN refresh_fence BIGINT NOT NULL DEFAULT 0;
-- In a row, up to now.
ALTER TABLE connections ADD COLUMN refresh_failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN refresh_after BIGINT;
-- Leases of which some outlive their holder.
CREATE INDEX connections_leased ON connections (refresh_lease_until) WHERE refresh_lease IS NOT NULL;
