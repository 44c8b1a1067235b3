//! Attempts counted in this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use fanfare_domain::Clock;
use fanfare_domain::rate_limit::{Bucket, Counting, Rate, RateLimits, Taken};

use super::bucket::Level;

/// Buckets kept in mind at once. Whoever invents more only pushes out those that have been quiet longest.
const MOST_BUCKETS: usize = 50_000;

/// The default: nothing to install, and gone with the process.
pub struct MemoryLimits {
    clock: Arc<dyn Clock>,
    levels: Mutex<HashMap<Bucket, (Level, Rate)>>,
}

impl MemoryLimits {
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            levels: Mutex::default(),
        }
    }

    fn levels(&self) -> MutexGuard<'_, HashMap<Bucket, (Level, Rate)>> {
        self.levels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    pub(super) fn take_now(&self, bucket: &Bucket, rate: Rate) -> Taken {
        let now = self.now();
        let mut levels = self.levels();
        make_room(&mut levels, now);
        let kept = levels.entry(bucket.clone());
        let (level, its_rate) = kept.or_insert((Level::full(rate, now), rate));
        let (next, is_allowed) = level.filled(rate, now).take(rate);
        (*level, *its_rate) = (next, rate);
        next.after(is_allowed, rate)
    }

    pub(super) fn give_back_now(&self, bucket: &Bucket, rate: Rate) {
        if let Some((level, _)) = self.levels().get_mut(bucket) {
            *level = level.give_back(rate);
        }
    }

    pub(super) fn forget_now(&self, bucket: &Bucket) {
        self.levels().remove(bucket);
    }
}

#[async_trait]
impl RateLimits for MemoryLimits {
    async fn take(&self, bucket: &Bucket, rate: Rate) -> Taken {
        self.take_now(bucket, rate)
    }

    async fn give_back(&self, bucket: &Bucket, rate: Rate) {
        self.give_back_now(bucket, rate);
    }

    async fn forget(&self, bucket: &Bucket) {
        self.forget_now(bucket);
    }

    fn counting(&self) -> Counting {
        Counting {
            backend: "memory",
            is_up: true,
        }
    }
}

fn make_room(levels: &mut HashMap<Bucket, (Level, Rate)>, now: i64) {
    if levels.len() < MOST_BUCKETS {
        return;
    }
    levels.retain(|_, (level, rate)| !level.filled(*rate, now).is_full(*rate));
    if levels.len() >= MOST_BUCKETS {
        // Many at once, so that not every attempt after this one looks through all of them again.
        let mut by_age: Vec<_> = levels
            .iter()
            .map(|(bucket, (level, rate))| (level.full_at(*rate), bucket.clone()))
            .collect();
        by_age.sort_unstable_by_key(|(full_at, _)| *full_at);
        for (_, bucket) in by_age.into_iter().take(MOST_BUCKETS / 10) {
            levels.remove(&bucket);
        }
    }
}

#[cfg(test)]
mod tests {
    use fanfare_domain::{Limit, ManualClock};
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    #[tokio::test]
    async fn inventing_addresses_does_not_fill_the_memory() {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let limits = MemoryLimits::new(clock.clone());
        let rate = Limit::SignIn.rule().rate;
        for number in 0..MOST_BUCKETS + 100 {
            let bucket = Bucket::new(Limit::SignIn, &number.to_string());
            assert!(limits.take(&bucket, rate).await.is_allowed);
        }
        assert!(limits.levels().len() <= MOST_BUCKETS);
        clock.advance(SignedDuration::from_hours(1));
        for number in 0..=MOST_BUCKETS / 10 {
            let bucket = Bucket::new(Limit::SignIn, &format!("later {number}"));
            limits.take(&bucket, rate).await;
        }
        let left = limits.levels().len();
        assert!(
            left <= MOST_BUCKETS / 10 + 1,
            "{left} are left of those that are full again"
        );
    }
}
