//! Cancels what waits for channels that are given back.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, PostId};
use fanfare_store::{WorkspaceTx, deliveries, posts};
use jiff::Timestamp;

use crate::publishing::{self, sum_up};
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
        let waiting = present.into_iter().filter(|delivery| {
            channels.contains(&delivery.channel_id) && has_not_begun(delivery.state)
        });
        for delivery in waiting {
            publishing::call_off(tx, caller, delivery, "disconnected", now).await?;
            cancelled += 1;
        }
        sum_up(tx, post, now).await?;
    }
    Ok(cancelled)
}

fn has_not_begun(state: DeliveryState) -> bool {
    matches!(
        state,
        DeliveryState::Scheduled | DeliveryState::WaitingApproval
    )
}
