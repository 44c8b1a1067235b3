//! Reads one delivery with its attempts and what happened to it.

use fanfare_domain::DeliveryId;
use fanfare_domain::webhook::EngagementKind;
use fanfare_store::audit;
use fanfare_store::channels::{self, Channel};
use fanfare_store::deliveries::{self, Attempt, Delivery};
use fanfare_store::engagement;
use fanfare_store::first_comments::{self, FirstComment};
use fanfare_store::posts;

use crate::composing::Happening;
use crate::{App, AppError, Caller, Result};

/// A delivery and all that is known of it.
#[derive(Debug, Clone)]
pub struct DeliveryDetail {
    pub delivery: Delivery,
    /// Absent until the post is out.
    pub first_comment: Option<FirstComment>,
    pub channel: Channel,
    pub attempts: Vec<Attempt>,
    pub timeline: Vec<Happening>,
    /// How much of each kind it got and still has.
    pub engagement: Vec<(EngagementKind, i64)>,
}

pub async fn read_delivery(app: &App, caller: &Caller, id: DeliveryId) -> Result<DeliveryDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let delivery = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    // Deleted with its post.
    posts::get(&mut tx, delivery.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    let channel = channels::get(&mut tx, delivery.channel_id).await?;
    let first_comment = first_comments::of_deliveries(&mut tx, &[id]).await?.pop();
    let attempts = deliveries::attempts(&mut tx, id).await?;
    let engagement = engagement::counts(&mut tx, id).await?;
    let mut timeline = audit::of_post(&mut tx, delivery.post_id).await?;
    let subject = id.to_string();
    timeline.retain(|event| event.subject_id == subject || event.subject_kind == "post");
    let timeline = timeline.into_iter().map(Into::into).collect();
    Ok(DeliveryDetail {
        delivery,
        first_comment,
        channel,
        attempts,
        timeline,
        engagement,
    })
}
