//! How long something may take: as long as it goes on.

use std::time::{Duration, Instant};

/// Longer than the lease of a process that died, which whoever is left has to wait for.
const STANDSTILL: Duration = Duration::from_secs(60);

/// Watches a number go down. A busy machine is slow, and how much was taken before depends on how fast it was then.
pub struct Patience {
    least: i64,
    until: Instant,
}

impl Patience {
    pub fn new() -> Self {
        Self {
            least: i64::MAX,
            until: Instant::now() + STANDSTILL,
        }
    }

    /// Fails when nothing has gone on for too long.
    pub fn watch(&mut self, left: i64) {
        if left < self.least {
            self.least = left;
            self.until = Instant::now() + STANDSTILL;
        }
        assert!(
            Instant::now() < self.until,
            "{left} are left, and nothing goes on"
        );
    }
}
