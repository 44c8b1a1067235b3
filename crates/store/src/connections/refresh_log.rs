//! What became of each try to renew a grant.

use fanfare_domain::ConnectionId;
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

/// One try to renew, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    pub id: String,
    pub started_at: Timestamp,
    /// Absent while it runs.
    pub finished_at: Option<Timestamp>,
    /// `refreshed`, `failed`, `lost` (no answer came, so the platform may have done it), `reconnect` or `superseded`.
    pub outcome: Option<String>,
    /// The log's words about a failure.
    pub detail: String,
}

/// Notes that a try begins. `id` sorts by time.
pub async fn log_attempt(
    tx: &mut WorkspaceTx,
    id: &str,
    connection: ConnectionId,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("INSERT INTO token_refresh_log (id, workspace_id, connection_id, started_at) VALUES ($1, $2, $3, $4)"),
        binds![id, workspace, connection, now],
    )
    .await?;
    Ok(())
}

/// Notes what came of it, as [`Renewed::outcome`] says, with the log's words.
pub async fn log_outcome(
    tx: &mut WorkspaceTx,
    id: &str,
    outcome: &str,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE token_refresh_log SET finished_at = $3, outcome = $4, detail = $5
             WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL"
        ),
        binds![workspace, id, now, outcome, detail],
    )
    .await?;
    Ok(())
}

/// Notes that tries which nobody ended were lost with whoever made them.
pub async fn close_abandoned(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE token_refresh_log SET finished_at = $3, outcome = 'lost', detail = $4
             WHERE workspace_id = $1 AND connection_id = $2 AND finished_at IS NULL"
        ),
        binds![workspace, connection, now, detail],
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
