//! At which hours of the week posts do better than others, by what people did with those that are out.
//!
//! Channels differ in how many people they reach, so a post counts as a share of what its channel's posts get on average. What one
//! post alone says is not believed: it counts for at most a few times the usual, an hour is drawn towards the average as if some
//! average posts had gone out in it as well, and it has to be better even without its best post.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::queue::{Queue, Slot};
use crate::wall_clock::{TimeOfDay, Weekday};
use crate::{ChannelId, PostId};

/// Posts that somebody did something with, before anything is said about times.
pub const ENOUGH_POSTS: usize = 10;

/// Posts in an hour and the two around it, before anything is said about the hour.
const ENOUGH_AROUND: usize = 3;
/// The average posts that each hour is thought to have had besides its own.
const PRIOR: f64 = 5.0;
/// How much the hours before and after say about an hour.
const LENT: f64 = 0.5;
/// So many times the median of its channel a post counts at most.
const CAP: f64 = 3.0;
/// An hour that is less than a tenth better is like the others.
const BETTER: f64 = 1.1;
const MOST_TIMES: usize = 3;
const HOURS_A_DAY: usize = 24;
const HOURS_A_WEEK: usize = 7 * HOURS_A_DAY;
/// Hours so near to each other share posts.
const APART: usize = 3;

/// One post on one channel, and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub post: PostId,
    pub channel: ChannelId,
    pub at: Timestamp,
    /// How often people did something with it.
    pub engagement: i64,
}

/// An hour of the week at which posts do better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestTime {
    pub slot: Slot,
    /// When clocks show it next.
    pub at: Timestamp,
    /// How many times the average, cautiously: more than 1.
    pub ratio: f64,
    /// How many posts say so.
    pub posts: usize,
}

/// What the figures say.
#[derive(Debug, Clone, PartialEq)]
pub struct BestTimes {
    /// The best first, at most three; none when the figures are too few, or no hour stands out.
    pub times: Vec<BestTime>,
    /// The posts that somebody did something with.
    pub posts: usize,
}

/// An hour of the week, counted from Monday at midnight.
type Hour = usize;
/// What posts got as a share of their channels' averages, and how much each says.
type Shares = BTreeMap<PostId, Weighed>;

#[derive(Debug, Clone, Copy, Default)]
struct Weighed {
    sum: f64,
    weight: f64,
}

impl Weighed {
    fn add(&mut self, share: f64, weight: f64) {
        self.sum += share * weight;
        self.weight += weight;
    }

    fn average(self) -> f64 {
        self.sum / self.weight
    }
}

/// The best hours by the clocks of a zone, and when they come next after `now`.
#[must_use]
pub fn best_times(figures: &[Figure], time_zone: &str, now: Timestamp) -> BestTimes {
    let heard: BTreeSet<PostId> = figures
        .iter()
        .filter(|figure| figure.engagement > 0)
        .map(|figure| figure.post)
        .collect();
    let mut found = BestTimes {
        times: Vec::new(),
        posts: heard.len(),
    };
    if found.posts < ENOUGH_POSTS {
        return found;
    }
    let hours = by_hour(figures, time_zone);
    let mut better: Vec<(Hour, f64, usize)> = hours
        .keys()
        .filter_map(|hour| {
            let around = around(&hours, *hour);
            ratio(&around).map(|ratio| (*hour, ratio, around.len()))
        })
        .collect();
    better.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut taken: Vec<Hour> = Vec::new();
    for (hour, ratio, posts) in better {
        if found.times.len() == MOST_TIMES {
            break;
        }
        if taken.iter().any(|other| distance(hour, *other) < APART) {
            continue;
        }
        let slot = slot_of(hour);
        let coming = Queue::new(time_zone.to_owned(), vec![slot]);
        let Some(at) = coming.after(now).next() else {
            continue;
        };
        taken.push(hour);
        found.times.push(BestTime {
            slot,
            at,
            ratio,
            posts,
        });
    }
    found
}

/// The posts of each hour, as shares of what is usual on their channels. Channels of which nothing was heard say nothing.
fn by_hour(figures: &[Figure], time_zone: &str) -> BTreeMap<Hour, Shares> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let mut channels: BTreeMap<ChannelId, Vec<&Figure>> = BTreeMap::new();
    for figure in figures {
        channels.entry(figure.channel).or_default().push(figure);
    }
    let mut hours: BTreeMap<Hour, Shares> = BTreeMap::new();
    for figures in channels.values() {
        let cap = CAP * median(figures).max(1.0);
        let counted = |figure: &Figure| float(figure.engagement).min(cap);
        let mut usual = Weighed::default();
        for figure in figures {
            usual.add(counted(figure), 1.0);
        }
        if usual.sum <= 0.0 {
            continue;
        }
        for figure in figures {
            let shown = zone.to_datetime(figure.at);
            let shares = hours
                .entry(hour_of(shown.date(), shown.time()))
                .or_default();
            let share = counted(figure) / usual.average();
            shares.entry(figure.post).or_default().add(share, 1.0);
        }
    }
    hours
}

/// The posts of an hour, and with less weight those of its neighbours.
fn around(hours: &BTreeMap<Hour, Shares>, hour: Hour) -> Shares {
    let before = (hour + HOURS_A_WEEK - 1) % HOURS_A_WEEK;
    let after = (hour + 1) % HOURS_A_WEEK;
    let mut gathered = Shares::new();
    for (hour, weight) in [(hour, 1.0), (before, LENT), (after, LENT)] {
        for (post, shares) in hours.get(&hour).into_iter().flatten() {
            gathered
                .entry(*post)
                .or_default()
                .add(shares.average(), weight);
        }
    }
    gathered
}

/// How many times the average posts get there; absent when that is too little, or too few posts say so.
fn ratio(around: &Shares) -> Option<f64> {
    if around.len() < ENOUGH_AROUND {
        return None;
    }
    let average_without = |left_out: Option<PostId>| {
        let mut all = Weighed {
            sum: PRIOR,
            weight: PRIOR,
        };
        let counted = around.iter().filter(|(post, _)| Some(**post) != left_out);
        for (_, shares) in counted {
            all.add(shares.average(), shares.weight);
        }
        all.average()
    };
    let best = around
        .iter()
        .max_by(|(_, one), (_, other)| one.average().total_cmp(&other.average()))
        .map(|(post, _)| *post);
    (average_without(best) >= BETTER).then(|| average_without(None))
}

fn median(figures: &[&Figure]) -> f64 {
    let mut counts: Vec<i64> = figures.iter().map(|figure| figure.engagement).collect();
    counts.sort_unstable();
    counts
        .get(counts.len() / 2)
        .map_or(0.0, |count| float(*count))
}

/// Nobody does more with a post than fits.
fn float(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

fn hour_of(date: Date, time: Time) -> Hour {
    Weekday::of(date) as usize * HOURS_A_DAY + usize::try_from(time.hour()).unwrap_or_default()
}

fn slot_of(hour: Hour) -> Slot {
    let of_day = i8::try_from(hour % HOURS_A_DAY).unwrap_or_default();
    Slot {
        weekday: Weekday::ALL[hour / HOURS_A_DAY],
        time: TimeOfDay::of(Time::constant(of_day, 0, 0, 0)),
    }
}

/// How far two hours of the week are from each other, Sunday night being next to Monday morning.
fn distance(one: Hour, other: Hour) -> usize {
    let apart = one.abs_diff(other);
    apart.min(HOURS_A_WEEK - apart)
}

#[cfg(test)]
mod tests;
