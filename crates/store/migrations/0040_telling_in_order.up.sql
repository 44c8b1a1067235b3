-- What is due together goes in the order of its messages, without being sorted each time.
DROP INDEX outgoing_sends_due;
CREATE INDEX outgoing_sends_due ON outgoing_sends (endpoint_id, next_at, message_id) WHERE status = 'pending';
