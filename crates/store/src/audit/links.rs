//! Reading a chain from its beginning, to verify it.

use fanfare_domain::AuditEventId;
use jiff::Timestamp;

use super::Chain;
use crate::{Result, Row, SystemTx, binds, sql};

/// What a chain's head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The last event's place.
    pub seq: i64,
    /// The last event's hash.
    pub hash: String,
    /// The first place that there is since older events were thrown away; 1 before that.
    pub first_seq: i64,
    /// The hash of the event before that place; empty before the first.
    pub first_previous_hash: String,
}

/// An event as it lies in the database, to the letter.
#[derive(Debug, Clone)]
pub struct Link {
    pub id: String,
    pub at: i64,
    pub actor_id: Option<String>,
    pub actor_name: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub post_id: Option<String>,
    pub detail: String,
    pub seq: i64,
    pub salt: Option<String>,
    pub content_hash: String,
    pub hash: String,
    pub erased_at: Option<Timestamp>,
}

/// Every chain, the installation's first, with the names of the workspaces.
pub async fn chains(tx: &mut SystemTx) -> Result<Vec<(Chain, String)>> {
    let workspaces = tx
        .all(
            sql!("SELECT id, name FROM workspaces ORDER BY id"),
            binds![],
            |row| Ok((Chain::Workspace(row.id("id")?), row.text("name")?)),
        )
        .await?;
    Ok([vec![(Chain::Installation, String::new())], workspaces].concat())
}

/// Absent when nothing was recorded since there are chains.
pub async fn head(tx: &mut SystemTx, chain: Chain) -> Result<Option<Head>> {
    tx.optional(
        sql!("SELECT seq, hash, first_seq, first_previous_hash FROM audit_heads WHERE chain = $1"),
        binds![chain.to_string()],
        |row| {
            Ok(Head {
                seq: row.int("seq")?,
                hash: row.text("hash")?,
                first_seq: row.int("first_seq")?,
                first_previous_hash: row.text("first_previous_hash")?,
            })
        },
    )
    .await
}

/// The next events in the order of the chain, from after the one of that place and id.
pub async fn links(
    tx: &mut SystemTx,
    chain: Chain,
    after: (i64, &str),
    limit: u32,
) -> Result<Vec<Link>> {
    match chain.workspace() {
        Some(workspace) => {
            tx.all(
                sql!(
                    "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail, seq, salt,
                         content_hash, hash, erased_at
                     FROM audit_events WHERE workspace_id = $1 AND seq >= $2 AND (seq, id) > ($2, $3) ORDER BY seq, id LIMIT $4"
                ),
                binds![workspace, after.0, after.1, limit],
                read_link,
            )
            .await
        }
        None => {
            tx.all(
                sql!(
                    "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail, seq, salt,
                         content_hash, hash, erased_at
                     FROM audit_events WHERE workspace_id IS NULL AND seq >= $1 AND (seq, id) > ($1, $2) ORDER BY seq, id LIMIT $3"
                ),
                binds![after.0, after.1, limit],
                read_link,
            )
            .await
        }
    }
}

/// How many events without a place there are: those from before there were chains.
pub async fn older(tx: &mut SystemTx, chain: Chain) -> Result<i64> {
    match chain.workspace() {
        Some(workspace) => {
            tx.one(
                sql!("SELECT COUNT(*) AS older FROM audit_events WHERE workspace_id = $1 AND seq IS NULL"),
                binds![workspace],
                |row| row.int("older"),
            )
            .await
        }
        None => {
            tx.one(
                sql!("SELECT COUNT(*) AS older FROM audit_events WHERE workspace_id IS NULL AND seq IS NULL"),
                binds![],
                |row| row.int("older"),
            )
            .await
        }
    }
}

/// Events without a place that say they are newer than `first`, up to `limit`.
pub async fn unplaced(
    tx: &mut SystemTx,
    chain: Chain,
    first: i64,
    limit: u32,
) -> Result<Vec<AuditEventId>> {
    let id = |row: &Row| row.id("id");
    match chain.workspace() {
        Some(workspace) => {
            tx.all(
                sql!("SELECT id FROM audit_events WHERE workspace_id = $1 AND seq IS NULL AND at > $2 ORDER BY id LIMIT $3"),
                binds![workspace, first, limit],
                id,
            )
            .await
        }
        None => {
            tx.all(
                sql!("SELECT id FROM audit_events WHERE workspace_id IS NULL AND seq IS NULL AND at > $1 ORDER BY id LIMIT $2"),
                binds![first, limit],
                id,
            )
            .await
        }
    }
}

fn read_link(row: &Row) -> Result<Link> {
    Ok(Link {
        id: row.text("id")?,
        at: row.int("at")?,
        actor_id: row.optional_text("actor_id")?,
        actor_name: row.text("actor_name")?,
        action: row.text("action")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        post_id: row.optional_text("post_id")?,
        detail: row.text("detail")?,
        seq: row.int("seq")?,
        salt: row.optional_text("salt")?,
        // Whatever is not there does not fit, which is what verifying finds out.
        content_hash: row.optional_text("content_hash")?.unwrap_or_default(),
        hash: row.optional_text("hash")?.unwrap_or_default(),
        erased_at: row.optional_instant("erased_at")?,
    })
}
