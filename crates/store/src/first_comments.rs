//! First comments: one below each published post that asks for one, with its checkpoints.

use fanfare_domain::comment::CommentState;
use fanfare_domain::{DeliveryId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::deliveries::{self, DeliveryError};
use crate::{Result, Row, SystemTx, WorkspaceTx, binds, comma_list, sql, sql_in};

/// The first comment of one delivery.
#[derive(Debug, Clone)]
pub struct FirstComment {
    pub delivery_id: DeliveryId,
    pub text: String,
    pub state: CommentState,
    pub next_attempt_at: Option<Timestamp>,
    pub deadline_at: Timestamp,
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
    pub error: Option<DeliveryError>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Records a comment that nobody has begun. One that exists already stays as it is: false then.
pub async fn insert(tx: &mut WorkspaceTx, comment: &FirstComment) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO first_comments (delivery_id, workspace_id, text, state, deadline_at, attempts, progress, created_at, updated_at)
                 VALUES ($1, $2, $3, $4, $5, 0, 'null', $6, $6) ON CONFLICT (delivery_id) DO NOTHING"
            ),
            binds![
                comment.delivery_id,
                workspace,
                &comment.text,
                comment.state,
                comment.deadline_at,
                comment.created_at,
            ],
        )
        .await?;
    Ok(rows == 1)
}

pub async fn get(tx: &mut WorkspaceTx, delivery: DeliveryId) -> Result<FirstComment> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT * FROM first_comments WHERE workspace_id = $1 AND delivery_id = $2"),
        binds![workspace, delivery],
        read,
    )
    .await
}

/// The first comments of several deliveries.
pub async fn of_deliveries(
    tx: &mut WorkspaceTx,
    deliveries: &[DeliveryId],
) -> Result<Vec<FirstComment>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT * FROM first_comments WHERE workspace_id = $1 AND delivery_id ",
        "$2",
        " ORDER BY delivery_id"
    );
    tx.all(text, binds![workspace, comma_list(deliveries)], read)
        .await
}

/// Saves a checkpoint.
pub async fn save_progress(
    tx: &mut WorkspaceTx,
    delivery: DeliveryId,
    progress: &Json,
    intended_at: Option<Timestamp>,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE first_comments SET progress = $3, intended_at = $4 WHERE workspace_id = $1 AND delivery_id = $2"
        ),
        binds![workspace, delivery, progress, intended_at],
    )
    .await?;
    Ok(())
}

/// Saves everything about a comment, as given. False when it is no longer in `from`.
pub async fn save(
    tx: &mut WorkspaceTx,
    comment: &FirstComment,
    from: CommentState,
) -> Result<bool> {
    let workspace = tx.workspace();
    let error = comment.error.as_ref();
    let rows = tx
        .execute(
            sql!(
                "UPDATE first_comments SET text = $4, state = $5, next_attempt_at = $6, deadline_at = $7, attempts = $8,
                     began_at = $9, progress = $10, intended_at = $11, remote_id = $12, permalink = $13,
                     published_at = $14, receipt = $15, error_code = $16, error_detail = $17, error_advice = $18,
                     updated_at = $19
                 WHERE workspace_id = $1 AND delivery_id = $2 AND state = $3"
            ),
            binds![
                workspace,
                comment.delivery_id,
                from,
                &comment.text,
                comment.state,
                comment.next_attempt_at,
                comment.deadline_at,
                comment.attempts,
                comment.began_at,
                &comment.progress,
                comment.intended_at,
                comment.remote_id.clone(),
                comment.permalink.clone(),
                comment.published_at,
                comment.receipt.clone(),
                error.map(|error| error.code),
                error.map(|error| error.detail.clone()),
                error.map(|error| error.advice.clone()),
                comment.updated_at,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Comments that are past their deadline and not final, of all workspaces.
pub async fn past_deadline(
    tx: &mut SystemTx,
    now: Timestamp,
) -> Result<Vec<(WorkspaceId, DeliveryId)>> {
    tx.all(
        sql!(
            "SELECT workspace_id, delivery_id FROM first_comments
             WHERE state IN ('scheduled', 'publishing') AND deadline_at < $1 ORDER BY deadline_at LIMIT 500"
        ),
        binds![now],
        |row| Ok((row.id("workspace_id")?, row.id("delivery_id")?)),
    )
    .await
}

/// Comments that wait for a job which does not exist. There should never be one.
pub async fn without_job(tx: &mut SystemTx) -> Result<Vec<(WorkspaceId, DeliveryId)>> {
    tx.all(
        sql!(
            "SELECT c.workspace_id, c.delivery_id FROM first_comments c
             WHERE c.state IN ('scheduled', 'publishing')
                 AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.key = 'comment:' || c.delivery_id)
             ORDER BY c.delivery_id LIMIT 500"
        ),
        binds![],
        |row| Ok((row.id("workspace_id")?, row.id("delivery_id")?)),
    )
    .await
}

fn read(row: &Row) -> Result<FirstComment> {
    Ok(FirstComment {
        delivery_id: row.id("delivery_id")?,
        text: row.text("text")?,
        state: row.named("state", CommentState::parse)?,
        next_attempt_at: row.optional_instant("next_attempt_at")?,
        deadline_at: row.instant("deadline_at")?,
        attempts: row.int("attempts")?,
        began_at: row.optional_instant("began_at")?,
        progress: row.json("progress")?,
        intended_at: row.optional_instant("intended_at")?,
        remote_id: row.optional_text("remote_id")?,
        permalink: row.optional_text("permalink")?,
        published_at: row.optional_instant("published_at")?,
        receipt: row.optional_text("receipt")?,
        error: deliveries::read_error(row)?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
