//! Deletes a post that never went out.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ErrorCode, PostId};
use fanfare_store::{deliveries, jobs, posts};
use serde_json::json;

use crate::publishing::{audit_post, delivery_key};
use crate::{App, AppError, Caller, Result};

/// Removes the post with its deliveries and their jobs. The audit log keeps what happened.
///
/// # Errors
/// `not_possible_in_state` when it is out somewhere, or may be: then it is a record, not a plan.
pub async fn delete_post(app: &App, caller: &Caller, id: PostId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    posts::lock(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let present = deliveries::of_posts(&mut tx, &[id]).await?;
    if present.iter().any(|delivery| is_record(delivery.state)) {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "The post is out, or may be, on at least one channel, so it stays here as the record of that.",
        ));
    }
    for delivery in &present {
        jobs::withdraw(&mut tx, &delivery_key(delivery.id)).await?;
    }
    audit_post(
        &mut tx,
        app.now(),
        caller.actor(),
        "post.deleted",
        id,
        json!({}),
    )
    .await?;
    posts::delete(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

fn is_record(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Publishing | DeliveryState::Published | DeliveryState::NeedsAttention
    )
}
