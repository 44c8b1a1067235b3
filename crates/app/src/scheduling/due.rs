//! When each delivery of a post is due: all at the post's time, or each in a slot of its own channel.

use std::collections::BTreeMap;

use fanfare_domain::ChannelId;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_store::WorkspaceTx;
use fanfare_store::channels::Channel;
use fanfare_store::deliveries::Delivery;
use fanfare_store::posts::Post;
use jiff::Timestamp;

use super::take_slot;
use crate::Result;

/// When the deliveries of a post are due.
#[derive(Debug, Clone, Default)]
pub(crate) struct DueTimes {
    all: Option<Timestamp>,
    own: BTreeMap<ChannelId, Timestamp>,
}

impl DueTimes {
    /// The same for all channels.
    pub(crate) fn all_at(at: Option<Timestamp>) -> Self {
        Self {
            all: at,
            own: BTreeMap::new(),
        }
    }

    pub(crate) fn of(&self, channel: ChannelId) -> Option<Timestamp> {
        self.own.get(&channel).copied().or(self.all)
    }
}

/// Decides when each channel gets the post, taking queue slots where that is asked for; the post's own time is then the earliest.
///
/// A delivery that has a slot keeps it while the post stays in the queue (`before` says whether it was).
///
/// # Errors
/// `no_queue_slots`.
pub(crate) async fn due_times(
    tx: &mut WorkspaceTx,
    post: &mut Post,
    before: Option<&Schedule>,
    channels: &[Channel],
    present: &[Delivery],
    now: Timestamp,
) -> Result<DueTimes> {
    if post.schedule.kind != ScheduleKind::Queue {
        return Ok(DueTimes::all_at(post.schedule.at));
    }
    let was_queued = before.is_some_and(|before| before.kind == ScheduleKind::Queue);
    let mut times = DueTimes::default();
    // In the order of their ids, as everybody who takes several does.
    let mut wanting: Vec<&Channel> = channels.iter().collect();
    wanting.sort_unstable_by_key(|channel| channel.id);
    for channel in wanting {
        let delivery = present
            .iter()
            .find(|delivery| delivery.channel_id == channel.id);
        let at = match delivery {
            // Out, failed or missed: its time is past, and only a person who tries again gives it another.
            Some(delivery) if !delivery.state.is_editable() => continue,
            Some(delivery) if was_queued && delivery.due_at.is_some_and(|due| due > now) => {
                delivery.due_at
            }
            _ => Some(take_slot(tx, channel, post.id, now).await?),
        };
        times.own.extend(at.map(|at| (channel.id, at)));
    }
    post.schedule.at = times
        .own
        .values()
        .min()
        .copied()
        .or_else(|| before.and_then(|before| before.at));
    Ok(times)
}
