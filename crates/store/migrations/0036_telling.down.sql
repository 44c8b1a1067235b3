DROP TABLE outgoing_attempts;
DROP TABLE outgoing_sends;
DROP TABLE outgoing_messages;
DROP TABLE webhook_endpoints;
