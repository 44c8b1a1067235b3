//! SQLite's own texts.

use crate::sql;

pub(crate) const CLAIM_JOBS: &str = sql!(
    "UPDATE jobs SET available_at = $3, lease = $4, attempts = attempts + 1
     WHERE id IN (
         SELECT id FROM jobs WHERE dead_at IS NULL AND available_at <= $1
         ORDER BY available_at LIMIT $2)
     RETURNING id, workspace_id, kind, payload, attempts, failures, due_at"
);
