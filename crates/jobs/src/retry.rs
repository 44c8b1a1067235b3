//! How long to wait before trying again.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Doubles with each attempt from two seconds to a quarter of an hour, and then takes between half and all of that at random, so that
/// what failed together does not come back together.
#[must_use]
pub fn backoff(attempt: u32) -> Duration {
    let doubled = FIRST.saturating_mul(
        1_u32
            .checked_shl(attempt.saturating_sub(1))
            .unwrap_or(u32::MAX),
    );
    let whole = doubled.min(LONGEST);
    let half = whole / 2;
    half + half.mul_f64(random_share())
}

/// Uniform in [0, 1).
fn random_share() -> f64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_half_and_all() {
        for (attempt, whole) in [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (200, 900)] {
            for _ in 0..50 {
                let wait = backoff(attempt);
                let whole = Duration::from_secs(whole);
                assert!(
                    wait >= whole / 2 && wait <= whole,
                    "attempt {attempt}: {wait:?}"
                );
            }
        }
    }
}
