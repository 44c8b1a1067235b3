//! Lets a post come round no more.

use fanfare_domain::{ErrorCode, PostId};
use fanfare_store::{posts, series};

use super::series::end;
use crate::composing::{PostDetail, load};
use crate::{App, AppError, Caller, Result};

/// Ends the series of which the post is one. The post that is scheduled already stays scheduled; none follows it.
///
/// # Errors
/// `not_possible_in_state` when it does not repeat, or no longer.
pub async fn stop_repeating(app: &App, caller: &Caller, id: PostId) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    posts::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let Some(found) = series::place_of(&mut tx, id).await? else {
        return Err(does_not_repeat());
    };
    // The next post is made behind this lock; after it, the newest may be another.
    posts::lock(&mut tx, found.latest_post_id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let place = series::place_of(&mut tx, id)
        .await?
        .filter(|place| place.series.ended_at.is_none())
        .ok_or_else(does_not_repeat)?;
    end(&mut tx, caller.actor(), &place, "stopped", now).await?;
    let detail = load(&mut tx, id).await?;
    tx.commit().await?;
    Ok(detail)
}

fn does_not_repeat() -> AppError {
    AppError::conflict(
        ErrorCode::NotPossibleInState,
        "The post does not repeat, so there is nothing to stop.",
    )
}
