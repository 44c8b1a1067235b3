//! How often each key may call: a bucket that fills by the minute, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use fanfare_domain::ApiKeyId;
use jiff::{SignedDuration, Timestamp};

/// Buckets kept at once before those that have filled up are forgotten.
const MOST_BUCKETS: usize = 10_000;
/// One call, as it is counted: in each millisecond a bucket gains as much as its limit per minute, so nothing is ever rounded.
const CALL: i64 = 60_000;

/// The buckets of this process.
#[derive(Debug, Default)]
pub struct KeyRates(Mutex<HashMap<ApiKeyId, Bucket>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// What may be used at once, by [`CALL`].
    left: i64,
    /// When that was so.
    at: Timestamp,
    per_minute: u32,
}

/// What is left of a key's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// When all of the limit is there again.
    pub full_at: Timestamp,
    /// In how many seconds the next call is taken; 0 when the present one is.
    pub wait_seconds: u64,
}

impl KeyRates {
    /// Takes a call out of the key's bucket, if there is one left in it.
    pub fn take(&self, key: ApiKeyId, per_minute: u32, now: Timestamp) -> Allowance {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| !bucket.filled(now).is_full());
        }
        let full = Bucket {
            left: whole(per_minute),
            at: now,
            per_minute,
        };
        let bucket = buckets.entry(key).or_insert(full);
        // Changed since: what is left of the old limit counts, as far as the new one reaches.
        bucket.per_minute = per_minute;
        *bucket = bucket.filled(now);
        let is_taken = bucket.left >= CALL;
        if is_taken {
            bucket.left -= CALL;
        }
        bucket.allowance(is_taken)
    }
}

impl Bucket {
    fn filled(self, now: Timestamp) -> Self {
        let millis = now.as_millisecond() - self.at.as_millisecond();
        let gained = millis.max(0).saturating_mul(i64::from(self.per_minute));
        let left = self.left.saturating_add(gained).min(whole(self.per_minute));
        Self {
            left,
            at: now,
            ..self
        }
    }

    fn is_full(self) -> bool {
        self.left == whole(self.per_minute)
    }

    fn allowance(self, is_taken: bool) -> Allowance {
        let wait = if is_taken {
            0
        } else {
            self.millis_for(CALL - self.left)
        };
        let full_in = self.millis_for(whole(self.per_minute) - self.left);
        Allowance {
            limit: self.per_minute,
            remaining: u32::try_from(self.left / CALL).unwrap_or(0),
            full_at: self.at + SignedDuration::from_millis(full_in),
            wait_seconds: u64::try_from(wait).unwrap_or(0).div_ceil(1_000),
        }
    }

    fn millis_for(self, lacking: i64) -> i64 {
        let per_milli = i64::from(self.per_minute.max(1));
        (lacking + per_milli - 1) / per_milli
    }
}

fn whole(per_minute: u32) -> i64 {
    i64::from(per_minute) * CALL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    fn key() -> ApiKeyId {
        ApiKeyId::new(at(0))
    }

    #[test]
    fn a_key_may_call_as_often_as_its_limit_and_then_waits() {
        let (rates, key) = (KeyRates::default(), key());
        for remaining in [2, 1, 0] {
            let allowance = rates.take(key, 3, at(0));
            assert_eq!(
                (allowance.remaining, allowance.wait_seconds),
                (remaining, 0)
            );
        }
        let refused = rates.take(key, 3, at(0));
        assert_eq!((refused.remaining, refused.wait_seconds), (0, 20));
        assert_eq!(refused.full_at, at(60_000));
        assert_eq!(rates.take(key, 3, at(19_999)).wait_seconds, 1);
        assert_eq!(rates.take(key, 3, at(20_000)).wait_seconds, 0);
        assert_eq!(rates.take(key, 3, at(20_000)).wait_seconds, 20);
    }

    #[test]
    fn keys_do_not_take_from_each_other() {
        let rates = KeyRates::default();
        for _ in 0..3 {
            assert_eq!(rates.take(key(), 1, at(0)).wait_seconds, 0);
        }
    }

    #[test]
    fn a_clock_that_moves_in_small_steps_fills_the_bucket_all_the_same() {
        let (rates, key) = (KeyRates::default(), key());
        rates.take(key, 1, at(0));
        for millis in 1..60_000 {
            assert_ne!(rates.take(key, 1, at(millis)).wait_seconds, 0, "{millis}");
        }
        assert_eq!(rates.take(key, 1, at(60_000)).wait_seconds, 0);
    }

    #[test]
    fn a_limit_that_was_lowered_counts_at_once() {
        let (rates, key) = (KeyRates::default(), key());
        assert_eq!(rates.take(key, 100, at(0)).remaining, 99);
        assert_eq!(rates.take(key, 2, at(0)).remaining, 1);
    }
}
