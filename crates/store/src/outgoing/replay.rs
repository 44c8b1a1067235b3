//! Sending again what was sent, or was not.

use fanfare_domain::{WebhookEndpointId, WebhookMessageId};
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

/// Which messages, by the ids that were made in that time.
#[derive(Debug, Clone)]
pub struct Since {
    pub from: String,
    pub until: String,
    /// Of those that were sent here before, only what failed; and what was never sent here.
    pub only_failed: bool,
}

/// Puts one message in line once more for an endpoint that it was told to. False when there is no such message.
pub async fn put_in_line(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    message: WebhookMessageId,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE outgoing_sends SET status = 'pending', tries = 0, next_at = $4
                 WHERE workspace_id = $1 AND endpoint_id = $2 AND message_id = $3"
            ),
            binds![workspace, endpoint, message, now],
        )
        .await?;
    Ok(rows == 1)
}

/// How many messages that would be. Tests are none.
pub async fn count_since(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    wanted: &[String],
    since: &Since,
) -> Result<i64> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT COUNT(*) AS found FROM outgoing_messages m
             LEFT JOIN outgoing_sends s ON s.message_id = m.id AND s.endpoint_id = $2
             WHERE m.workspace_id = $1 AND m.id >= $3 AND m.id < $4 AND m.event_type <> 'webhook.test'
                 AND ($5 OR s.status IS NULL OR s.status = 'failed')
                 AND ($6 = '' OR $6 LIKE '%,' || m.event_type || ',%')"
        ),
        binds![
            workspace,
            endpoint,
            &since.from,
            &since.until,
            !since.only_failed,
            types(wanted)
        ],
        |row| row.int("found"),
    )
    .await
}

/// Puts all of them in line. Answers how many.
pub async fn put_in_line_since(
    tx: &mut WorkspaceTx,
    endpoint: WebhookEndpointId,
    wanted: &[String],
    since: &Since,
    now: Timestamp,
) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO outgoing_sends (endpoint_id, message_id, workspace_id, status, attempts, tries, next_at)
             SELECT $2, m.id, m.workspace_id, 'pending', 0, 0, $7 FROM outgoing_messages m
             LEFT JOIN outgoing_sends s ON s.message_id = m.id AND s.endpoint_id = $2
             WHERE m.workspace_id = $1 AND m.id >= $3 AND m.id < $4 AND m.event_type <> 'webhook.test'
                 AND ($5 OR s.status IS NULL OR s.status = 'failed')
                 AND ($6 = '' OR $6 LIKE '%,' || m.event_type || ',%')
             ON CONFLICT (endpoint_id, message_id) DO UPDATE SET status = 'pending', tries = 0, next_at = excluded.next_at"
        ),
        binds![
            workspace,
            endpoint,
            &since.from,
            &since.until,
            !since.only_failed,
            types(wanted),
            now
        ],
    )
    .await
}

/// The names with a comma at each side of each; nothing for all.
fn types(wanted: &[String]) -> String {
    if wanted.is_empty() {
        String::new()
    } else {
        format!(",{},", wanted.join(","))
    }
}
