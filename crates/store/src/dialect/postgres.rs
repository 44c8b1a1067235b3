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
