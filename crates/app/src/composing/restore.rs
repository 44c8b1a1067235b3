//! Takes back what a person called off: deleting a post, or cancelling it.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{Action, ErrorCode, PostId};
use fanfare_store::deliveries::Delivery;
use fanfare_store::posts::Post;
use fanfare_store::{WorkspaceTx, deliveries, posts};
use jiff::Timestamp;
use serde_json::json;

use super::delete::DELETED_KEPT;
use super::detail::{PostDetail, load};
use super::record::too_late;
use crate::publishing::{self, audit_post};
use crate::{App, AppError, Caller, Result};

/// Brings a deleted post back as it was, or schedules again what was cancelled last.
///
/// What was to go out in the meantime does not go out late by surprise: it comes back as a draft.
///
/// # Errors
/// `not_found` when the post was never there or was deleted too long ago; `not_possible_in_state` when nothing of it was called off
/// before it began.
pub async fn restore_post(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let was_deleted = posts::bring_back(&mut tx, id, now - DELETED_KEPT).await?;
    if !was_deleted {
        posts::lock(&mut tx, id)
            .await
            .map_err(AppError::or_missing("post"))?;
    }
    let mut post = posts::get(&mut tx, id).await?;
    if post.schedule.kind != ScheduleKind::Draft {
        caller.require(Action::PostsPublish)?;
    }
    let present = deliveries::of_posts(&mut tx, &[id]).await?;
    let again = if was_deleted {
        stopped_by_deleting(&post, present)
    } else {
        cancelled_last(&post, present)?
    };
    let in_time = post.schedule.at.is_some_and(|at| at > now);
    if !again.is_empty() && !in_time {
        post.schedule.kind = ScheduleKind::Draft;
        post.schedule.at = None;
        post.revision += 1;
        post.updated_at = now;
        posts::update(&mut tx, &post).await?;
    }
    for delivery in again {
        put_back(&mut tx, &post, delivery, now).await?;
    }
    publishing::sum_up(&mut tx, id, now).await?;
    let detail = load(&mut tx, id).await?;
    let news = json!({
        "from": if was_deleted { "deleted" } else { "cancelled" },
        "to": detail.post.state,
        "at": detail.post.schedule.at,
    });
    audit_post(&mut tx, now, caller.actor(), "post.restored", id, news).await?;
    tx.commit().await?;
    publishing::ring_if_due(app, detail.post.schedule.at);
    Ok(detail)
}

/// Deleting makes drafts of what was scheduled; a draft that had no time stays one.
fn stopped_by_deleting(post: &Post, present: Vec<Delivery>) -> Vec<Delivery> {
    let was_decided = post.schedule.kind != ScheduleKind::Draft;
    present
        .into_iter()
        .filter(|delivery| was_decided && delivery.state == DeliveryState::Draft)
        .collect()
}

/// What was cancelled together in the last step, none of which had begun. A channel that was left out earlier stays out.
fn cancelled_last(post: &Post, present: Vec<Delivery>) -> Result<Vec<Delivery>> {
    let is_cancelled = |delivery: &Delivery| delivery.state == DeliveryState::Cancelled;
    let last = present
        .iter()
        .filter(|delivery| is_cancelled(delivery))
        .map(|delivery| delivery.updated_at)
        .max();
    let again: Vec<Delivery> = present
        .into_iter()
        .filter(|delivery| is_cancelled(delivery) && Some(delivery.updated_at) == last)
        .collect();
    let untouched = again
        .iter()
        .all(|delivery| delivery.attempts == 0 && delivery.error.is_none());
    if post.state != PostState::Cancelled || again.is_empty() || !untouched {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "Only a post that was cancelled before anything of it began can be scheduled again like this. Duplicate it instead.",
        ));
    }
    Ok(again)
}

async fn put_back(
    tx: &mut WorkspaceTx,
    post: &Post,
    mut delivery: Delivery,
    now: Timestamp,
) -> Result<()> {
    let from = delivery.state;
    delivery.state = super::record::decided_state(post);
    delivery.due_at = post.schedule.at;
    delivery.deadline_at = post.schedule.at.map(publishing::deadline);
    delivery.updated_at = now;
    if from != delivery.state && !deliveries::decide(tx, &delivery, from).await? {
        return Err(too_late());
    }
    if let Some(due_at) = delivery.due_at {
        publishing::enqueue(tx, delivery.id, due_at, now).await?;
    }
    Ok(())
}
