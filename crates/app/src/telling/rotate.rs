//! A new secret, with a time in which both sign.

use fanfare_domain::{ErrorCode, Secret, WebhookEndpointId};
use fanfare_store::webhook_endpoints;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::endpoints::{lock, record};
use super::request::owner;
use super::sign;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

const LONGEST_OVERLAP: u32 = 168;

/// The new secret, and until when the one before signs too.
#[derive(Debug)]
pub struct Rotated {
    pub secret: Secret,
    pub previous_until: Option<Timestamp>,
}

/// Makes a new secret; the one before signs as well for so many hours, and not at all when there are none.
///
/// # Errors
/// `not_found`; `out_of_range` when the overlap is longer than a week.
pub async fn rotate_secret(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
    overlap_hours: u32,
) -> Result<Rotated> {
    if overlap_hours > LONGEST_OVERLAP {
        let detail = "Both secrets sign for 168 hours at most.";
        return Err(AppError::invalid_field(
            "overlap_hours",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let (now, secret) = (app.now(), sign::fresh());
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut endpoint = lock(&mut tx, id).await?;
    let previous = endpoint.secret.take().filter(|_| overlap_hours > 0);
    let until = now + SignedDuration::from_hours(overlap_hours.into());
    endpoint.previous_until = previous.is_some().then_some(until);
    endpoint.previous_secret = previous;
    endpoint.secret = Some(app.vault.seal(&owner(id), &secret));
    endpoint.updated_at = now;
    webhook_endpoints::update(&mut tx, &endpoint).await?;
    let detail = json!({ "url": endpoint.url, "overlap_hours": overlap_hours });
    record(&mut tx, caller, "webhook.secret_rotated", id, detail, now).await?;
    note_made(&mut tx, caller, "rotated_webhook_secret", &id.to_string()).await?;
    tx.commit().await?;
    Ok(Rotated {
        secret: sign::in_text(&secret),
        previous_until: endpoint.previous_until,
    })
}
