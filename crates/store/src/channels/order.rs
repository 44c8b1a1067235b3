//! The order in which a workspace's channels stand.

use fanfare_domain::ChannelId;
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

/// All channels that are not removed, in their order, with the place each has.
pub async fn in_order(tx: &mut WorkspaceTx, limit: u32) -> Result<Vec<(ChannelId, i64)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, position FROM channels WHERE workspace_id = $1 AND removed_at IS NULL
             ORDER BY position, id LIMIT $2"
        ),
        binds![workspace, limit],
        |row| Ok((row.id("id")?, row.int("position")?)),
    )
    .await
}

/// Gives one channel its place.
pub async fn place(
    tx: &mut WorkspaceTx,
    id: ChannelId,
    position: i64,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channels SET position = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, position, now],
    )
    .await?;
    Ok(())
}
