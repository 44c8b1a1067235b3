//! Finds a channel's next free slot, and takes it so that nobody else does.

use std::collections::BTreeSet;

use fanfare_domain::queue::Queue;
use fanfare_domain::{ChannelId, ErrorCode, PostId};
use fanfare_store::channels::Channel;
use fanfare_store::{WorkspaceTx, agenda, channels, queues};
use jiff::{SignedDuration, Timestamp};

use crate::error::FieldError;
use crate::{App, AppError, Caller, Result};

/// As far ahead as posts may be scheduled.
const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 366 * 3);

/// Where a post would go next on a channel.
#[derive(Debug, Clone)]
pub struct FreeSlot {
    pub channel: ChannelId,
    /// The zone of the channel's queue; absent while it has none.
    pub time_zone: Option<String>,
    /// The slot, or why there is none.
    pub at: std::result::Result<Timestamp, FieldError>,
}

/// The next free slot of each channel, in the order of `ids`.
///
/// # Errors
/// `unknown_channel` for each that is not there.
pub async fn next_free_slots(
    app: &App,
    caller: &Caller,
    ids: &[ChannelId],
) -> Result<Vec<FreeSlot>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let mut found = Vec::new();
    for channel in present(&mut tx, ids).await? {
        let queue = queues::get(&mut tx, channel.id).await?;
        found.push(FreeSlot {
            channel: channel.id,
            at: free_slot(&mut tx, &channel, queue.as_ref(), None, app.now()).await?,
            time_zone: queue.map(|queue| queue.time_zone),
        });
    }
    Ok(found)
}

/// The channels, in the order of `ids`.
///
/// # Errors
/// `unknown_channel` if one is not there.
pub(super) async fn present(tx: &mut WorkspaceTx, ids: &[ChannelId]) -> Result<Vec<Channel>> {
    let known = channels::many(tx, ids).await?;
    let find = |id: &ChannelId| {
        let found = known
            .iter()
            .find(|channel| channel.id == *id && channel.removed_at.is_none());
        found.cloned().ok_or_else(|| {
            AppError::invalid_field(
                "channel_id",
                ErrorCode::UnknownChannel,
                "There is no such channel in this workspace; it may have been disconnected.",
            )
        })
    };
    ids.iter().map(find).collect()
}

/// The next free slot of each of the channels, as things are: whoever comes first may take it.
pub(crate) async fn free_slots_unlocked(
    tx: &mut WorkspaceTx,
    channels: &[Channel],
    except: Option<PostId>,
    now: Timestamp,
) -> Result<Vec<(ChannelId, std::result::Result<Timestamp, FieldError>)>> {
    let mut found = Vec::new();
    for channel in channels {
        let queue = queues::get(tx, channel.id).await?;
        let slot = free_slot(tx, channel, queue.as_ref(), except, now).await?;
        found.push((channel.id, slot));
    }
    Ok(found)
}

/// Takes the channel's next free slot: until the transaction ends, others who want one wait. The delivery is to be written in the
/// same transaction.
///
/// # Errors
/// `no_queue_slots`.
pub(crate) async fn take_slot(
    tx: &mut WorkspaceTx,
    channel: &Channel,
    post: PostId,
    now: Timestamp,
) -> Result<Timestamp> {
    let queue = queues::lock(tx, channel.id).await?;
    free_slot(tx, channel, queue.as_ref(), Some(post), now)
        .await?
        .map_err(|wrong| AppError::invalid(vec![wrong]))
}

/// The first slot of the queue after now that nothing else has; what belongs to the post `except` does not count.
pub(crate) async fn free_slot(
    tx: &mut WorkspaceTx,
    channel: &Channel,
    queue: Option<&Queue>,
    except: Option<PostId>,
    now: Timestamp,
) -> Result<std::result::Result<Timestamp, FieldError>> {
    let Some(queue) = queue.filter(|queue| !queue.slots.is_empty()) else {
        return Ok(Err(no_slot(format!(
            "{} has no queue slots yet. Add some to its queue, or choose a time.",
            channel.name
        ))));
    };
    let taken: BTreeSet<i64> = agenda::taken(tx, channel.id, now, except)
        .await?
        .into_iter()
        .map(minute_of)
        .collect();
    let free = queue
        .after(now)
        .take_while(|slot| *slot <= now + HORIZON)
        .find(|slot| !taken.contains(&minute_of(*slot)));
    Ok(free.ok_or_else(|| {
        no_slot(format!(
            "Every queue slot of {} is taken for years to come. Add slots to its queue, or choose a time.",
            channel.name
        ))
    }))
}

fn no_slot(detail: String) -> FieldError {
    FieldError::new("schedule.kind", ErrorCode::NoQueueSlots, detail)
}

/// The minute in which an instant lies: two posts in one are two in one slot.
pub(super) fn minute_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}
