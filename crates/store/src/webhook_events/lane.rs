//! Working a lane off. All of it happens in transactions that prove to hold the lane's job.

use fanfare_domain::WebhookEventId;
use fanfare_domain::webhook::WebhookStatus;
use jiff::Timestamp;
use serde_json::json;

use super::{Failure, WebhookEvent, read};
use crate::{Result, Tx, binds, comma_list, sql, sql_in};

/// What became of one event.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub id: WebhookEventId,
    pub understood: bool,
    /// Rows that were changed.
    pub effects: i64,
}

/// The oldest of a lane that are not final.
pub async fn open_of_lane(tx: &mut Tx, lane: &str, limit: u32) -> Result<Vec<WebhookEvent>> {
    tx.all(
        sql!(
            "SELECT * FROM webhook_events WHERE lane = $1 AND status IN ('pending', 'processing', 'failed') ORDER BY id LIMIT $2"
        ),
        binds![lane, limit],
        read,
    )
    .await
}

/// When the oldest of a lane that is not final is to be tried.
pub async fn next_due(tx: &mut Tx, lane: &str) -> Result<Option<Timestamp>> {
    tx.optional(
        sql!(
            "SELECT due_at FROM webhook_events WHERE lane = $1 AND status IN ('pending', 'processing', 'failed') ORDER BY id LIMIT 1"
        ),
        binds![lane],
        |row| row.instant("due_at"),
    )
    .await
}

/// Notes that an attempt begins, and whether the one before was interrupted.
pub async fn mark_taken(tx: &mut Tx, ids: &[WebhookEventId]) -> Result<()> {
    let text = sql_in!(
        tx,
        "UPDATE webhook_events SET status = 'processing', attempts = attempts + 1,
             interruptions = CASE WHEN status = 'processing' THEN interruptions + 1 ELSE 0 END
         WHERE id ",
        "$1",
        ""
    );
    tx.execute(text, binds![comma_list(ids)]).await?;
    Ok(())
}

/// Notes that events were not come to: their attempt has not been one.
pub async fn put_back(tx: &mut Tx, ids: &[WebhookEventId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let text = sql_in!(
        tx,
        "UPDATE webhook_events SET status = 'pending', attempts = attempts - 1 WHERE status = 'processing' AND id ",
        "$1",
        ""
    );
    tx.execute(text, binds![comma_list(ids)]).await?;
    Ok(())
}

/// Notes that events were worked off. Those with the same outcome go together.
pub async fn finish(tx: &mut Tx, steps: &[Step], now: Timestamp) -> Result<()> {
    let mut rest: Vec<Step> = steps.to_vec();
    while let Some(first) = rest.first().copied() {
        let is_alike =
            |step: &Step| step.understood == first.understood && step.effects == first.effects;
        let alike: Vec<WebhookEventId> = rest
            .iter()
            .filter(|step| is_alike(step))
            .map(|step| step.id)
            .collect();
        rest.retain(|step| !is_alike(step));
        let text = sql_in!(
            tx,
            "UPDATE webhook_events SET status = 'processed', understood = $2, effects = $3, processed_at = $4, error = NULL
             WHERE id ",
            "$1",
            ""
        );
        tx.execute(
            text,
            binds![comma_list(&alike), first.understood, first.effects, now],
        )
        .await?;
    }
    Ok(())
}

/// Notes that an attempt failed, and when the next one is; without one it is a dead letter.
pub async fn mark_failed(
    tx: &mut Tx,
    event: &WebhookEvent,
    failure: Failure,
    next: Option<Timestamp>,
) -> Result<()> {
    let status = match next {
        Some(_) => WebhookStatus::Failed,
        None => WebhookStatus::DeadLetter,
    };
    let due_at = next.unwrap_or(failure.at);
    let words = failure.detail.clone();
    let mut failures = event.failures.clone();
    failures.push(failure);
    let forget = failures.len().saturating_sub(KEPT);
    let failures = json!(failures.split_off(forget)).to_string();
    tx.execute(
        sql!(
            "UPDATE webhook_events SET status = $2, due_at = $3, error = $4, failures = $5, failed = failed + 1 WHERE id = $1"
        ),
        binds![event.id, status, due_at, words, failures],
    )
    .await?;
    Ok(())
}

/// Of so many failures one learns no more.
const KEPT: usize = 20;
