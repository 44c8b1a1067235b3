//! A planned post that a person pauses: nothing of it begins until somebody resumes it.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ErrorCode, PostId};
use fanfare_store::WorkspaceTx;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts::{self, Post};
use jiff::Timestamp;
use serde_json::json;

use super::{audit_post, deadline, enqueue, ring_if_due, sum_up};
use crate::composing::{PostDetail, load};
use crate::{App, AppError, Caller, Result};

/// Holds back what has not begun of the post; what is out or under way goes on. A paused one stays as it is.
///
/// # Errors
/// `too_late` when nothing of it waits for its time.
pub async fn pause_post(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut post = locked(&mut tx, id).await?;
    if post.paused_at.is_none() {
        if waiting(&mut tx, id).await?.is_empty() {
            return Err(AppError::conflict(
                ErrorCode::TooLate,
                "Nothing of this post waits for its time, so there is nothing to pause.",
            ));
        }
        post.paused_at = Some(now);
        posts::update(&mut tx, &post).await?;
        audit_post(&mut tx, now, caller.actor(), "post.paused", id, json!({})).await?;
    }
    let detail = load(&mut tx, id).await?;
    tx.commit().await?;
    Ok(detail)
}

/// Lets a paused post go out at its time, or at once where that has passed: whoever resumes it says so.
///
/// # Errors
/// `not_possible_in_state` when it is not paused.
pub async fn resume_post(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut post = locked(&mut tx, id).await?;
    if post.paused_at.take().is_none() {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "This post is not paused, so there is nothing to resume.",
        ));
    }
    post.schedule.at = post.schedule.at.map(|at| at.max(now));
    posts::update(&mut tx, &post).await?;
    for delivery in waiting(&mut tx, id).await? {
        go_on(&mut tx, delivery, now).await?;
    }
    sum_up(&mut tx, id, now).await?;
    let news = json!({ "at": post.schedule.at });
    audit_post(&mut tx, now, caller.actor(), "post.resumed", id, news).await?;
    let detail = load(&mut tx, id).await?;
    tx.commit().await?;
    ring_if_due(app, post.schedule.at);
    Ok(detail)
}

/// The post, held until the transaction ends.
async fn locked(tx: &mut WorkspaceTx, id: PostId) -> Result<Post> {
    posts::lock(tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    Ok(posts::get(tx, id).await?)
}

/// What waits for its time.
async fn waiting(tx: &mut WorkspaceTx, post: PostId) -> Result<Vec<Delivery>> {
    let mut all = deliveries::of_posts(tx, &[post]).await?;
    all.retain(|delivery| delivery.state == DeliveryState::Scheduled);
    Ok(all)
}

async fn go_on(tx: &mut WorkspaceTx, mut delivery: Delivery, now: Timestamp) -> Result<()> {
    let at = delivery.due_at.map_or(now, |due_at| due_at.max(now));
    delivery.due_at = Some(at);
    delivery.deadline_at = Some(deadline(at));
    delivery.error = None;
    delivery.updated_at = now;
    deliveries::decide(tx, &delivery, DeliveryState::Scheduled).await?;
    enqueue(tx, delivery.id, at, now).await
}
