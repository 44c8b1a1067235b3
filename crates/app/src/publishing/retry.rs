//! Tries again what failed, when a person asks.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{DeliveryId, ErrorCode};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::{WorkspaceTx, posts};
use jiff::Timestamp;
use serde_json::json;

use super::{audit_delivery, deadline, enqueue, ring_if_due, sum_up};
use crate::{App, AppError, Caller, Result};

/// Tries one delivery again, now. One whose outcome is unknown is *looked for* again at the platform; it is never sent blindly.
///
/// # Errors
/// `not_possible_in_state` when it has not failed.
pub async fn retry_delivery(app: &App, caller: &Caller, id: DeliveryId) -> Result<Delivery> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let found = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    posts::lock(&mut tx, found.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    let delivery = deliveries::get(&mut tx, id).await?;
    if !delivery.state.can_retry() {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            format!(
                "The delivery is {}, so there is nothing to try again.",
                words(delivery.state)
            ),
        ));
    }
    let post = delivery.post_id;
    send_again(app, &mut tx, caller, delivery, now).await?;
    sum_up(&mut tx, post, now).await?;
    let delivery = deliveries::get(&mut tx, id).await?;
    tx.commit().await?;
    ring_if_due(app, Some(now));
    Ok(delivery)
}

/// Puts a final delivery back to work at `at`, in the caller's transaction; the post is locked.
pub(super) async fn send_again(
    app: &App,
    tx: &mut WorkspaceTx,
    caller: &Caller,
    mut delivery: Delivery,
    at: Timestamp,
) -> Result<()> {
    let (from, now) = (delivery.state, app.now());
    delivery.state = DeliveryState::Publishing;
    delivery.next_attempt_at = Some(at);
    delivery.deadline_at = Some(deadline(at));
    delivery.updated_at = now;
    if !deliveries::decide(tx, &delivery, from).await? {
        return Err(AppError::conflict(
            ErrorCode::Conflict,
            "It was changed in the meantime.",
        ));
    }
    enqueue(tx, delivery.id, at, now).await?;
    let detail = json!({ "from": from, "at": at });
    audit_delivery(
        tx,
        now,
        caller.actor(),
        "delivery.retried",
        &delivery,
        detail,
    )
    .await
}

/// Schedules a missed delivery anew.
pub(super) async fn revive_missed(
    app: &App,
    tx: &mut WorkspaceTx,
    caller: &Caller,
    mut delivery: Delivery,
    at: Timestamp,
) -> Result<()> {
    let now = app.now();
    delivery.state = DeliveryState::Scheduled;
    delivery.error = None;
    delivery.due_at = Some(at);
    delivery.deadline_at = Some(deadline(at));
    delivery.updated_at = now;
    if deliveries::decide(tx, &delivery, DeliveryState::Missed).await? {
        enqueue(tx, delivery.id, at, now).await?;
        let detail = json!({ "from": DeliveryState::Missed, "at": at });
        audit_delivery(
            tx,
            now,
            caller.actor(),
            "delivery.scheduled",
            &delivery,
            detail,
        )
        .await?;
    }
    Ok(())
}

fn words(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Draft => "a draft",
        DeliveryState::WaitingApproval => "waiting for approval",
        DeliveryState::Scheduled => "scheduled",
        DeliveryState::Publishing => "being published",
        DeliveryState::Published => "published",
        DeliveryState::Failed => "failed",
        DeliveryState::NeedsAttention => "waiting for you to look",
        DeliveryState::Cancelled => "cancelled",
        DeliveryState::Missed => "missed",
    }
}
