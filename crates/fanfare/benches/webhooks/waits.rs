//! How what was measured is summed up.

use std::time::Duration;

pub fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// How long each of many took.
pub struct Waits(Vec<Duration>);

impl Waits {
    pub fn of(mut waits: Vec<Duration>) -> Self {
        waits.sort_unstable();
        Self(waits)
    }

    fn millis(&self, share: f64) -> f64 {
        let at = (self.0.len().saturating_sub(1) as f64 * share) as usize;
        self.0.get(at).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    }

    pub fn in_words(&self) -> String {
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms",
            self.millis(0.5),
            self.millis(0.99),
            self.millis(0.999)
        )
    }
}
