//! What was fetched, kept in memory by its address: so much of it, and so long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::OnceCell;

use super::Avatar;
use crate::error::Refusal;

type Outcome = Result<Avatar, Refusal>;

/// Two requests for one address at the same time wait for one errand.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    places: Mutex<HashMap<String, Place>>,
}

#[derive(Debug)]
struct Place {
    outcome: Arc<OnceCell<Outcome>>,
    /// When it was fetched, or begun to be.
    since: Timestamp,
    asked_at: Timestamp,
}

/// Some thousand pictures.
const ROOM: usize = 8 << 20;
/// What a place takes beside the address and the picture, roughly.
const PLACE: usize = 512;
/// Platforms put a new picture at a new address. Should one not, this is how long the old one is shown.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// An address that gives nothing is not asked on each page.
const FAILURE_KEPT: SignedDuration = SignedDuration::from_mins(10);

impl Shelf {
    /// What lies there for the address, or else what `fetch` brings.
    pub(super) async fn get<F: Future<Output = Outcome>>(
        &self,
        address: &str,
        now: Timestamp,
        fetch: impl FnOnce() -> F,
    ) -> Outcome {
        let place = self.place(address, now);
        let is_new = !place.initialized();
        let outcome = place.get_or_init(fetch).await.clone();
        if is_new {
            self.make_room();
        }
        outcome
    }

    fn place(&self, address: &str, now: Timestamp) -> Arc<OnceCell<Outcome>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.get(address).is_some_and(|place| place.is_over(now)) {
            places.remove(address);
        }
        let place = places.entry(address.to_owned()).or_insert_with(|| Place {
            outcome: Arc::default(),
            since: now,
            asked_at: now,
        });
        place.asked_at = now;
        if !place.outcome.initialized() {
            place.since = now;
        }
        Arc::clone(&place.outcome)
    }

    /// Lets go of what was not asked for the longest.
    fn make_room(&self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken: usize = places
            .iter()
            .map(|(address, place)| place.weight(address))
            .sum();
        while taken > ROOM {
            let oldest = places.iter().min_by_key(|(_, place)| place.asked_at);
            let Some(address) = oldest.map(|(address, _)| address.clone()) else {
                return;
            };
            if let Some(place) = places.remove(&address) {
                taken -= place.weight(&address);
            }
        }
    }
}

impl Place {
    fn is_over(&self, now: Timestamp) -> bool {
        let kept = match self.outcome.get() {
            None => return false,
            Some(Ok(_)) => KEPT,
            Some(Err(_)) => FAILURE_KEPT,
        };
        now.duration_since(self.since) >= kept
    }

    fn weight(&self, address: &str) -> usize {
        let picture = match self.outcome.get() {
            Some(Ok(avatar)) => avatar.bytes.len(),
            _ => 0,
        };
        PLACE + address.len() + picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    async fn picture(bytes: usize) -> Outcome {
        Ok(Avatar {
            bytes: vec![0; bytes].into(),
            mime: "image/jpeg",
            tag: String::new(),
        })
    }

    #[tokio::test]
    async fn what_was_not_asked_for_the_longest_makes_room() {
        let shelf = Shelf::default();
        let large = ROOM / 3;
        for (second, address) in [(1, "a"), (2, "b"), (3, "a")] {
            shelf
                .get(address, at(second), || picture(large))
                .await
                .unwrap();
        }
        shelf.get("c", at(4), || picture(large)).await.unwrap();
        let is_kept = |address: &str| shelf.places.lock().unwrap().contains_key(address);
        assert_eq!(["a", "b", "c"].map(is_kept), [true, false, true]);
    }
}
