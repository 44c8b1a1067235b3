//! Deletes a post that never went out. For a day that can be taken back.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{Action, ErrorCode, PostId};
use fanfare_store::{WorkspaceTx, deliveries, jobs, posts};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::news::{News, tell};
use crate::publishing::{audit_post, delivery_key, forget_waiting, sum_up};
use crate::scheduling::go_on_without;
use crate::{App, AppError, Caller, Result};

/// What was deleted can be brought back for so long.
pub(crate) const DELETED_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Removes the post from everywhere and stops what was to come. The audit log keeps what happened.
///
/// # Errors
/// `not_possible_in_state` when it is out somewhere, or may be: then it is a record, not a plan.
pub async fn delete_post(app: &App, caller: &Caller, id: PostId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    posts::lock(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let post = posts::get(&mut tx, id).await?;
    if post.schedule.kind != ScheduleKind::Draft {
        caller.require(Action::PostsPublish)?;
    }
    let from = post.state;
    go_on_without(app, &mut tx, id).await?;
    stop_all(&mut tx, id, now).await?;
    let detail = json!({ "from": from });
    audit_post(&mut tx, now, caller.actor(), "post.deleted", id, detail).await?;
    tell(&mut tx, News::PostDeleted(id), now).await?;
    posts::delete(&mut tx, id, now).await?;
    Ok(tx.commit().await?)
}

/// Makes plans of what was decided: a post that is gone has nothing scheduled.
async fn stop_all(tx: &mut WorkspaceTx, id: PostId, now: Timestamp) -> Result<()> {
    for mut delivery in deliveries::of_posts(tx, &[id]).await? {
        if is_record(delivery.state) {
            return Err(AppError::conflict(
                ErrorCode::NotPossibleInState,
                "The post is out, or may be, on at least one channel, so it stays here as the record of that.",
            ));
        }
        jobs::withdraw(tx, &delivery_key(delivery.id)).await?;
        if delivery.state == DeliveryState::Scheduled {
            delivery.state = DeliveryState::Draft;
            delivery.updated_at = now;
            forget_waiting(&mut delivery);
            deliveries::decide(tx, &delivery, DeliveryState::Scheduled).await?;
        }
    }
    sum_up(tx, id, now).await
}

fn is_record(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Publishing | DeliveryState::Published | DeliveryState::NeedsAttention
    )
}

/// Removes for good what nobody took back in time.
pub(crate) async fn sweep_deleted(app: &App) -> Result<()> {
    let mut tx = app.store.as_system("sweep deleted posts").write().await?;
    posts::sweep(&mut tx, app.now() - DELETED_KEPT).await?;
    Ok(tx.commit().await?)
}
