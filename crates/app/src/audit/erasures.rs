//! Which events of a chain were erased, and whether an erasure in the chain says so.

use std::collections::BTreeMap;

use fanfare_store::audit::{Erasure, Link, PERSON_ERASED};
use jiff::Timestamp;

/// Gathered on the way along a chain.
#[derive(Default)]
pub(super) struct Erasures {
    erased: Vec<Erased>,
    /// By the first place of each stretch, because no event is erased twice: what is said first stays said.
    told: BTreeMap<i64, Told>,
}

struct Erased {
    seq: i64,
    id: String,
    at: Option<i64>,
    actor_id: Option<String>,
    actor_name: String,
}

struct Told {
    last: i64,
    at: i64,
    actor_id: Option<String>,
    actor_name: String,
}

impl Erasures {
    pub(super) fn note_erased(&mut self, link: &Link) {
        self.erased.push(Erased {
            seq: link.seq,
            id: link.id.clone(),
            at: link.erased_at.map(Timestamp::as_millisecond),
            actor_id: link.actor_id.clone(),
            actor_name: link.actor_name.clone(),
        });
    }

    /// Takes what an event that is as it was written says of events before it.
    pub(super) fn note_told(&mut self, link: &Link) {
        if link.action != PERSON_ERASED {
            return;
        }
        let Ok(erasure) = serde_json::from_str::<Erasure>(&link.detail) else {
            return;
        };
        for (first, last) in erasure.places {
            if last < link.seq {
                self.told.entry(first).or_insert(Told {
                    last,
                    at: link.at,
                    actor_id: erasure.actor_id.clone(),
                    actor_name: erasure.actor_name.clone(),
                });
            }
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.erased.len() as u64
    }

    /// The places and ids of erased events of which no erasure tells, or tells of somebody else.
    pub(super) fn untold(&self) -> impl Iterator<Item = (i64, &str)> {
        let untold = self.erased.iter().filter(|one| !self.is_told(one));
        untold.map(|one| (one.seq, one.id.as_str()))
    }

    fn is_told(&self, erased: &Erased) -> bool {
        let told = self.told.range(..=erased.seq).next_back();
        told.is_some_and(|(_, told)| {
            told.last >= erased.seq
                && Some(told.at) == erased.at
                && told.actor_id == erased.actor_id
                && told.actor_name == erased.actor_name
        })
    }
}

/// Whether an erased event holds nothing but what erasing leaves. An erasure itself is never erased: others hang on it.
pub(super) fn is_blank(link: &Link) -> bool {
    let is_nameless = link.actor_id.is_none() || link.actor_name.is_empty();
    link.detail == "{}" && link.salt.is_none() && is_nameless && link.action != PERSON_ERASED
}
