//! PostgreSQL's own texts.

use crate::sql;

pub(crate) const ROLE_IS_BOUND: &str = sql!(
    "SELECT NOT (rolsuper OR rolbypassrls) AS bound FROM pg_roles WHERE rolname = current_user"
);

/// A channel, and what it says.
pub(crate) const NOTIFY: &str = sql!("SELECT pg_notify($1, $2)");

/// A materialized CTE, because a `LIMIT` inside `IN (…)` may be run once per outer row and claim many.
pub(crate) const CLAIM_JOBS: &str = sql!(
    "WITH due AS MATERIALIZED (
         SELECT id FROM jobs WHERE dead_at IS NULL AND available_at <= $1
         ORDER BY available_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE jobs SET available_at = $3, lease = $4, attempts = jobs.attempts + 1
     FROM due WHERE jobs.id = due.id
     RETURNING jobs.id, jobs.workspace_id, jobs.kind, jobs.payload, jobs.attempts, jobs.failures, jobs.due_at"
);

pub(crate) const KEEP_LEASES: &str = sql!(
    "WITH free AS MATERIALIZED (
         SELECT id FROM jobs WHERE lease = $1 AND id = ANY(string_to_array($2, ',')) FOR UPDATE SKIP LOCKED)
     UPDATE jobs SET available_at = $3 FROM free WHERE jobs.id = free.id"
);

/// Moves a chain's head and writes the events before it, while others wait for that row: one way to the database instead of two.
pub(crate) const APPEND_TO_CHAIN: &str = sql!(
    "WITH head AS (UPDATE audit_heads SET seq = $4, hash = $5 WHERE chain = $1)
     INSERT INTO audit_events (id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail,
         seq, salt, content_hash, hash)
     SELECT e.id, $2, e.at, e.actor_id, e.actor_name, e.action, e.subject_kind, e.subject_id, e.post_id, e.detail,
         e.seq, e.salt, e.content_hash, e.hash
     FROM json_to_recordset($3::json) AS e (id TEXT, at BIGINT, actor_id TEXT, actor_name TEXT, action TEXT, subject_kind TEXT,
         subject_id TEXT, post_id TEXT, detail TEXT, seq BIGINT, salt TEXT, content_hash TEXT, hash TEXT)"
);

/// Requests with their bodies, which come as one text of bytes and are cut apart here.
pub(crate) const TAKE_RECEIPTS: &str = sql!(
    "WITH taken AS (
         INSERT INTO webhook_receipts (id, platform, received_at, headers, body)
         SELECT r.id, r.platform, r.received_at, r.headers, substring(CAST($2 AS bytea) FROM r.place FOR r.length)
         FROM json_to_recordset($1::json) AS r (id TEXT, platform TEXT, received_at BIGINT, headers TEXT, place INT, length INT)
         RETURNING id)
     INSERT INTO webhook_inbox (receipt_id) SELECT id FROM taken"
);

/// Whoever reads and whoever claims keep each other out until their transactions end. The number stands for nothing but this.
pub(crate) const KEEP_READERS_OUT: &str = sql!("SELECT pg_advisory_xact_lock(7203001)");

pub(crate) const ADD_EVENTS: &str = sql!(
    "INSERT INTO webhook_events (id, receipt_id, position, workspace_id, platform, account, kind, lane, dedup, scope, status,
         understood, attempts, failed, effects, due_at, occurred_at, received_at, processed_at, error, failures)
     SELECT e.id, e.receipt_id, e.position, e.workspace_id, e.platform, e.account, e.kind, e.lane, e.dedup,
         COALESCE(e.workspace_id, ''), e.status, e.understood, 0, 0, 0, e.due_at, e.occurred_at, e.received_at,
         e.processed_at, e.error, '[]'
     FROM json_to_recordset($1::json) AS e (id TEXT, receipt_id TEXT, position BIGINT, workspace_id TEXT, platform TEXT,
         account TEXT, kind TEXT, lane TEXT, dedup TEXT, status TEXT, understood BOOLEAN, due_at BIGINT, occurred_at BIGINT, received_at BIGINT,
         processed_at BIGINT, error TEXT)
     WHERE NOT EXISTS (SELECT 1 FROM deleted_webhook_events d WHERE d.dedup = e.dedup AND d.scope = COALESCE(e.workspace_id, ''))
     ON CONFLICT (dedup, scope) DO NOTHING
     RETURNING lane, status"
);

/// Who has connected accounts of a platform. What the platform calls them may hold anything, so they come as JSON.
pub(crate) const WORKSPACES_OF: &str = sql!(
    "SELECT c.remote_id, c.workspace_id FROM channels c
     WHERE c.platform = $1 AND c.removed_at IS NULL
         AND c.remote_id IN (SELECT value FROM json_array_elements_text($2::json))
     ORDER BY c.workspace_id"
);

/// But not of messages that had to be forgotten while they were sent. Each is looked up by itself: before the server has counted the rows,
/// it would go through all that wait for the endpoint instead, once for each batch.
pub(crate) const ADD_ATTEMPTS: &str = sql!(
    "INSERT INTO outgoing_attempts (id, workspace_id, endpoint_id, message_id, number, at, duration_ms, outcome, status, response,
         error, url, headers)
     SELECT a.id, $1, $2, a.message, a.number, a.at, a.duration_ms, a.outcome, a.status, a.response, a.error, a.url, a.headers
     FROM json_to_recordset($3::json) AS a (id TEXT, message TEXT, number BIGINT, at BIGINT, duration_ms BIGINT, outcome TEXT,
         status BIGINT, response TEXT, error TEXT, url TEXT, headers TEXT)
     WHERE (SELECT TRUE FROM outgoing_sends s WHERE s.endpoint_id = $2 AND s.message_id = a.message)"
);

/// What was told of somebody. The body is read only where its type says that it may be.
pub(crate) const FORGET_TOLD: &str = sql!(
    "DELETE FROM outgoing_messages
     WHERE workspace_id IN (SELECT workspace_id FROM engagement WHERE actor_id = $2
             UNION SELECT workspace_id FROM inbound_messages WHERE contact = $2)
         AND CASE
             WHEN event_type IN ('engagement.added', 'engagement.edited', 'engagement.removed')
                 THEN body::json #>> '{data,engagement,channel,platform}' = $1 AND body::json #>> '{data,engagement,actor,id}' = $2
             WHEN event_type IN ('message.received', 'message.status_changed')
                 THEN body::json #>> '{data,message,channel,platform}' = $1 AND body::json #>> '{data,message,contact}' = $2
             ELSE FALSE END"
);

/// By the messages' ids, for the same reason.
pub(crate) const MOVE_SENDS: &str = sql!(
    "WITH a AS MATERIALIZED (
         SELECT jsonb_object_agg(a ->> 'message', a) AS of_message FROM json_array_elements($2::json) AS a)
     UPDATE outgoing_sends SET
         status = (SELECT of_message FROM a) -> message_id ->> 'send',
         attempts = CAST((SELECT of_message FROM a) -> message_id ->> 'number' AS BIGINT),
         tries = CAST((SELECT of_message FROM a) -> message_id ->> 'tries' AS BIGINT),
         next_at = CAST((SELECT of_message FROM a) -> message_id ->> 'next_at' AS BIGINT)
     WHERE endpoint_id = $1 AND message_id = ANY(ARRAY(SELECT jsonb_object_keys(of_message) FROM a))"
);

/// What is being told at this moment stays unread: waiting for whoever tells it would be waiting for each other, as both touch many rows in
/// an order of their own.
pub(crate) const MARK_READ_UP_TO: &str = sql!(
    "WITH free AS MATERIALIZED (
         SELECT id FROM notifications
         WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND read_at IS NULL AND (at, id) <= ($3, $4)
         FOR UPDATE SKIP LOCKED)
     UPDATE notifications SET read_at = $5 FROM free WHERE notifications.id = free.id"
);

/// What is being told at this moment is left to the next message, which whoever tells it has written.
pub(crate) const TAKE_WAITING: &str = sql!(
    "WITH free AS MATERIALIZED (
         SELECT id FROM notifications WHERE user_id = $2 AND workspace_id = $1 AND mail_waits FOR UPDATE SKIP LOCKED)
     UPDATE notifications SET mail_waits = FALSE FROM free WHERE notifications.id = free.id
     RETURNING notifications.id, workspace_id, kind, subject, post_id, title, what, platform, account, count, created_at, at, read_at,
         in_app, email"
);
