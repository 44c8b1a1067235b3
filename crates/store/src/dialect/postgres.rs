//! PostgreSQL's own texts.

use crate::sql;

pub(crate) const ROLE_IS_BOUND: &str = sql!(
    "SELECT NOT (rolsuper OR rolbypassrls) AS bound FROM pg_roles WHERE rolname = current_user"
);

/// A materialized CTE, because a `LIMIT` inside `IN (…)` may be run once per outer row and claim many.
pub(crate) const CLAIM_JOBS: &str = sql!(
    "WITH due AS MATERIALIZED (
         SELECT id FROM jobs WHERE dead_at IS NULL AND available_at <= $1
         ORDER BY available_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE jobs SET available_at = $3, lease = $4, attempts = jobs.attempts + 1
     FROM due WHERE jobs.id = due.id
     RETURNING jobs.id, jobs.workspace_id, jobs.kind, jobs.payload, jobs.attempts, jobs.failures, jobs.due_at"
);
