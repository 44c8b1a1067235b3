//! Deliveries to a paused channel, and those of a paused post: they wait, and go on when it is resumed.

use std::time::Duration;

use fanfare_domain::{ChannelId, ErrorCode};
use fanfare_jobs::JobRun;
use fanfare_store::channels::Channel;
use fanfare_store::deliveries::{self, Delivery, DeliveryError};
use fanfare_store::{WorkspaceTx, channels, posts};
use jiff::Timestamp;

use super::{deadline, enqueue};
use crate::Result;

/// Resuming wakes what waits to begin. What was under way already looks so often by itself, and what was not woken, too.
pub(super) const LOOK_AFTER: Duration = Duration::from_mins(5);

/// Whether posts to the channel wait until somebody resumes it. To one that was switched off or disconnected none would ever go out.
pub(crate) fn is_paused(channel: &Channel) -> bool {
    channel.paused && channel.enabled && channel.removed_at.is_none()
}

/// Why a delivery that is due does not begin, in words; absent when it does. The post is locked.
pub(super) async fn held_back(
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
) -> Result<Option<DeliveryError>> {
    let waits = |code, detail: &str| DeliveryError {
        code,
        detail: detail.to_owned(),
        advice: "wait".to_owned(),
    };
    if posts::get(tx, delivery.post_id).await?.paused_at.is_some() {
        return Ok(Some(waits(
            ErrorCode::PostPaused,
            "It waits, and goes out when the post is resumed.",
        )));
    }
    let channel = channels::get(tx, delivery.channel_id).await?;
    Ok(is_paused(&channel).then(|| {
        waits(
            ErrorCode::ChannelPaused,
            "It waits, and goes out when the channel is resumed.",
        )
    }))
}

/// Whether the delivery has waited for its channel.
pub(super) fn has_waited(delivery: &Delivery) -> bool {
    let error = delivery.error.as_ref();
    error.is_some_and(|error| error.code == ErrorCode::ChannelPaused)
}

/// It no longer waits for anybody to resume something.
pub(crate) fn forget_waiting(delivery: &mut Delivery) {
    delivery
        .error
        .take_if(|error| matches!(error.code, ErrorCode::ChannelPaused | ErrorCode::PostPaused));
}

/// It stays scheduled, and says why it is late. In the caller's transaction; the post is locked.
pub(super) async fn wait_for_resume(
    job: &JobRun,
    tx: &mut WorkspaceTx,
    delivery: &mut Delivery,
    why: DeliveryError,
    now: Timestamp,
) -> anyhow::Result<()> {
    let at = now + LOOK_AFTER;
    delivery.error = Some(why);
    // Waiting as told is not failing: the deadline moves along.
    delivery.deadline_at = Some(deadline(at));
    delivery.updated_at = now;
    job.give_back_in(tx, at).await?;
    Ok(deliveries::save_outcome(tx, delivery).await?)
}

/// Has those go out that were due while the channel was paused, in the transaction that resumes it.
pub(crate) async fn go_on(tx: &mut WorkspaceTx, channel: ChannelId, now: Timestamp) -> Result<()> {
    for delivery in deliveries::waiting_on(tx, &[channel]).await? {
        if has_waited(&delivery) {
            let at = delivery.due_at.map_or(now, |due_at| due_at.max(now));
            enqueue(tx, delivery.id, at, now).await?;
        }
    }
    Ok(())
}
