//! People who asked a platform that what we have of them be deleted, and what is deleted for them.

use fanfare_domain::{ConnectionId, WebhookReceiptId, WorkspaceId};
use jiff::Timestamp;

use crate::{DatabaseKind, Result, SystemTx, binds, comma_list, dialect, sql, sql_in};

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

/// A person's consent to one connection.
#[derive(Debug, Clone, Copy)]
pub struct Consent {
    pub workspace: WorkspaceId,
    pub connection: ConnectionId,
    /// By our clock.
    pub granted_at: Timestamp,
    /// The platform's last word that ended it, by its clock.
    pub deauthorized_at: Option<Timestamp>,
}

/// The accounts of that person, in all workspaces, that are not given back yet.
pub async fn connections_of(
    tx: &mut SystemTx,
    platform: &str,
    person: &str,
) -> Result<Vec<Consent>> {
    tx.all(
        sql!(
            "SELECT workspace_id, id, granted_at, deauthorized_at FROM connections
             WHERE platform = $1 AND (remote_id = $2 OR person_id = $2) AND status <> 'disconnected' ORDER BY id LIMIT 1000"
        ),
        binds![platform, person],
        |row| {
            Ok(Consent {
                workspace: row.id("workspace_id")?,
                connection: row.id("id")?,
                granted_at: row.instant("granted_at")?,
                deauthorized_at: row.optional_instant("deauthorized_at")?,
            })
        },
    )
    .await
}

/// Everything that the platform calls that person, as far as it is known.
pub async fn names_of(tx: &mut SystemTx, platform: &str, person: &str) -> Result<Vec<String>> {
    tx.all(
        sql!(
            "SELECT remote_id FROM connections WHERE platform = $1 AND (remote_id = $2 OR person_id = $2)
             UNION SELECT CAST($2 AS TEXT)"
        ),
        binds![platform, person],
        |row| row.text("remote_id"),
    )
    .await
}

/// Forgets who that person was: their name at connections, what they wrote or did, what the platform told of it, and what programs outside
/// were told of it. Requests that told of others as well stay, and so do those that only an earlier word about the same thing came from.
pub async fn forget_person(tx: &mut SystemTx, platform: &str, name: &str) -> Result<()> {
    forget_messages(tx, platform, name).await?;
    forget_requests(tx, platform, name).await?;
    tx.execute(
        sql!(
            "UPDATE connections SET name = '', avatar_url = NULL, person_id = NULL WHERE platform = $1 AND (remote_id = $2 OR person_id = $2)"
        ),
        binds![platform, name],
    )
    .await?;
    tx.execute(
        sql!(
            "DELETE FROM engagement WHERE actor_id = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1)"
        ),
        binds![platform, name],
    )
    .await?;
    tx.execute(
        sql!(
            "DELETE FROM inbound_messages
             WHERE contact = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1)"
        ),
        binds![platform, name],
    )
    .await?;
    Ok(())
}

/// The events that told of that person, and the requests that told of nothing else.
async fn forget_requests(tx: &mut SystemTx, platform: &str, name: &str) -> Result<()> {
    let requests: Vec<WebhookReceiptId> = tx
        .all(
            sql!(
                "DELETE FROM webhook_events WHERE id IN (
                     SELECT event_id FROM engagement
                     WHERE actor_id = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1)
                     UNION SELECT event_id FROM inbound_messages
                     WHERE contact = $2 AND channel_id IN (SELECT c.id FROM channels c WHERE c.platform = $1))
                 RETURNING receipt_id"
            ),
            binds![platform, name],
            |row| row.id("receipt_id"),
        )
        .await?;
    let text = sql_in!(
        tx,
        "DELETE FROM webhook_receipts WHERE id ",
        "$1",
        " AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.receipt_id = webhook_receipts.id)
             AND NOT EXISTS (SELECT 1 FROM webhook_inbox i WHERE i.receipt_id = webhook_receipts.id)"
    );
    tx.execute(text, binds![comma_list(&requests)]).await?;
    Ok(())
}

/// Messages to programs outside, sent or not, that say what that person wrote or did; of those workspaces only that know them.
async fn forget_messages(tx: &mut SystemTx, platform: &str, name: &str) -> Result<()> {
    // Endpoints before their messages, as everybody does.
    tx.execute(
        sql!(
            "UPDATE webhook_endpoints SET updated_at = updated_at
             WHERE workspace_id IN (SELECT workspace_id FROM engagement WHERE actor_id = $1
                 UNION SELECT workspace_id FROM inbound_messages WHERE contact = $1)"
        ),
        binds![name],
    )
    .await?;
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::FORGET_TOLD,
        DatabaseKind::Sqlite => dialect::sqlite::FORGET_TOLD,
    };
    tx.execute(text, binds![platform, name]).await?;
    Ok(())
}
