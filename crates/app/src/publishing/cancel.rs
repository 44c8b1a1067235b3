//! Cancels what has not begun.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{DeliveryId, ErrorCode, PostId};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::{WorkspaceTx, jobs, posts};
use jiff::Timestamp;
use serde_json::json;

use super::pause::forget_waiting;
use super::{audit_delivery, delivery_key, sum_up};
use crate::composing::{PostDetail, load};
use crate::scheduling::go_on_after_cancelling;
use crate::{App, AppError, Caller, Result};

/// Why, in the audit log, when somebody just wanted it so.
const ASKED: &str = "asked";

/// Cancels every delivery of the post that has not begun.
///
/// # Errors
/// `too_late` when there is none.
pub async fn cancel_post(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    // One moment for all of them: taking it back looks for what was cancelled together.
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    posts::lock(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let mut cancelled = 0;
    let present = deliveries::of_posts(&mut tx, &[id]).await?;
    for delivery in present {
        if can_cancel(delivery.state) {
            call_off(&mut tx, caller, delivery, ASKED, now).await?;
            cancelled += 1;
        }
    }
    if cancelled == 0 {
        return Err(too_late());
    }
    sum_up(&mut tx, id, now).await?;
    go_on_after_cancelling(app, &mut tx, id).await?;
    let detail = load(&mut tx, id).await?;
    tx.commit().await?;
    Ok(detail)
}

/// Cancels one delivery; the post's others go on.
///
/// # Errors
/// `too_late` when it has begun or is over.
pub async fn cancel_delivery(app: &App, caller: &Caller, id: DeliveryId) -> Result<Delivery> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let post = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    posts::lock(&mut tx, post.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    let delivery = deliveries::get(&mut tx, id).await?;
    if !can_cancel(delivery.state) {
        return Err(too_late());
    }
    call_off(&mut tx, caller, delivery, ASKED, app.now()).await?;
    sum_up(&mut tx, post.post_id, app.now()).await?;
    go_on_after_cancelling(app, &mut tx, post.post_id).await?;
    let delivery = deliveries::get(&mut tx, id).await?;
    tx.commit().await?;
    Ok(delivery)
}

/// Whether a person may still call it off: not begun, or ended without going out.
#[must_use]
pub fn can_cancel(state: DeliveryState) -> bool {
    state != DeliveryState::Cancelled && state.can_become(DeliveryState::Cancelled)
}

/// Calls one delivery off, in the caller's transaction; the post is locked. `because` goes into the audit log.
pub(crate) async fn call_off(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    mut delivery: Delivery,
    because: &str,
    now: Timestamp,
) -> Result<()> {
    let from = delivery.state;
    delivery.state = DeliveryState::Cancelled;
    delivery.updated_at = now;
    forget_waiting(&mut delivery);
    if !deliveries::decide(tx, &delivery, from).await? {
        return Err(too_late());
    }
    jobs::withdraw(tx, &delivery_key(delivery.id)).await?;
    let detail = json!({ "from": from, "because": because });
    let actor = caller.actor();
    audit_delivery(tx, now, actor, "delivery.cancelled", &delivery, detail).await
}

fn too_late() -> AppError {
    AppError::conflict(
        ErrorCode::TooLate,
        "Publishing has begun or is over, so there is nothing left to cancel.",
    )
}
