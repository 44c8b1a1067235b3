//! A channel's queue: the times of the week at which it likes to be posted to.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::wall_clock::{TimeOfDay, Weekday, instant};

/// One time of the week, by the clocks of the queue's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    pub weekday: Weekday,
    pub time: TimeOfDay,
}

/// A channel's slots and the zone whose clocks they are read by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// IANA name, such as `Europe/Madrid`.
    pub time_zone: String,
    /// In the order of the week.
    pub slots: Vec<Slot>,
}

impl Queue {
    /// Puts slots in the order of the week.
    #[must_use]
    pub fn new(time_zone: String, mut slots: Vec<Slot>) -> Self {
        slots.sort_by_key(|slot| (slot.weekday.position(), slot.time));
        Self { time_zone, slots }
    }

    /// The instants of the slots after `after`, in order, for ever. Slots that the change of clocks brings to one instant are one.
    #[must_use]
    pub fn after(&self, after: Timestamp) -> Upcoming<'_> {
        // A zone that was given up since it was saved is read as UTC rather than forgotten.
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let today = zone.to_datetime(after).date();
        Upcoming {
            queue: self,
            zone,
            // A day that the zone skipped altogether has moved its slots to the next.
            next_day: today.yesterday().ok(),
            found: BTreeSet::new(),
            after,
        }
    }
}

/// The coming slots of a queue.
pub struct Upcoming<'a> {
    queue: &'a Queue,
    zone: TimeZone,
    /// The first day whose slots are not in `found`; absent at the end of time.
    next_day: Option<Date>,
    found: BTreeSet<Timestamp>,
    after: Timestamp,
}

impl Iterator for Upcoming<'_> {
    type Item = Timestamp;

    fn next(&mut self) -> Option<Timestamp> {
        if self.queue.slots.is_empty() {
            return None;
        }
        loop {
            let day = self.next_day?;
            // Whatever lies before the day begins cannot be overtaken by what that day brings.
            let begins = instant(day, Time::midnight(), &self.zone)?;
            if let Some(first) = self.found.first().copied().filter(|first| *first < begins) {
                self.found.remove(&first);
                return Some(first);
            }
            let weekday = Weekday::of(day);
            for slot in self
                .queue
                .slots
                .iter()
                .filter(|slot| slot.weekday == weekday)
            {
                let at = instant(day, slot.time.on_clocks(), &self.zone)?;
                if at > self.after {
                    self.found.insert(at);
                }
            }
            self.next_day = day.tomorrow().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    fn queue(zone: &str, slots: &[(Weekday, &str)]) -> Queue {
        let slots = slots.iter().map(|(weekday, time)| Slot {
            weekday: *weekday,
            time: time.parse().unwrap(),
        });
        Queue::new(zone.to_owned(), slots.collect())
    }

    fn first(queue: &Queue, after: &str, count: usize) -> Vec<String> {
        queue
            .after(after.parse().unwrap())
            .take(count)
            .map(|at| at.to_string())
            .collect()
    }

    #[test]
    fn slots_come_in_order_after_the_given_moment() {
        let queue = queue(
            "Europe/Madrid",
            &[(Weekday::Friday, "18:00"), (Weekday::Monday, "09:00")],
        );
        assert_eq!(
            first(&queue, "2026-11-23T08:00:00Z", 3),
            [
                "2026-11-27T17:00:00Z",
                "2026-11-30T08:00:00Z",
                "2026-12-04T17:00:00Z"
            ]
        );
    }

    #[test]
    fn a_skipped_slot_moves_forward_and_merges_with_the_one_there() {
        let queue = queue(
            "Europe/Madrid",
            &[(Weekday::Sunday, "02:30"), (Weekday::Sunday, "03:30")],
        );
        assert_eq!(
            first(&queue, "2026-03-28T12:00:00Z", 2),
            ["2026-03-29T01:30:00Z", "2026-04-05T00:30:00Z"]
        );
    }

    #[test]
    fn a_slot_that_clocks_show_twice_counts_once() {
        let queue = queue("Europe/Madrid", &[(Weekday::Sunday, "02:30")]);
        assert_eq!(
            first(&queue, "2026-10-24T12:00:00Z", 2),
            ["2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z"]
        );
        // Between its two showings, the slot of that day is over.
        assert_eq!(
            first(&queue, "2026-10-25T00:45:00Z", 1),
            ["2026-11-01T01:30:00Z"]
        );
    }

    #[test]
    fn slots_of_a_day_that_was_skipped_altogether_are_not_lost() {
        // Samoa went from the 29th straight to the 31st of December 2011, a Saturday.
        let queue = queue(
            "Pacific/Apia",
            &[(Weekday::Friday, "09:00"), (Weekday::Saturday, "08:00")],
        );
        assert_eq!(
            first(&queue, "2011-12-29T20:00:00Z", 2),
            ["2011-12-30T18:00:00Z", "2011-12-30T19:00:00Z"]
        );
    }

    #[test]
    fn without_slots_there_is_nothing_to_come() {
        assert!(first(&queue("UTC", &[]), "2026-01-01T00:00:00Z", 1).is_empty());
    }

    fn any_slot() -> impl Strategy<Value = Slot> {
        (0..7_usize, 0..24_i8, 0..60_i8).prop_map(|(day, hour, minute)| Slot {
            weekday: Weekday::ALL[day],
            time: format!("{hour:02}:{minute:02}").parse().unwrap(),
        })
    }

    proptest! {
        #[test]
        fn the_coming_slots_only_ever_move_forward(
            slots in prop::collection::vec(any_slot(), 1..12),
            zone in prop::sample::select(vec!["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]),
            hours in 0..20_000_i64,
        ) {
            let from: Timestamp = "2025-01-01T00:00:00Z".parse().unwrap();
            let from = from + SignedDuration::from_hours(hours);
            let queue = Queue::new(zone.to_owned(), slots);
            let coming: Vec<_> = queue.after(from).take(30).collect();
            prop_assert_eq!(coming.len(), 30);
            prop_assert!(coming[0] > from);
            prop_assert!(coming.windows(2).all(|pair| pair[0] < pair[1]));
            // No week passes without one, whatever the clocks do.
            prop_assert!(coming[0] <= from + SignedDuration::from_hours(7 * 24 + 2));
            // Asking from between two slots finds the later of them.
            prop_assert_eq!(queue.after(coming[3]).next(), Some(coming[4]));
        }
    }
}
