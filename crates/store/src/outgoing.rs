//! What programs outside are told: messages, to whom each goes, and every attempt.

mod replay;

use fanfare_domain::webhook::SendStatus;
use fanfare_domain::{WebhookAttemptId, WebhookEndpointId, WebhookMessageId};
use jiff::Timestamp;
use serde::Serialize;

use crate::{DatabaseKind, Result, Row, SystemTx, WorkspaceTx, binds, dialect, sql};

pub use replay::{Since, count_since, put_in_line, put_in_line_since};

/// A message on its way to one endpoint.
#[derive(Debug, Clone)]
pub struct Send {
    pub message: WebhookMessageId,
    pub event_type: String,
    pub body: String,
    /// All attempts so far, and those since it was last put in line.
    pub attempts: i64,
    pub tries: i64,
}

/// One attempt, with what became of its message by it.
#[derive(Debug, Clone, Serialize)]
pub struct NewAttempt {
    pub id: WebhookAttemptId,
    pub message: WebhookMessageId,
    pub number: i64,
    pub tries: i64,
    pub at: i64,
    pub duration_ms: i64,
    pub outcome: &'static str,
    pub status: Option<i64>,
    pub response: Option<String>,
    pub error: Option<String>,
    pub url: String,
    pub headers: String,
    pub send: SendStatus,
    pub next_at: Option<i64>,
}

/// One attempt as the log shows it.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub id: WebhookAttemptId,
    pub message: WebhookMessageId,
    pub event_type: String,
    pub number: i64,
    pub at: Timestamp,
    pub duration_ms: i64,
    pub outcome: String,
    pub status: Option<i64>,
    pub response: Option<String>,
    pub error: Option<String>,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub send: SendStatus,
    pub next_at: Option<Timestamp>,
}

/// Which attempts are wanted.
#[derive(Debug, Clone, Default)]
pub struct AttemptFilter {
    pub outcome: Option<String>,
    pub event_type: Option<String>,
    pub message: Option<WebhookMessageId>,
}

pub async fn insert_message(
    tx: &mut WorkspaceTx,
    id: WebhookMessageId,
    event_type: &str,
    body: String,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("INSERT INTO outgoing_messages (id, workspace_id, event_type, body) VALUES ($1, $2, $3, $4)"),
        binds![id, workspace, event_type, body],
    )
    .await?;
    Ok(())
}

/// Has a message sent to an endpoint at that time; never by itself when absent.
pub async fn insert_send(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    message: WebhookMessageId,
    next_at: Option<Timestamp>,
) -> Result<()> {
    let workspace = tx.workspace();
    let status = next_at.map_or(SendStatus::Failed, |_| SendStatus::Pending);
    tx.execute(
        sql!(
            "INSERT INTO outgoing_sends (endpoint_id, message_id, workspace_id, status, attempts, tries, next_at)
             VALUES ($1, $2, $3, $4, 0, 0, $5)"
        ),
        binds![endpoint, message, workspace, status, next_at],
    )
    .await?;
    Ok(())
}

/// What is due for an endpoint, the longest due first. Bodies are looked up for these only, not joined to all that wait and then sorted.
pub async fn due(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Send>> {
    tx.all(
        sql!(
            "WITH s AS MATERIALIZED (
                 SELECT message_id, attempts, tries, next_at FROM outgoing_sends
                 WHERE endpoint_id = $1 AND status = 'pending' AND next_at <= $2
                 ORDER BY next_at, message_id LIMIT $3)
             SELECT s.message_id, m.event_type, m.body, s.attempts, s.tries
             FROM s JOIN outgoing_messages m ON m.id = s.message_id
             ORDER BY s.next_at, s.message_id"
        ),
        binds![endpoint, now, limit],
        |row| {
            Ok(Send {
                message: row.id("message_id")?,
                event_type: row.text("event_type")?,
                body: row.text("body")?,
                attempts: row.int("attempts")?,
                tries: row.int("tries")?,
            })
        },
    )
    .await
}

/// When the next of what waits for an endpoint is due.
pub async fn next_due(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
) -> Result<Option<Timestamp>> {
    tx.one(
        sql!("SELECT MIN(next_at) AS next FROM outgoing_sends WHERE endpoint_id = $1 AND status = 'pending'"),
        binds![endpoint],
        |row| row.optional_instant("next"),
    )
    .await
}

/// How much waits for each endpoint of the workspace.
pub async fn waiting(tx: &mut WorkspaceTx) -> Result<Vec<(WebhookEndpointId, i64)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT endpoint_id, COUNT(*) AS found FROM outgoing_sends
             WHERE workspace_id = $1 AND status = 'pending' GROUP BY endpoint_id"
        ),
        binds![workspace],
        |row| Ok((row.id("endpoint_id")?, row.int("found")?)),
    )
    .await
}

/// Nothing more is sent of what waits for an endpoint.
pub async fn give_up_all(tx: &mut WorkspaceTx, endpoint: WebhookEndpointId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE outgoing_sends SET status = 'failed', next_at = NULL
             WHERE workspace_id = $1 AND endpoint_id = $2 AND status = 'pending'"
        ),
        binds![workspace, endpoint],
    )
    .await?;
    Ok(())
}

/// Writes attempts of one endpoint down, and what became of their messages, however many, in two statements.
pub async fn record(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    attempts: &[NewAttempt],
) -> Result<()> {
    let workspace = tx.workspace();
    let rows = serde_json::to_string(attempts).expect("rows are plain JSON");
    let (insert, update) = match tx.kind() {
        DatabaseKind::Postgres => (
            dialect::postgres::ADD_ATTEMPTS,
            dialect::postgres::MOVE_SENDS,
        ),
        DatabaseKind::Sqlite => (dialect::sqlite::ADD_ATTEMPTS, dialect::sqlite::MOVE_SENDS),
    };
    tx.execute(insert, binds![workspace, endpoint, rows.clone()])
        .await?;
    tx.execute(update, binds![endpoint, rows]).await?;
    Ok(())
}

/// The newest first, from before `before`.
pub async fn attempts(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    filter: &AttemptFilter,
    before: Option<WebhookAttemptId>,
    limit: u32,
) -> Result<Vec<Attempt>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT a.*, m.event_type, m.body, s.status AS send, s.next_at
             FROM outgoing_attempts a
             JOIN outgoing_messages m ON m.id = a.message_id
             JOIN outgoing_sends s ON s.endpoint_id = a.endpoint_id AND s.message_id = a.message_id
             WHERE a.workspace_id = $1 AND a.endpoint_id = $2
                 AND (CAST($3 AS TEXT) IS NULL OR a.outcome = $3) AND (CAST($4 AS TEXT) IS NULL OR m.event_type = $4)
                 AND (CAST($5 AS TEXT) IS NULL OR a.message_id = $5) AND (CAST($6 AS TEXT) IS NULL OR a.id < $6)
             ORDER BY a.id DESC LIMIT $7"
        ),
        binds![
            workspace,
            endpoint,
            filter.outcome.clone(),
            filter.event_type.clone(),
            filter.message,
            before,
            limit
        ],
        read_attempt,
    )
    .await
}

/// Removes messages older than ids made at `before`, with their attempts, unless they still wait. Answers how many.
pub async fn delete_older(tx: &mut SystemTx, before: &str, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM outgoing_messages WHERE id IN (
                 SELECT m.id FROM outgoing_messages m WHERE m.id < $1
                     AND NOT EXISTS (SELECT 1 FROM outgoing_sends s WHERE s.message_id = m.id AND s.status = 'pending')
                 ORDER BY m.id LIMIT $2)"
        ),
        binds![before, limit],
    )
    .await
}

fn read_attempt(row: &Row) -> Result<Attempt> {
    Ok(Attempt {
        id: row.id("id")?,
        message: row.id("message_id")?,
        event_type: row.text("event_type")?,
        number: row.int("number")?,
        at: row.instant("at")?,
        duration_ms: row.int("duration_ms")?,
        outcome: row.text("outcome")?,
        status: row.optional_int("status")?,
        response: row.optional_text("response")?,
        error: row.optional_text("error")?,
        url: row.text("url")?,
        headers: row.json("headers")?,
        body: row.text("body")?,
        send: row.named("send", SendStatus::parse)?,
        next_at: row.optional_instant("next_at")?,
    })
}
