//! Deliveries: one post going to one channel, with its checkpoints and attempts.

mod remote;
mod tries;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::webhook::RemoteChange;
use fanfare_domain::{ChannelId, DeliveryId, ErrorCode, PostId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, comma_list, sql, sql_in};

pub use remote::{RemoteState, by_remote_id, keep_remote_state, last_published};
pub use tries::inconclusive;

/// One post going to one channel.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: DeliveryId,
    pub post_id: PostId,
    pub channel_id: ChannelId,
    pub platform: String,
    pub position: i64,
    pub state: DeliveryState,
    /// The channel's own text, where it differs from the post's.
    pub variant_text: Option<String>,
    /// A JSON object: the choices made for this channel.
    pub options: Json,
    pub due_at: Option<Timestamp>,
    pub next_attempt_at: Option<Timestamp>,
    pub deadline_at: Option<Timestamp>,
    /// Tries begun.
    pub attempts: i64,
    pub began_at: Option<Timestamp>,
    pub progress: Json,
    /// When a call that must not run twice was announced; absent once its outcome is known.
    pub intended_at: Option<Timestamp>,
    pub remote_id: Option<String>,
    pub permalink: Option<String>,
    pub published_at: Option<Timestamp>,
    /// A JSON object: the platform's own answer.
    pub receipt: Option<String>,
    /// How it last changed at the platform, and when, as far as the platform tells.
    pub at_platform: Option<(RemoteChange, Timestamp)>,
    pub error: Option<DeliveryError>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Why a delivery failed or waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryError {
    pub code: ErrorCode,
    pub detail: String,
    /// `retry`, `wait`, `reconnect`, `edit`, `grant_permission`, `check_platform`, `none`.
    pub advice: String,
}

/// One try, as the log of a delivery keeps it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub number: i64,
    pub started_at: Timestamp,
    pub finished_at: Timestamp,
    /// `published`, `waiting`, `retry`, `failed` or `unknown`.
    pub outcome: String,
    pub code: Option<ErrorCode>,
    pub detail: String,
    pub log: String,
}

pub async fn insert(tx: &mut WorkspaceTx, delivery: &Delivery) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO deliveries (id, workspace_id, post_id, channel_id, platform, position, state, variant_text, options,
                 due_at, deadline_at, attempts, progress, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 'null', $12, $12)"
        ),
        binds![
            delivery.id,
            workspace,
            delivery.post_id,
            delivery.channel_id,
            &delivery.platform,
            delivery.position,
            delivery.state,
            delivery.variant_text.clone(),
            &delivery.options,
            delivery.due_at,
            delivery.deadline_at,
            delivery.created_at,
        ],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut WorkspaceTx, id: DeliveryId) -> Result<Delivery> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT * FROM deliveries WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
        read,
    )
    .await
}

/// The deliveries of several posts, each post's in order.
pub async fn of_posts(tx: &mut WorkspaceTx, posts: &[PostId]) -> Result<Vec<Delivery>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT * FROM deliveries WHERE workspace_id = $1 AND post_id ",
        "$2",
        " ORDER BY post_id, position, id"
    );
    tx.all(text, binds![workspace, comma_list(posts)], read)
        .await
}

/// The deliveries on some channels that have not begun.
pub async fn waiting_on(tx: &mut WorkspaceTx, channels: &[ChannelId]) -> Result<Vec<Delivery>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT * FROM deliveries WHERE workspace_id = $1 AND state IN ('scheduled', 'waiting_approval') AND channel_id ",
        "$2",
        " ORDER BY id"
    );
    tx.all(text, binds![workspace, comma_list(channels)], read)
        .await
}

/// Saves what a person decides: variant, order, time, state, and what is still wrong. Only while nothing is under way: false when the state is no longer `from`.
pub async fn decide(
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    from: DeliveryState,
) -> Result<bool> {
    let workspace = tx.workspace();
    let error = delivery.error.as_ref();
    let rows = tx
        .execute(
            sql!(
                "UPDATE deliveries SET state = $4, variant_text = $5, options = $6, position = $7, due_at = $8,
                     next_attempt_at = $9, deadline_at = $10, progress = $11, intended_at = $12,
                     error_code = $13, error_detail = $14, error_advice = $15, updated_at = $16
                 WHERE workspace_id = $1 AND id = $2 AND state = $3"
            ),
            binds![
                workspace,
                delivery.id,
                from,
                delivery.state,
                delivery.variant_text.clone(),
                &delivery.options,
                delivery.position,
                delivery.due_at,
                delivery.next_attempt_at,
                delivery.deadline_at,
                &delivery.progress,
                delivery.intended_at,
                error.map(|error| error.code),
                error.map(|error| error.detail.clone()),
                error.map(|error| error.advice.clone()),
                delivery.updated_at,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives deliveries that are out the text that they went out with, before the post's own changes.
pub async fn keep_text_of_published(tx: &mut WorkspaceTx, post: PostId, text: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE deliveries SET variant_text = $3
             WHERE workspace_id = $1 AND post_id = $2 AND state = 'published' AND variant_text IS NULL"
        ),
        binds![workspace, post, text],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut WorkspaceTx, id: DeliveryId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM deliveries WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
    )
    .await?;
    Ok(())
}

/// Begins a try. False when the delivery is no longer in `from`.
pub async fn begin(
    tx: &mut WorkspaceTx,
    id: DeliveryId,
    from: DeliveryState,
    attempts: i64,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE deliveries SET state = 'publishing', attempts = $4, began_at = COALESCE(began_at, $5),
                     next_attempt_at = NULL, updated_at = $5
                 WHERE workspace_id = $1 AND id = $2 AND state = $3"
            ),
            binds![workspace, id, from, attempts, now],
        )
        .await?;
    Ok(rows == 1)
}

/// Saves a checkpoint.
pub async fn save_progress(
    tx: &mut WorkspaceTx,
    id: DeliveryId,
    progress: &Json,
    intended_at: Option<Timestamp>,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE deliveries SET progress = $3, intended_at = $4 WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, progress, intended_at],
    )
    .await?;
    Ok(())
}

/// Saves how a try ended: state, error, receipt and when it goes on, all as given.
pub async fn save_outcome(tx: &mut WorkspaceTx, delivery: &Delivery) -> Result<()> {
    let workspace = tx.workspace();
    let error = delivery.error.as_ref();
    tx.execute(
        sql!(
            "UPDATE deliveries SET state = $3, progress = $4, intended_at = $5, next_attempt_at = $6, deadline_at = $7,
                 remote_id = $8, permalink = $9, published_at = $10, receipt = $11,
                 error_code = $12, error_detail = $13, error_advice = $14, updated_at = $15
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            delivery.id,
            delivery.state,
            &delivery.progress,
            delivery.intended_at,
            delivery.next_attempt_at,
            delivery.deadline_at,
            delivery.remote_id.clone(),
            delivery.permalink.clone(),
            delivery.published_at,
            delivery.receipt.clone(),
            error.map(|error| error.code),
            error.map(|error| error.detail.clone()),
            error.map(|error| error.advice.clone()),
            delivery.updated_at,
        ],
    )
    .await?;
    Ok(())
}

pub async fn record_attempt(
    tx: &mut WorkspaceTx,
    id: String,
    delivery: DeliveryId,
    attempt: &Attempt,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO delivery_attempts (id, workspace_id, delivery_id, number, started_at, finished_at, outcome, code, detail, log)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        binds![
            id,
            workspace,
            delivery,
            attempt.number,
            attempt.started_at,
            attempt.finished_at,
            &attempt.outcome,
            attempt.code,
            &attempt.detail,
            &attempt.log,
        ],
    )
    .await?;
    Ok(())
}

/// All tries of a delivery, oldest first.
pub async fn attempts(tx: &mut WorkspaceTx, delivery: DeliveryId) -> Result<Vec<Attempt>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT number, started_at, finished_at, outcome, code, detail, log FROM delivery_attempts
             WHERE workspace_id = $1 AND delivery_id = $2 ORDER BY id LIMIT 500"
        ),
        binds![workspace, delivery],
        |row| {
            Ok(Attempt {
                number: row.int("number")?,
                started_at: row.instant("started_at")?,
                finished_at: row.instant("finished_at")?,
                outcome: row.text("outcome")?,
                code: row.optional_text("code")?.as_deref().and_then(ErrorCode::parse),
                detail: row.text("detail")?,
                log: row.text("log")?,
            })
        },
    )
    .await
}

/// What other deliveries of a channel left on the platform since then.
pub async fn remote_ids_since(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    not: DeliveryId,
    since: Timestamp,
) -> Result<Vec<String>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT remote_id FROM deliveries
             WHERE workspace_id = $1 AND channel_id = $2 AND state = 'published' AND remote_id IS NOT NULL
                 AND id <> $3 AND updated_at >= $4
             ORDER BY updated_at DESC LIMIT 2000"
        ),
        binds![workspace, channel, not, since],
        |row| row.text("remote_id"),
    )
    .await
}

/// Deliveries that are past their deadline and not final, of all workspaces.
pub async fn past_deadline(
    tx: &mut SystemTx,
    now: Timestamp,
) -> Result<Vec<(WorkspaceId, DeliveryId)>> {
    tx.all(
        sql!(
            "SELECT workspace_id, id FROM deliveries
             WHERE state IN ('scheduled', 'publishing') AND deadline_at < $1 ORDER BY deadline_at LIMIT 500"
        ),
        binds![now],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}

/// Deliveries that wait for a job which does not exist. There should never be one.
pub async fn without_job(tx: &mut SystemTx) -> Result<Vec<(WorkspaceId, DeliveryId)>> {
    tx.all(
        sql!(
            "SELECT d.workspace_id, d.id FROM deliveries d
             WHERE d.state IN ('scheduled', 'publishing')
                 AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.key = 'deliver:' || d.id)
             ORDER BY d.id LIMIT 500"
        ),
        binds![],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}

fn read(row: &Row) -> Result<Delivery> {
    Ok(Delivery {
        id: row.id("id")?,
        post_id: row.id("post_id")?,
        channel_id: row.id("channel_id")?,
        platform: row.text("platform")?,
        position: row.int("position")?,
        state: row.named("state", DeliveryState::parse)?,
        variant_text: row.optional_text("variant_text")?,
        options: row.json("options")?,
        due_at: row.optional_instant("due_at")?,
        next_attempt_at: row.optional_instant("next_attempt_at")?,
        deadline_at: row.optional_instant("deadline_at")?,
        attempts: row.int("attempts")?,
        began_at: row.optional_instant("began_at")?,
        progress: row.json("progress")?,
        intended_at: row.optional_instant("intended_at")?,
        remote_id: row.optional_text("remote_id")?,
        permalink: row.optional_text("permalink")?,
        published_at: row.optional_instant("published_at")?,
        receipt: row.optional_text("receipt")?,
        at_platform: remote::read_change(row)?,
        error: read_error(row)?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}

/// What columns named `error_…` say of a failure, if there was one.
pub(crate) fn read_error(row: &Row) -> Result<Option<DeliveryError>> {
    let Some(code) = row.optional_text("error_code")? else {
        return Ok(None);
    };
    Ok(Some(DeliveryError {
        code: ErrorCode::parse(&code).unwrap_or(ErrorCode::PlatformRefused),
        detail: row.optional_text("error_detail")?.unwrap_or_default(),
        advice: row.optional_text("error_advice")?.unwrap_or_default(),
    }))
}
