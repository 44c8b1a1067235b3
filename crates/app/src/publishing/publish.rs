//! Decides that a composed post goes out, now or at another time.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ErrorCode, PostId};
use fanfare_store::deliveries;

use crate::composing::{PostChange, PostDetail, ScheduleInput, edit_post};
use crate::{App, AppError, Caller, Result};

use super::retry::revive_missed;

/// Schedules a draft, moves a scheduled post, or sends one that was missed. Without `schedule` it goes out now.
///
/// # Errors
/// As in editing: content that a channel would refuse, or publishing has begun. `not_possible_in_state` when no channel waits for it.
pub async fn publish_post(
    app: &App,
    caller: &Caller,
    id: PostId,
    schedule: Option<ScheduleInput>,
) -> Result<PostDetail> {
    refuse_without_effect(app, caller, id).await?;
    let schedule = schedule.unwrap_or(ScheduleInput::Now { time_zone: None });
    let change = PostChange {
        schedule: Some(schedule),
        ..PostChange::default()
    };
    let detail = edit_post(app, caller, id, &change).await?;
    let missed: Vec<_> = detail
        .deliveries
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Missed)
        .map(|delivery| delivery.id)
        .collect();
    if missed.is_empty() {
        return Ok(detail);
    }
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let at = detail.post.schedule.at.unwrap_or_else(|| app.now());
    for delivery in missed {
        let delivery = deliveries::get(&mut tx, delivery).await?;
        revive_missed(app, &mut tx, caller, delivery, at).await?;
    }
    super::sum_up(&mut tx, id, app.now()).await?;
    let detail = crate::composing::load(&mut tx, id).await?;
    tx.commit().await?;
    super::ring_if_due(app, Some(at));
    Ok(detail)
}

/// A post that is out, failed or was cancelled everywhere would only get another time on paper.
async fn refuse_without_effect(app: &App, caller: &Caller, id: PostId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let present = deliveries::of_posts(&mut tx, &[id]).await?;
    let is_over = |delivery: &deliveries::Delivery| {
        matches!(
            delivery.state,
            DeliveryState::Published
                | DeliveryState::Failed
                | DeliveryState::NeedsAttention
                | DeliveryState::Cancelled
        )
    };
    if present.is_empty() || !present.iter().all(is_over) {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::NotPossibleInState,
        "No channel waits for this post: it is out, failed or was cancelled on each. Try again what failed, or duplicate \
         the post to send it anew.",
    ))
}
