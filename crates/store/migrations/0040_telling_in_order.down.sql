DROP INDEX outgoing_sends_due;
CREATE INDEX outgoing_sends_due ON outgoing_sends (endpoint_id, next_at) WHERE status = 'pending';
