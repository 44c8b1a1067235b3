//! Cancels what waits for channels that are given back.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, PostId};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::{WorkspaceTx, jobs, posts};
use jiff::Timestamp;
use serde_json::json;

use crate::publishing::{audit_delivery, delivery_key, sum_up};
use crate::{Caller, Result};

/// Cancels every delivery to `channels` that has not begun; the posts' other deliveries go on. Answers how many.
pub(super) async fn call_off(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    channels: &[ChannelId],
    now: Timestamp,
) -> Result<usize> {
    let waiting = deliveries::waiting_on(tx, channels).await?;
    let mut affected: Vec<PostId> = waiting.iter().map(|delivery| delivery.post_id).collect();
    affected.sort_unstable();
    affected.dedup();

    let mut cancelled = 0;
    for post in affected {
        // Only behind the lock is it certain what has begun.
        posts::lock(tx, post).await?;
        let present = deliveries::of_posts(tx, &[post]).await?;
        for delivery in present
            .into_iter()
            .filter(|delivery| channels.contains(&delivery.channel_id))
        {
            cancelled += usize::from(cancel(tx, caller, delivery, now).await?);
        }
        sum_up(tx, post, now).await?;
    }
    Ok(cancelled)
}

async fn cancel(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    mut delivery: Delivery,
    now: Timestamp,
) -> Result<bool> {
    let from = delivery.state;
    if !matches!(
        from,
        DeliveryState::Scheduled | DeliveryState::WaitingApproval
    ) {
        return Ok(false);
    }
    delivery.state = DeliveryState::Cancelled;
    delivery.updated_at = now;
    if !deliveries::decide(tx, &delivery, from).await? {
        return Ok(false);
    }
    jobs::withdraw(tx, &delivery_key(delivery.id)).await?;
    let detail = json!({"from": from, "because": "disconnected"});
    audit_delivery(
        tx,
        now,
        caller.actor(),
        "delivery.cancelled",
        &delivery,
        detail,
    )
    .await?;
    Ok(true)
}
