//! What waits to be told, over restarts.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Told;
use crate::Platform;

/// How many things one request holds at most.
const BUNDLE: usize = 1000;

/// How long after each failure it is tried again, in seconds: at once, and then ever more rarely. With the last one it is 36
/// hours, and nobody tries any more.
const PAUSES: [u64; 11] = [
    0, 60, 300, 900, 3_600, 7_200, 14_400, 21_600, 28_800, 28_800, 23_940,
];

/// Something that one application has to be told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    pub platform: Platform,
    pub account: String,
    pub client_id: String,
    pub secret: String,
    pub kind: String,
    pub told: Told,
    pub at: Timestamp,
}

/// A bundle on its way: one request, with everything until it was taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parcel {
    pub number: u64,
    pub events: Vec<Event>,
    /// How often it was sent.
    pub attempts: u32,
    /// Unset: now.
    #[serde(skip)]
    due: Option<Instant>,
    #[serde(skip)]
    is_under_way: bool,
}

/// What waits, as the pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    pub number: u64,
    pub platform: Platform,
    pub kinds: Vec<String>,
    pub attempts: u32,
    /// Milliseconds until it is sent again; none while it is being sent.
    pub next_in_ms: Option<u64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outbox {
    last_number: u64,
    /// Not yet in a bundle.
    fresh: Vec<Event>,
    parcels: Vec<Parcel>,
    #[serde(skip)]
    fresh_since: Option<Instant>,
}

impl Outbox {
    pub fn note(&mut self, events: Vec<Event>) {
        if !events.is_empty() {
            self.fresh_since.get_or_insert_with(Instant::now);
            self.fresh.extend(events);
        }
    }

    /// How much has not been told yet.
    pub fn waiting(&self) -> usize {
        let parcels = self.parcels.iter().map(|parcel| parcel.events.len());
        self.fresh.len() + parcels.sum::<usize>()
    }

    /// Makes bundles of what has gathered long enough.
    pub fn bundle(&mut self, gathering: Duration) {
        let is_time = self
            .fresh_since
            .is_none_or(|since| since.elapsed() >= gathering);
        if !is_time {
            return;
        }
        self.fresh_since = None;
        for event in std::mem::take(&mut self.fresh) {
            let open = self.parcels.iter_mut().find(|parcel| {
                parcel.attempts == 0
                    && !parcel.is_under_way
                    && parcel.events.len() < BUNDLE
                    && parcel.goes_with(&event)
            });
            match open {
                Some(parcel) => parcel.events.push(event),
                None => {
                    self.last_number += 1;
                    self.parcels.push(Parcel {
                        number: self.last_number,
                        events: vec![event],
                        attempts: 0,
                        due: None,
                        is_under_way: false,
                    });
                }
            }
        }
    }

    /// Takes what is due; it is under way until [`Self::taken`] or [`Self::failed`].
    pub fn take_due(&mut self) -> Vec<Parcel> {
        let now = Instant::now();
        let due = self
            .parcels
            .iter_mut()
            .filter(|parcel| !parcel.is_under_way && parcel.due.is_none_or(|due| due <= now));
        due.map(|parcel| {
            parcel.is_under_way = true;
            parcel.attempts += 1;
            parcel.clone()
        })
        .collect()
    }

    /// When something will be due.
    pub fn next_due(&self, gathering: Duration) -> Option<Instant> {
        let resting = self.parcels.iter().filter(|parcel| !parcel.is_under_way);
        let parcels = resting.filter_map(|parcel| parcel.due);
        parcels
            .chain(self.fresh_since.map(|since| since + gathering))
            .min()
    }

    pub fn taken(&mut self, number: u64) {
        self.parcels.retain(|parcel| parcel.number != number);
    }

    /// Plans the next attempt and answers after how many seconds of Meta's time; none when it is given up.
    pub fn failed(&mut self, number: u64, time_scale: u64) -> Option<u64> {
        let parcel = self
            .parcels
            .iter_mut()
            .find(|parcel| parcel.number == number)?;
        let Some(pause) = pause_after(parcel.attempts) else {
            self.taken(number);
            return None;
        };
        let millis = pause.saturating_mul(1000) / time_scale.max(1);
        parcel.due = Some(Instant::now() + Duration::from_millis(millis));
        parcel.is_under_way = false;
        Some(pause)
    }

    pub fn list(&self) -> Vec<Waiting> {
        let now = Instant::now();
        let shown = self.parcels.iter().map(|parcel| Waiting {
            number: parcel.number,
            platform: parcel.events[0].platform,
            kinds: parcel.kinds(),
            attempts: parcel.attempts,
            next_in_ms: (!parcel.is_under_way).then(|| {
                let rest = parcel.due.map(|due| due.saturating_duration_since(now));
                rest.map_or(0, |rest| {
                    u64::try_from(rest.as_millis()).unwrap_or(u64::MAX)
                })
            }),
        });
        shown.collect()
    }
}

impl Parcel {
    pub fn kinds(&self) -> Vec<String> {
        self.events.iter().map(|event| event.kind.clone()).collect()
    }

    fn goes_with(&self, event: &Event) -> bool {
        self.events.first().is_some_and(|first| {
            (first.platform, &first.client_id, &first.secret)
                == (event.platform, &event.client_id, &event.secret)
        })
    }
}

fn pause_after(attempts: u32) -> Option<u64> {
    let place = usize::try_from(attempts.saturating_sub(1)).ok()?;
    PAUSES.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::{PAUSES, pause_after};

    #[test]
    fn it_is_tried_ever_more_rarely_for_thirty_six_hours() {
        assert_eq!(pause_after(1), Some(0));
        assert_eq!(PAUSES.iter().sum::<u64>(), 36 * 3600);
        assert!(PAUSES[..10].is_sorted());
        assert_eq!(pause_after(12), None);
    }
}
