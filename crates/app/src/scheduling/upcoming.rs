//! What is next on each channel: the coming slots of its queue, and the posts that have a time.

use std::collections::BTreeMap;

use fanfare_domain::{ChannelId, queue::Queue};
use fanfare_store::agenda::{self, Entry};
use fanfare_store::{channels, queues};
use jiff::{SignedDuration, Timestamp};

use super::slots::minute_of;
use crate::{App, Caller, Result};

const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 14);
/// More than this of one channel is for the calendar.
const SHOWN: usize = 20;

/// One channel and what is next on it.
#[derive(Debug, Clone)]
pub struct ChannelAgenda {
    pub channel: ChannelId,
    /// The zone of its queue; absent while it has none.
    pub time_zone: Option<String>,
    pub slots_a_week: usize,
    /// The coming two weeks, in order, at most twenty.
    pub coming: Vec<Coming>,
}

/// A slot, a post, or a post in a slot.
#[derive(Debug, Clone)]
pub struct Coming {
    pub at: Timestamp,
    pub is_slot: bool,
    /// Absent while the slot is free.
    pub entry: Option<Entry>,
}

/// The connected channels after `after`, in the order they were made.
pub async fn agenda(
    app: &App,
    caller: &Caller,
    after: Option<ChannelId>,
    limit: u32,
) -> Result<Vec<ChannelAgenda>> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let ids: Vec<ChannelId> = channels::list(&mut tx, after, limit)
        .await?
        .iter()
        .map(|channel| channel.id)
        .collect();
    let queues: BTreeMap<ChannelId, Queue> =
        queues::many(&mut tx, &ids).await?.into_iter().collect();
    let mut entries: BTreeMap<ChannelId, Vec<Entry>> = BTreeMap::new();
    for entry in agenda::coming(&mut tx, &ids, now + AHEAD).await? {
        entries.entry(entry.channel_id).or_default().push(entry);
    }
    Ok(ids
        .into_iter()
        .map(|id| {
            let queue = queues.get(&id);
            ChannelAgenda {
                channel: id,
                time_zone: queue.map(|queue| queue.time_zone.clone()),
                slots_a_week: queue.map_or(0, |queue| queue.slots.len()),
                coming: put_together(queue, entries.remove(&id).unwrap_or_default(), now),
            }
        })
        .collect())
}

fn put_together(queue: Option<&Queue>, entries: Vec<Entry>, now: Timestamp) -> Vec<Coming> {
    let slots: Vec<Timestamp> = queue.map_or_else(Vec::new, |queue| {
        queue
            .after(now)
            .take_while(|slot| *slot <= now + AHEAD)
            .take(SHOWN)
            .collect()
    });
    let is_slot = |at: Timestamp| slots.iter().any(|slot| minute_of(*slot) == minute_of(at));
    let taken: Vec<i64> = entries
        .iter()
        .map(|entry| minute_of(entry.due_at))
        .collect();
    let free = slots
        .iter()
        .filter(|slot| !taken.contains(&minute_of(**slot)))
        .map(|slot| Coming {
            at: *slot,
            is_slot: true,
            entry: None,
        });
    let mut coming: Vec<Coming> = free.collect();
    coming.extend(entries.into_iter().map(|entry| Coming {
        at: entry.due_at,
        is_slot: is_slot(entry.due_at),
        entry: Some(entry),
    }));
    coming.sort_by_key(|coming| coming.at);
    coming.truncate(SHOWN);
    coming
}
