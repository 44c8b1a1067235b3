//! Requests from platforms as they came, and which of them nobody has looked into yet.

use fanfare_domain::WebhookReceiptId;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

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

/// A request as the statements take it; its body travels with the others'.
#[derive(Serialize)]
struct NewRow<'a> {
    id: WebhookReceiptId,
    platform: &'a str,
    received_at: i64,
    headers: String,
    /// Where its body begins. Databases count from one.
    place: usize,
    length: usize,
}

/// Writes them all down in one statement. Their bodies travel as one, so that nothing is encoded.
pub async fn insert_all<'a>(
    tx: &mut SystemTx,
    receipts: impl IntoIterator<Item = &'a Receipt>,
) -> Result<()> {
    let mut bodies = Vec::new();
    let mut rows = Vec::new();
    for receipt in receipts {
        rows.push(NewRow {
            id: receipt.id,
            platform: &receipt.platform,
            received_at: receipt.received_at.as_millisecond(),
            headers: receipt.headers.to_string(),
            place: bodies.len() + 1,
            length: receipt.body.len(),
        });
        bodies.extend_from_slice(&receipt.body);
    }
    let rows = serde_json::to_string(&rows).expect("rows are plain JSON");
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

/// The oldest that nobody has looked into: at most `limit`, and the first of them with together at most `bytes`, or just the first.
pub async fn oldest_unread(tx: &mut SystemTx, limit: u32, bytes: i64) -> Result<Vec<Receipt>> {
    // PostgreSQL would make a join by going through all requests that were ever kept.
    let text = sql!(
        "SELECT i.receipt_id, (SELECT CAST(length(r.body) AS BIGINT) FROM webhook_receipts r WHERE r.id = i.receipt_id) AS bytes
         FROM webhook_inbox i ORDER BY i.receipt_id LIMIT $1"
    );
    let waiting: Vec<(WebhookReceiptId, i64)> = tx
        .all(text, binds![limit], |row| {
            let bytes = row.optional_int("bytes")?;
            Ok((row.id("receipt_id")?, bytes.unwrap_or_default()))
        })
        .await?;
    let mut sum = 0;
    let fitting = waiting.iter().take_while(|(_, length)| {
        let is_first = sum == 0;
        sum += length;
        is_first || sum <= bytes
    });
    let ids: Vec<_> = fitting.map(|(id, _)| *id).collect();
    many(tx, &ids).await
}

/// Until this transaction ends, nobody else reads, and nobody takes events for a workspace: two that read at once would bring an account's
/// events out of order, and an event of an account that is being connected would be nobody's for ever.
pub async fn keep_readers_out(tx: &mut SystemTx) -> Result<()> {
    match tx.kind() {
        DatabaseKind::Postgres => {
            tx.execute(dialect::postgres::KEEP_READERS_OUT, binds![])
                .await?;
        }
        // There is one writer.
        DatabaseKind::Sqlite => {}
    }
    Ok(())
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

/// Notes that these are looked into now. False when somebody else did that with one of them.
pub async fn note_read(tx: &mut SystemTx, ids: &[WebhookReceiptId]) -> Result<bool> {
    let text = sql_in!(tx, "DELETE FROM webhook_inbox WHERE receipt_id ", "$1", "");
    let rows = tx.execute(text, binds![comma_list(ids)]).await?;
    Ok(rows == ids.len() as u64)
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
