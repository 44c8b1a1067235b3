//! Readings of what was missed while nobody heard: how far each has come, and what it added.

use fanfare_domain::webhook::{CatchUpReason, CatchUpState};
use fanfare_domain::{CatchUpId, ChannelId};
use jiff::Timestamp;

use crate::channel_subscriptions::{Trouble, trouble};
use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// One reading.
#[derive(Debug, Clone, PartialEq)]
pub struct CatchUp {
    pub id: CatchUpId,
    pub channel: ChannelId,
    pub reason: CatchUpReason,
    pub since: Timestamp,
    pub state: CatchUpState,
    /// Where the platform's list goes on.
    pub cursor: Option<String>,
    /// Parts that were read.
    pub parts: i64,
    pub posts: i64,
    pub comments: i64,
    /// Of all that was read, what was not known.
    pub added: i64,
    /// There was too much of it.
    pub is_cut: bool,
    /// Tries in a row that came to nothing.
    pub failures: i64,
    pub trouble: Option<Trouble>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// Begins one, unless one is under way for the channel. Answers whether it was begun.
pub async fn begin(
    tx: &mut WorkspaceTx,
    id: CatchUpId,
    channel: ChannelId,
    reason: CatchUpReason,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO catch_ups (id, workspace_id, channel_id, reason, since, state, created_at)
                 VALUES ($1, $2, $3, $4, $5, 'waiting', $6)
                 ON CONFLICT (channel_id) WHERE finished_at IS NULL DO NOTHING"
            ),
            binds![id, workspace, channel, reason, since, now],
        )
        .await?;
    Ok(rows == 1)
}

pub async fn get(tx: &mut WorkspaceTx, id: CatchUpId) -> Result<Option<CatchUp>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!("SELECT * FROM catch_ups WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
        read,
    )
    .await
}

/// The latest of each channel.
pub async fn latest(tx: &mut WorkspaceTx) -> Result<Vec<CatchUp>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT * FROM catch_ups WHERE workspace_id = $1 AND id IN (
                 SELECT MAX(c.id) FROM catch_ups c WHERE c.workspace_id = $1 GROUP BY c.channel_id)
             ORDER BY id LIMIT 5000"
        ),
        binds![workspace],
        read,
    )
    .await
}

/// The latest of one channel.
pub async fn latest_of(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<Option<CatchUp>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT * FROM catch_ups WHERE workspace_id = $1 AND channel_id = $2 ORDER BY id DESC LIMIT 1"
        ),
        binds![workspace, channel],
        read,
    )
    .await
}

/// Writes down how far it has come.
pub async fn keep(tx: &mut WorkspaceTx, one: &CatchUp) -> Result<()> {
    let workspace = tx.workspace();
    let (code, detail, advice) = match one.trouble.clone() {
        Some(trouble) => (
            Some(trouble.code.to_string()),
            Some(trouble.detail),
            Some(trouble.advice),
        ),
        None => (None, None, None),
    };
    tx.execute(
        sql!(
            "UPDATE catch_ups
             SET state = $3, cursor = $4, parts = $5, posts = $6, comments = $7, added = $8, is_cut = $9, failures = $10,
                 error_code = $11, error = $12, advice = $13, finished_at = $14
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            one.id,
            one.state,
            one.cursor.clone(),
            one.parts,
            one.posts,
            one.comments,
            one.added,
            one.is_cut,
            one.failures,
            code,
            detail,
            advice,
            one.finished_at,
        ],
    )
    .await?;
    Ok(())
}

/// Forgets up to `limit` that ended before `before`.
pub async fn delete_older(tx: &mut SystemTx, before: Timestamp, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM catch_ups WHERE id IN (SELECT c.id FROM catch_ups c WHERE c.finished_at < $1 ORDER BY c.id LIMIT $2)"
        ),
        binds![before, limit],
    )
    .await
}

fn read(row: &Row) -> Result<CatchUp> {
    Ok(CatchUp {
        id: row.id("id")?,
        channel: row.id("channel_id")?,
        reason: row.named("reason", CatchUpReason::parse)?,
        since: row.instant("since")?,
        state: row.named("state", CatchUpState::parse)?,
        cursor: row.optional_text("cursor")?,
        parts: row.int("parts")?,
        posts: row.int("posts")?,
        comments: row.int("comments")?,
        added: row.int("added")?,
        is_cut: row.bool("is_cut")?,
        failures: row.int("failures")?,
        trouble: trouble(row)?,
        created_at: row.instant("created_at")?,
        finished_at: row.optional_instant("finished_at")?,
    })
}
