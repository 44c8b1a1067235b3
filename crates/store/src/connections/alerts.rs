//! Connections about which their workspace is to be told that something is wrong.

use fanfare_domain::{ConnectionId, WorkspaceId};
use jiff::Timestamp;

use super::Address;
use crate::{Result, SystemTx, binds, sql};

/// Notes that the workspace is told now. False when it was told already since the connection last worked.
pub async fn mark_alerted(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    id: ConnectionId,
    now: Timestamp,
) -> Result<bool> {
    let rows = tx
        .execute(
            sql!(
                "UPDATE connections SET alerted_at = $3 WHERE workspace_id = $1 AND id = $2 AND alerted_at IS NULL"
            ),
            binds![workspace, id, now],
        )
        .await?;
    Ok(rows == 1)
}

/// Those that end before `until`, do not renew themselves, and of which nobody was told, the first to end first.
pub async fn ending(tx: &mut SystemTx, until: Timestamp, limit: u32) -> Result<Vec<Address>> {
    tx.all(
        sql!(
            "SELECT workspace_id, id FROM connections
             WHERE alerted_at IS NULL AND NOT refreshable AND status = 'connected' AND expires_at <= $1
             ORDER BY expires_at LIMIT $2"
        ),
        binds![until, limit],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}
