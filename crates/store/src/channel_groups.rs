//! Channels that are chosen together.

use fanfare_domain::{ChannelGroupId, ChannelId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// A named set of channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelGroup {
    pub id: ChannelGroupId,
    pub name: String,
    /// Where it stands among the workspace's groups.
    pub position: i64,
    /// In the group's order; removed ones are left out, and come back with their connection.
    pub channels: Vec<ChannelId>,
}

/// All groups in their order; `limit` bounds how many.
pub async fn list(tx: &mut WorkspaceTx, limit: u32) -> Result<Vec<ChannelGroup>> {
    let workspace = tx.workspace();
    let mut groups = tx
        .all(
            sql!(
                "SELECT id, name, position FROM channel_groups WHERE workspace_id = $1
                 ORDER BY position, id LIMIT $2"
            ),
            binds![workspace, limit],
            read,
        )
        .await?;
    let members: Vec<(ChannelGroupId, ChannelId)> = tx
        .all(
            sql!(
                "SELECT member.group_id, member.channel_id FROM channel_group_members AS member
                 JOIN channels ON channels.id = member.channel_id AND channels.workspace_id = member.workspace_id
                 WHERE member.workspace_id = $1 AND channels.removed_at IS NULL
                 ORDER BY member.group_id, member.position, member.channel_id"
            ),
            binds![workspace],
            |row| Ok((row.id("group_id")?, row.id("channel_id")?)),
        )
        .await?;
    for (group, channel) in members {
        if let Some(group) = groups.iter_mut().find(|each| each.id == group) {
            group.channels.push(channel);
        }
    }
    Ok(groups)
}

/// Adds a group without channels.
pub async fn insert(
    tx: &mut WorkspaceTx,
    id: ChannelGroupId,
    name: &str,
    position: i64,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO channel_groups (id, workspace_id, name, position, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $5)"
        ),
        binds![id, workspace, name, position, now],
    )
    .await?;
    Ok(())
}

/// Gives a group its name and its place.
pub async fn update(
    tx: &mut WorkspaceTx,
    id: ChannelGroupId,
    name: &str,
    position: i64,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channel_groups SET name = $3, position = $4, updated_at = $5
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, name, position, now],
    )
    .await?;
    Ok(())
}

/// Puts `channels` in the place of the group's channels. Removed ones that are in it stay, for their connection may come back.
pub async fn set_channels(
    tx: &mut WorkspaceTx,
    id: ChannelGroupId,
    channels: &[ChannelId],
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "DELETE FROM channel_group_members WHERE workspace_id = $1 AND group_id = $2 AND channel_id IN
                 (SELECT present.id FROM channels AS present WHERE present.workspace_id = $1 AND present.removed_at IS NULL)"
        ),
        binds![workspace, id],
    )
    .await?;
    for (position, channel) in (0_i64..).zip(channels) {
        tx.execute(
            sql!(
                "INSERT INTO channel_group_members (workspace_id, group_id, channel_id, position)
                 VALUES ($1, $2, $3, $4)"
            ),
            binds![workspace, id, *channel, position],
        )
        .await?;
    }
    Ok(())
}

/// Removes a group; its channels stay. Answers whether there was one.
pub async fn delete(tx: &mut WorkspaceTx, id: ChannelGroupId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM channel_groups WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

fn read(row: &Row) -> Result<ChannelGroup> {
    Ok(ChannelGroup {
        id: row.id("id")?,
        name: row.text("name")?,
        position: row.int("position")?,
        channels: Vec::new(),
    })
}
