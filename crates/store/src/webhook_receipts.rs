//! Requests from platforms as they came, and which of them nobody has looked into yet.

use fanfare_domain::WebhookReceiptId;
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::{
    DatabaseKind, Result, Row, SystemTx, WorkspaceTx, binds, comma_list, dialect, sql, sql_in,
};

/// One request.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub id: WebhookReceiptId,
    pub platform: String,
    pub received_at: Timestamp,
    /// A JSON object of text.
    pub headers: Json,
    pub body: Vec<u8>,
}

/// Writes them all down in one statement. Their bodies travel as one, so that nothing is encoded.
pub async fn insert_all<'a>(
    tx: &mut SystemTx,
    receipts: impl IntoIterator<Item = &'a Receipt>,
) -> Result<()> {
    let mut bodies = Vec::new();
    let mut rows = Vec::new();
    for receipt in receipts {
        rows.push(json!({
            "id": receipt.id,
            "platform": receipt.platform,
            "received_at": receipt.received_at.as_millisecond(),
            "headers": receipt.headers.to_string(),
            // Databases count from one.
            "place": bodies.len() + 1,
            "length": receipt.body.len(),
        }));
        bodies.extend_from_slice(&receipt.body);
    }
    let rows = Json::Array(rows).to_string();
    match tx.kind() {
        DatabaseKind::Postgres => {
            tx.execute(dialect::postgres::TAKE_RECEIPTS, binds![rows, bodies])
                .await?;
        }
        DatabaseKind::Sqlite => {
            tx.execute(dialect::sqlite::TAKE_RECEIPTS, binds![rows.clone(), bodies])
                .await?;
            tx.execute(dialect::sqlite::FILL_INBOX, binds![rows])
                .await?;
        }
    }
    Ok(())
}

/// The oldest that nobody has looked into. Whoever asks next waits until this transaction ends, so that they are looked into in their
/// order however many processes there are.
pub async fn oldest_unread(tx: &mut SystemTx, limit: u32) -> Result<Vec<Receipt>> {
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::LOCK_INBOX,
        DatabaseKind::Sqlite => dialect::sqlite::LOCK_INBOX,
    };
    let ids: Vec<WebhookReceiptId> = tx
        .all(text, binds![limit], |row| row.id("receipt_id"))
        .await?;
    many(tx, &ids).await
}

/// Those of `ids` that there are, in the order in which they came.
pub async fn many(tx: &mut SystemTx, ids: &[WebhookReceiptId]) -> Result<Vec<Receipt>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text = sql_in!(
        tx,
        "SELECT id, platform, received_at, headers, body FROM webhook_receipts WHERE id ",
        "$1",
        " ORDER BY id"
    );
    tx.all(text, binds![comma_list(ids)], read).await
}

/// Notes that these were looked into.
pub async fn note_read(tx: &mut SystemTx, ids: &[WebhookReceiptId]) -> Result<()> {
    let text = sql_in!(tx, "DELETE FROM webhook_inbox WHERE receipt_id ", "$1", "");
    tx.execute(text, binds![comma_list(ids)]).await?;
    Ok(())
}

/// How many wait to be looked into; no more than `most` are counted.
pub async fn unread(tx: &mut SystemTx, most: u32) -> Result<i64> {
    tx.one(
        sql!("SELECT COUNT(*) AS waiting FROM (SELECT receipt_id FROM webhook_inbox LIMIT $1) AS unread"),
        binds![most],
        |row| row.int("waiting"),
    )
    .await
}

/// Forgets the requests that told of this workspace and of nothing else. To be asked before the workspace itself is deleted, in a
/// transaction that began as the installation's.
pub async fn delete_of_workspace(tx: &mut WorkspaceTx) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "DELETE FROM webhook_receipts
             WHERE id IN (SELECT receipt_id FROM webhook_events WHERE workspace_id = $1)
                 AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.receipt_id = webhook_receipts.id
                     AND (e.workspace_id IS NULL OR e.workspace_id <> $1))
                 AND NOT EXISTS (SELECT 1 FROM webhook_inbox i WHERE i.receipt_id = webhook_receipts.id)"
        ),
        binds![workspace],
    )
    .await
}

/// Forgets a request of which no event is left.
pub async fn delete_if_empty(tx: &mut SystemTx, id: WebhookReceiptId) -> Result<()> {
    tx.execute(
        sql!(
            "DELETE FROM webhook_receipts WHERE id = $1
                 AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.receipt_id = webhook_receipts.id)
                 AND NOT EXISTS (SELECT 1 FROM webhook_inbox i WHERE i.receipt_id = webhook_receipts.id)"
        ),
        binds![id],
    )
    .await?;
    Ok(())
}

/// Forgets up to `limit` requests that came before `before_id` (see [`fanfare_domain::ids_from`]) and of which no event is left.
pub async fn delete_older(tx: &mut SystemTx, before_id: &str, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM webhook_receipts WHERE id IN (
                 SELECT r.id FROM webhook_receipts r
                 WHERE r.id < $1
                     AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.receipt_id = r.id)
                     AND NOT EXISTS (SELECT 1 FROM webhook_inbox i WHERE i.receipt_id = r.id)
                 ORDER BY r.id LIMIT $2)"
        ),
        binds![before_id, limit],
    )
    .await
}

fn read(row: &Row) -> Result<Receipt> {
    Ok(Receipt {
        id: row.id("id")?,
        platform: row.text("platform")?,
        received_at: row.instant("received_at")?,
        headers: row.json("headers")?,
        body: row.bytes("body")?,
    })
}
