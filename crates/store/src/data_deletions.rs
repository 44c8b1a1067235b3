//! People who asked a platform that what we have of them be deleted, and what is deleted for them.

use fanfare_domain::{ConnectionId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// Notes a request under the code that the person is given.
pub async fn insert(tx: &mut SystemTx, code: &str, platform: &str, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("INSERT INTO data_deletions (code, platform, requested_at) VALUES ($1, $2, $3)"),
        binds![code, platform, now],
    )
    .await?;
    Ok(())
}

pub async fn mark_done(tx: &mut SystemTx, code: &str, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("UPDATE data_deletions SET done_at = $2 WHERE code = $1"),
        binds![code, now],
    )
    .await?;
    Ok(())
}

/// When it was asked for, and when it was done.
pub async fn get(tx: &mut SystemTx, code: &str) -> Result<Option<(Timestamp, Option<Timestamp>)>> {
    tx.optional(
        sql!("SELECT requested_at, done_at FROM data_deletions WHERE code = $1"),
        binds![code],
        |row| {
            Ok((
                row.instant("requested_at")?,
                row.optional_instant("done_at")?,
            ))
        },
    )
    .await
}

/// The accounts of that person, in all workspaces, that are not given back yet.
pub async fn connections_of(
    tx: &mut SystemTx,
    platform: &str,
    remote_id: &str,
) -> Result<Vec<(WorkspaceId, ConnectionId)>> {
    tx.all(
        sql!(
            "SELECT workspace_id, id FROM connections
             WHERE platform = $1 AND remote_id = $2 AND status <> 'disconnected' ORDER BY id LIMIT 1000"
        ),
        binds![platform, remote_id],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}

/// Forgets who that person was: their name at connections, and what they wrote or did.
pub async fn forget_person(tx: &mut SystemTx, platform: &str, remote_id: &str) -> Result<()> {
    tx.execute(
        sql!("UPDATE connections SET name = '', avatar_url = NULL WHERE platform = $1 AND remote_id = $2"),
        binds![platform, remote_id],
    )
    .await?;
    tx.execute(
        sql!(
            "DELETE FROM engagement WHERE actor_id = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1)"
        ),
        binds![platform, remote_id],
    )
    .await?;
    tx.execute(
        sql!(
            "DELETE FROM inbound_messages
             WHERE contact = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1)"
        ),
        binds![platform, remote_id],
    )
    .await?;
    Ok(())
}
