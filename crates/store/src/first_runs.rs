//! How far a workspace's first run has come, as far as nothing else tells it.

use fanfare_domain::PostId;
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

/// What is remembered; a workspace without a row has nothing to remember yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstRun {
    pub named_at: Option<Timestamp>,
    /// Absent too when the post was deleted.
    pub post_id: Option<PostId>,
    pub dismissed_at: Option<Timestamp>,
}

pub async fn get(tx: &mut WorkspaceTx) -> Result<FirstRun> {
    let workspace = tx.workspace();
    let found = tx
        .optional(
            sql!(
                "SELECT f.named_at, p.id AS post_id, f.dismissed_at
                 FROM first_runs f
                 LEFT JOIN posts p ON p.workspace_id = f.workspace_id AND p.id = f.post_id AND p.deleted_at IS NULL
                 WHERE f.workspace_id = $1"
            ),
            binds![workspace],
            |row| {
                Ok(FirstRun {
                    named_at: row.optional_instant("named_at")?,
                    post_id: row.optional_id("post_id")?,
                    dismissed_at: row.optional_instant("dismissed_at")?,
                })
            },
        )
        .await?;
    Ok(found.unwrap_or_default())
}

pub async fn put(tx: &mut WorkspaceTx, run: &FirstRun) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO first_runs (workspace_id, named_at, post_id, dismissed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workspace_id) DO UPDATE SET named_at = excluded.named_at, post_id = excluded.post_id,
                 dismissed_at = excluded.dismissed_at"
        ),
        binds![workspace, run.named_at, run.post_id, run.dismissed_at],
    )
    .await?;
    Ok(())
}
