//! What people did with a post that is out.

use fanfare_domain::webhook::EngagementKind;
use fanfare_domain::{DeliveryId, EngagementId};
use fanfare_store::{deliveries, engagement, posts};

pub use fanfare_store::engagement::Said;

use crate::{App, AppError, Caller, Result};

/// The latest first, from before `before`, without what was taken back.
///
/// # Errors
/// `not_found`.
pub async fn said(
    app: &App,
    caller: &Caller,
    id: DeliveryId,
    kind: Option<EngagementKind>,
    before: Option<EngagementId>,
    limit: u32,
) -> Result<Vec<Said>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let delivery = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    // Deleted with its post.
    posts::get(&mut tx, delivery.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    Ok(engagement::latest(&mut tx, id, kind, before, limit).await?)
}
