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
