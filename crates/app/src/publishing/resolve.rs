//! A person looked at the platform and says what became of a delivery whose outcome could not be told.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{DeliveryId, ErrorCode};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts;
use serde_json::{Value as Json, json};
use url::Url;

use super::retry::send_again;
use super::{audit_delivery, first_comment, ring_if_due, sum_up};
use crate::news::{News, tell};
use crate::{App, AppError, Caller, Result};

/// What the person found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is live, there if the person says where.
    Published { permalink: Option<String> },
    /// It is not there: send it again.
    NotPublished,
}

/// # Errors
/// `not_possible_in_state` when the delivery does not wait for a person; bad input for an unusable permalink.
pub async fn resolve_delivery(
    app: &App,
    caller: &Caller,
    id: DeliveryId,
    resolution: Resolution,
) -> Result<Delivery> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let found = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    posts::lock(&mut tx, found.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    let mut delivery = deliveries::get(&mut tx, id).await?;
    if delivery.state != DeliveryState::NeedsAttention {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "Fanfare knows what became of this delivery, so there is nothing to settle.",
        ));
    }
    let post = delivery.post_id;
    match resolution {
        Resolution::Published { permalink } => {
            delivery.permalink = usable(permalink)?;
            delivery.state = DeliveryState::Published;
            delivery.published_at = delivery.intended_at.or(Some(now));
            delivery.intended_at = None;
            delivery.error = None;
            delivery.updated_at = now;
            deliveries::save_outcome(&mut tx, &delivery).await?;
            let detail = json!({ "confirmed_by": "person", "permalink": delivery.permalink });
            audit_delivery(
                &mut tx,
                now,
                caller.actor(),
                "delivery.published",
                &delivery,
                detail,
            )
            .await?;
            tell(&mut tx, News::Delivery(&delivery), now).await?;
            first_comment::decide(&mut tx, &delivery, now).await?;
        }
        Resolution::NotPublished => {
            // The person vouches that nothing is there, so the walk begins anew.
            delivery.progress = Json::Null;
            delivery.intended_at = None;
            send_again(app, &mut tx, caller, delivery, now).await?;
        }
    }
    sum_up(&mut tx, post, now).await?;
    let delivery = deliveries::get(&mut tx, id).await?;
    tx.commit().await?;
    ring_if_due(app, Some(now));
    Ok(delivery)
}

pub(super) fn usable(permalink: Option<String>) -> Result<Option<String>> {
    let Some(text) = permalink.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    match Url::parse(text.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(url.to_string())),
        _ => Err(AppError::invalid_field(
            "permalink",
            ErrorCode::InvalidUrl,
            "Paste the whole address of the post, beginning with https://.",
        )),
    }
}
