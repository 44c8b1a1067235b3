//! Counts calls, for usage headers, rate limits and for tests that ask how often something was called.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::Platform;
use crate::faults::CallKind;

#[derive(Default)]
pub struct Traffic(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    windows: HashMap<String, Window>,
    totals: HashMap<(Platform, CallKind), u64>,
}

/// The calls of one caller since `since`.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub since: Timestamp,
    pub calls: u64,
}

impl Traffic {
    /// Counts a call and says how many this caller made in the present window.
    pub fn note(
        &self,
        platform: Platform,
        kind: CallKind,
        caller: &str,
        length: SignedDuration,
        now: Timestamp,
    ) -> Window {
        let mut counts = self.lock();
        *counts.totals.entry((platform, kind)).or_default() += 1;
        let key = format!("{platform} {caller}");
        let window = counts.windows.entry(key).or_insert(Window {
            since: now,
            calls: 0,
        });
        if now.duration_since(window.since) >= length {
            *window = Window {
                since: now,
                calls: 0,
            };
        }
        window.calls += 1;
        *window
    }

    /// Calls per `platform.kind` since the start or the last reset.
    pub fn totals(&self) -> BTreeMap<String, u64> {
        let counts = self.lock();
        let named = counts.totals.iter().map(|((platform, kind), calls)| {
            let kind = serde_json::to_value(kind).expect("a plain word");
            (
                format!("{platform}.{}", kind.as_str().unwrap_or_default()),
                *calls,
            )
        });
        named.collect()
    }

    pub fn reset(&self) {
        *self.lock() = Counts::default();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
