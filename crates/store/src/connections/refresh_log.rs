//! What became of each try to renew a grant.

use fanfare_domain::ConnectionId;
use jiff::Timestamp;

use super::Attempt;
use crate::{Result, WorkspaceTx, binds, sql};

/// One try to renew, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    pub id: String,
    pub started_at: Timestamp,
    /// Absent while it runs, and for ever when the process died in between.
    pub finished_at: Option<Timestamp>,
    /// `refreshed`, `failed`, `reconnect` or `superseded`.
    pub outcome: Option<String>,
    /// The log's words about a failure.
    pub detail: String,
}

/// Notes that a try begins.
pub async fn log_attempt(tx: &mut WorkspaceTx, attempt: Attempt<'_>, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("INSERT INTO token_refresh_log (id, workspace_id, connection_id, started_at) VALUES ($1, $2, $3, $4)"),
        binds![attempt.id, workspace, attempt.connection, now],
    )
    .await?;
    Ok(())
}

/// Notes what came of it: `refreshed`, `failed`, `reconnect` or `superseded`, with the log's words.
pub async fn log_outcome(
    tx: &mut WorkspaceTx,
    attempt: Attempt<'_>,
    outcome: &str,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE token_refresh_log SET finished_at = $4, outcome = $5, detail = $6
             WHERE workspace_id = $1 AND id = $2 AND connection_id = $3"
        ),
        binds![
            workspace,
            attempt.id,
            attempt.connection,
            now,
            outcome,
            detail
        ],
    )
    .await?;
    Ok(())
}

/// The tries of one connection, the latest first, from before `before`.
pub async fn refresh_log(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    before: Option<&str>,
    limit: u32,
) -> Result<Vec<Renewed>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, started_at, finished_at, outcome, detail FROM token_refresh_log
             WHERE workspace_id = $1 AND connection_id = $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4"
        ),
        binds![workspace, connection, before.unwrap_or_default(), limit],
        |row| {
            Ok(Renewed {
                id: row.text("id")?,
                started_at: row.instant("started_at")?,
                finished_at: row.optional_instant("finished_at")?,
                outcome: row.optional_text("outcome")?,
                detail: row.optional_text("detail")?.unwrap_or_default(),
            })
        },
    )
    .await
}
