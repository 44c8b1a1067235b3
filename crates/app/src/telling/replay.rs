//! Sending again what an endpoint lost or missed.

use fanfare_domain::{ErrorCode, WebhookEndpointId, WebhookMessageId, ids_from};
use fanfare_store::outgoing::{self, Since};
use jiff::Timestamp;
use serde_json::json;

use super::endpoints::{lock, record};
use super::fan_out;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// What is sent again.
#[derive(Debug, Clone, Copy)]
pub enum Replay {
    /// One that was told to this endpoint: another may be of a type that it did not choose.
    One(WebhookMessageId),
    /// Everything since then of which the endpoint wants to hear, told to it before or not.
    Since {
        since: Timestamp,
        until: Option<Timestamp>,
        only_failed: bool,
    },
}

/// Puts messages in line again, or only counts them. Answers how many.
///
/// # Errors
/// `not_found`; `not_possible_in_state` when the endpoint is disabled.
pub async fn replay(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
    what: Replay,
    dry_run: bool,
) -> Result<u64> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let endpoint = lock(&mut tx, id).await?;
    if !endpoint.enabled {
        let detail = "This webhook is disabled, so nothing is sent to it. Enable it first.";
        return Err(AppError::conflict(ErrorCode::NotPossibleInState, detail));
    }
    let messages = match what {
        Replay::One(message) => {
            if !outgoing::put_in_line(&mut tx, id, message, now).await? {
                return Err(AppError::refused(
                    RefusalKind::NotFound,
                    ErrorCode::NotFound,
                    "No such message was sent to this webhook. Name one from its attempts, or say since when to send again.",
                ));
            }
            1
        }
        Replay::Since {
            since,
            until,
            only_failed,
        } => {
            let since = Since {
                from: ids_from(since),
                until: until.map_or_else(|| "g".to_owned(), ids_from),
                only_failed,
            };
            let wanted = &endpoint.event_types;
            if dry_run {
                let found = outgoing::count_since(&mut tx, id, wanted, &since).await?;
                u64::try_from(found).unwrap_or_default()
            } else {
                outgoing::put_in_line_since(&mut tx, id, wanted, &since, now).await?
            }
        }
    };
    if dry_run || messages == 0 {
        return Ok(messages);
    }
    fan_out::enqueue(&mut tx, id, now).await?;
    let detail = json!({ "url": endpoint.url, "messages": messages });
    record(&mut tx, caller, "webhook.replayed", id, detail, now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(messages)
}
