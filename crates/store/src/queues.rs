//! The queues of channels: the times of the week at which they like to be posted to.

use fanfare_domain::ChannelId;
use fanfare_domain::queue::Queue;
use jiff::Timestamp;

use crate::{Result, Row, StoreError, WorkspaceTx, binds, comma_list, sql, sql_in};

/// The channel's queue, if it ever had one.
pub async fn get(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<Option<Queue>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT channel_id, time_zone, slots FROM channel_queues WHERE workspace_id = $1 AND channel_id = $2"
        ),
        binds![workspace, channel],
        |row| Ok(read(row)?.1),
    )
    .await
}

/// The queues of several channels; those without one are left out.
pub async fn many(tx: &mut WorkspaceTx, channels: &[ChannelId]) -> Result<Vec<(ChannelId, Queue)>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT channel_id, time_zone, slots FROM channel_queues WHERE workspace_id = $1 AND channel_id ",
        "$2",
        " ORDER BY channel_id"
    );
    tx.all(text, binds![workspace, comma_list(channels)], read)
        .await
}

/// Replaces the channel's queue.
pub async fn set(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    queue: &Queue,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let slots = serde_json::to_string(&queue.slots)
        .map_err(|error| StoreError::Broken(error.to_string()))?;
    tx.execute(
        sql!(
            "INSERT INTO channel_queues (channel_id, workspace_id, time_zone, slots, updated_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (channel_id) DO UPDATE
             SET time_zone = excluded.time_zone, slots = excluded.slots, updated_at = excluded.updated_at
             WHERE channel_queues.workspace_id = $2"
        ),
        binds![channel, workspace, &queue.time_zone, slots, now],
    )
    .await?;
    Ok(())
}

/// Makes all others who want a slot of this channel wait until this transaction ends, and answers its queue, if it has one.
///
/// Whoever locks several does so in the order of their ids, so that nobody waits in a circle.
pub async fn lock(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<Option<Queue>> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channel_queues SET updated_at = updated_at WHERE workspace_id = $1 AND channel_id = $2"
        ),
        binds![workspace, channel],
    )
    .await?;
    get(tx, channel).await
}

fn read(row: &Row) -> Result<(ChannelId, Queue)> {
    let queue = Queue {
        time_zone: row.text("time_zone")?,
        slots: row.json("slots")?,
    };
    Ok((row.id("channel_id")?, queue))
}
