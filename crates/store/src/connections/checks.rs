//! Looks at a connection's health: one at a time, each kept with what it found.

use fanfare_domain::{ConnectionCheckId, ConnectionId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// One look, finished or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub id: ConnectionCheckId,
    pub connection_id: ConnectionId,
    pub started_at: Timestamp,
    /// Absent while it runs.
    pub finished_at: Option<Timestamp>,
    /// The worst of what was found: `ok`, `warning` or `failed`; absent while it runs.
    pub state: Option<String>,
    /// What was found so far: the caller's own list.
    pub findings: Json,
}

/// Begins a look, unless one is under way that began after `stale`; then nothing is written and it answers false.
/// An older one belongs to a process that died, and is closed.
pub async fn begin(
    tx: &mut WorkspaceTx,
    id: ConnectionCheckId,
    connection: ConnectionId,
    stale: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connection_checks SET finished_at = $4, state = 'failed'
             WHERE workspace_id = $1 AND connection_id = $2 AND finished_at IS NULL AND started_at <= $3"
        ),
        binds![workspace, connection, stale, now],
    )
    .await?;
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO connection_checks (id, workspace_id, connection_id, started_at, findings)
                 VALUES ($1, $2, $3, $4, '[]') ON CONFLICT (connection_id) WHERE finished_at IS NULL DO NOTHING"
            ),
            binds![id, workspace, connection, now],
        )
        .await?;
    Ok(rows == 1)
}

/// Keeps what was found so far.
pub async fn note(tx: &mut WorkspaceTx, id: ConnectionCheckId, findings: &Json) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connection_checks SET findings = $3
             WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL"
        ),
        binds![workspace, id, findings],
    )
    .await?;
    Ok(())
}

/// Keeps everything that was found, and ends the look.
pub async fn finish(
    tx: &mut WorkspaceTx,
    id: ConnectionCheckId,
    state: &str,
    findings: &Json,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connection_checks SET findings = $3, state = $4, finished_at = $5
             WHERE workspace_id = $1 AND id = $2 AND finished_at IS NULL"
        ),
        binds![workspace, id, findings, state, now],
    )
    .await?;
    Ok(())
}

/// One look, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, id: ConnectionCheckId) -> Result<Check> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT id, connection_id, started_at, finished_at, state, findings FROM connection_checks
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// The looks at one connection, the latest first, from before `before`.
pub async fn list(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    before: Option<ConnectionCheckId>,
    limit: u32,
) -> Result<Vec<Check>> {
    let workspace = tx.workspace();
    let before = before.map_or_else(String::new, |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, connection_id, started_at, finished_at, state, findings FROM connection_checks
             WHERE workspace_id = $1 AND connection_id = $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4"
        ),
        binds![workspace, connection, before, limit],
        read,
    )
    .await
}

/// Forgets all but the latest `keep` looks at a connection.
pub async fn forget_old(tx: &mut WorkspaceTx, connection: ConnectionId, keep: u32) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "DELETE FROM connection_checks WHERE workspace_id = $1 AND connection_id = $2 AND finished_at IS NOT NULL
                 AND id NOT IN (SELECT latest.id FROM connection_checks AS latest
                     WHERE latest.workspace_id = $1 AND latest.connection_id = $2 ORDER BY latest.id DESC LIMIT $3)"
        ),
        binds![workspace, connection, keep],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Check> {
    Ok(Check {
        id: row.id("id")?,
        connection_id: row.id("connection_id")?,
        started_at: row.instant("started_at")?,
        finished_at: row.optional_instant("finished_at")?,
        state: row.optional_text("state")?,
        findings: row.json("findings")?,
    })
}
