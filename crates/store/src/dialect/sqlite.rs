//! SQLite's own texts.

use crate::sql;

pub(crate) const CLAIM_JOBS: &str = sql!(
    "UPDATE jobs SET available_at = $3, lease = $4, attempts = attempts + 1
     WHERE id IN (
         SELECT id FROM jobs WHERE dead_at IS NULL AND available_at <= $1
         ORDER BY available_at LIMIT $2)
     RETURNING id, workspace_id, kind, payload, attempts, failures, due_at"
);

/// The head is moved by a statement of its own: nobody waits for that on the way to another machine.
pub(crate) const WRITE_EVENTS: &str = sql!(
    "INSERT INTO audit_events (id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail,
         seq, salt, content_hash, hash)
     SELECT value ->> 'id', $1, value ->> 'at', value ->> 'actor_id', value ->> 'actor_name', value ->> 'action',
         value ->> 'subject_kind', value ->> 'subject_id', value ->> 'post_id', value ->> 'detail', value ->> 'seq',
         value ->> 'salt', value ->> 'content_hash', value ->> 'hash'
     FROM json_each($2)"
);

/// Requests with their bodies, which come as one text of bytes and are cut apart here. Of no bytes at all, `substr` makes NULL.
pub(crate) const TAKE_RECEIPTS: &str = sql!(
    "INSERT INTO webhook_receipts (id, platform, received_at, headers, body)
     SELECT value ->> 'id', value ->> 'platform', value ->> 'received_at', value ->> 'headers',
         COALESCE(substr($2, value ->> 'place', value ->> 'length'), x'')
     FROM jsonb_each($1)"
);

pub(crate) const FILL_INBOX: &str =
    sql!("INSERT INTO webhook_inbox (receipt_id) SELECT value ->> 'id' FROM jsonb_each($1)");

pub(crate) const ADD_EVENTS: &str = sql!(
    "INSERT INTO webhook_events (id, receipt_id, position, workspace_id, platform, account, kind, lane, dedup, scope, status,
         understood, attempts, failed, effects, due_at, occurred_at, received_at, processed_at, error, failures)
     SELECT value ->> 'id', value ->> 'receipt_id', value ->> 'position', value ->> 'workspace_id', value ->> 'platform',
         value ->> 'account', value ->> 'kind', value ->> 'lane', value ->> 'dedup', COALESCE(value ->> 'workspace_id', ''),
         value ->> 'status', value ->> 'understood', 0, 0, 0, value ->> 'due_at', value ->> 'occurred_at',
         value ->> 'received_at', value ->> 'processed_at', value ->> 'error', '[]'
     FROM jsonb_each($1)
     WHERE NOT EXISTS (SELECT 1 FROM deleted_webhook_events d
         WHERE d.dedup = value ->> 'dedup' AND d.scope = COALESCE(value ->> 'workspace_id', ''))
     ON CONFLICT (dedup, scope) DO NOTHING
     RETURNING lane, status"
);

/// Who has connected accounts of a platform. What the platform calls them may hold anything, so they come as JSON.
pub(crate) const WORKSPACES_OF: &str = sql!(
    "SELECT c.remote_id, c.workspace_id FROM channels c
     WHERE c.platform = $1 AND c.removed_at IS NULL AND c.remote_id IN (SELECT value FROM json_each($2))
     ORDER BY c.workspace_id"
);

/// But not of messages that had to be forgotten while they were sent.
pub(crate) const ADD_ATTEMPTS: &str = sql!(
    "INSERT INTO outgoing_attempts (id, workspace_id, endpoint_id, message_id, number, at, duration_ms, outcome, status, response,
         error, url, headers)
     SELECT value ->> 'id', $1, $2, value ->> 'message', value ->> 'number', value ->> 'at', value ->> 'duration_ms',
         value ->> 'outcome', value ->> 'status', value ->> 'response', value ->> 'error', value ->> 'url', value ->> 'headers'
     FROM jsonb_each($3)
     WHERE EXISTS (SELECT 1 FROM outgoing_sends s WHERE s.endpoint_id = $2 AND s.message_id = value ->> 'message')"
);

/// What was told of somebody.
pub(crate) const FORGET_TOLD: &str = sql!(
    "DELETE FROM outgoing_messages
     WHERE workspace_id IN (SELECT workspace_id FROM engagement WHERE actor_id = $2
             UNION SELECT workspace_id FROM inbound_messages WHERE contact = $2)
         AND ((event_type IN ('engagement.added', 'engagement.edited', 'engagement.removed')
                 AND body ->> '$.data.engagement.channel.platform' = $1 AND body ->> '$.data.engagement.actor.id' = $2)
             OR (event_type IN ('message.received', 'message.status_changed')
                 AND body ->> '$.data.message.channel.platform' = $1 AND body ->> '$.data.message.contact' = $2))"
);

/// The sign before `endpoint_id` has each message looked up; without it, SQLite goes through all of the endpoint's for each attempt.
pub(crate) const MOVE_SENDS: &str = sql!(
    "UPDATE outgoing_sends SET status = a.value ->> 'send', attempts = a.value ->> 'number', tries = a.value ->> 'tries',
         next_at = a.value ->> 'next_at'
     FROM jsonb_each($2) AS a
     WHERE +endpoint_id = $1 AND message_id = a.value ->> 'message'"
);

pub(crate) const MARK_READ_UP_TO: &str = sql!(
    "UPDATE notifications SET read_at = $5
     WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND read_at IS NULL AND (at, id) <= ($3, $4)"
);

pub(crate) const TAKE_WAITING: &str = sql!(
    "UPDATE notifications SET mail_waits = FALSE WHERE user_id = $2 AND workspace_id = $1 AND mail_waits
     RETURNING id, workspace_id, kind, subject, post_id, title, what, platform, account, count, created_at, at, read_at, in_app, email"
);
