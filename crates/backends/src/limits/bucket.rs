//! The sums of a bucket of tokens, in whole numbers: nothing is ever rounded away. The script for Redis does the same.

use fanfare_domain::rate_limit::{Rate, Taken};
use jiff::SignedDuration;

/// What is in a bucket. A token is as many units as its span has milliseconds; in each of those the bucket gains as many units as it holds
/// tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    left: i64,
    /// When that was so, in milliseconds of whatever clock counts.
    at: i64,
}

impl Level {
    pub(super) fn full(rate: Rate, now: i64) -> Self {
        let left = whole(rate);
        Self { left, at: now }
    }

    /// With what has come back since. A rate that was lowered counts at once.
    pub(super) fn filled(self, rate: Rate, now: i64) -> Self {
        let gained = (now - self.at).max(0).saturating_mul(tokens(rate));
        let left = self.left.saturating_add(gained).min(whole(rate));
        Self { left, at: now }
    }

    /// Takes a token, if there is one.
    pub(super) fn take(self, rate: Rate) -> (Self, bool) {
        let is_allowed = self.left >= token(rate);
        let left = if is_allowed {
            self.left - token(rate)
        } else {
            self.left
        };
        (Self { left, ..self }, is_allowed)
    }

    pub(super) fn give_back(self, rate: Rate) -> Self {
        let left = (self.left + token(rate)).min(whole(rate));
        Self { left, ..self }
    }

    pub(super) fn is_full(self, rate: Rate) -> bool {
        self.left >= whole(rate)
    }

    /// When it is full, if nothing is taken meanwhile.
    pub(super) fn full_at(self, rate: Rate) -> i64 {
        self.at + millis_for(whole(rate) - self.left, rate)
    }
}

/// What an attempt came to that left so much in the bucket.
pub(super) fn taken(is_allowed: bool, left: i64, rate: Rate) -> Taken {
    let wait = if is_allowed {
        0
    } else {
        millis_for(token(rate) - left, rate)
    };
    Taken {
        is_allowed,
        left: u32::try_from(left / token(rate)).unwrap_or(0),
        wait: SignedDuration::from_millis(wait),
        full_in: SignedDuration::from_millis(millis_for(whole(rate) - left, rate)),
    }
}

impl Level {
    pub(super) fn after(self, is_allowed: bool, rate: Rate) -> Taken {
        taken(is_allowed, self.left, rate)
    }
}

fn millis_for(lacking: i64, rate: Rate) -> i64 {
    let per_milli = tokens(rate);
    (lacking.max(0) + per_milli - 1) / per_milli
}

pub(super) fn tokens(rate: Rate) -> i64 {
    i64::from(rate.burst.max(1))
}

/// A token, in units.
pub(super) fn token(rate: Rate) -> i64 {
    i64::try_from(rate.per.as_millis())
        .unwrap_or(i64::MAX)
        .max(1)
}

fn whole(rate: Rate) -> i64 {
    tokens(rate).saturating_mul(token(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE_A_MINUTE: Rate = Rate {
        burst: 3,
        per: SignedDuration::from_mins(1),
    };

    fn takes(level: &mut Level, rate: Rate, at: i64) -> Taken {
        let (next, is_allowed) = level.filled(rate, at).take(rate);
        *level = next;
        next.after(is_allowed, rate)
    }

    #[test]
    fn a_burst_goes_and_then_one_in_each_part_of_the_span() {
        let mut level = Level::full(THREE_A_MINUTE, 0);
        for left in [2, 1, 0] {
            let taken = takes(&mut level, THREE_A_MINUTE, 0);
            assert_eq!((taken.is_allowed, taken.left), (true, left));
            assert_eq!(taken.wait, SignedDuration::ZERO);
        }
        let refused = takes(&mut level, THREE_A_MINUTE, 0);
        assert_eq!((refused.is_allowed, refused.left), (false, 0));
        assert_eq!(refused.wait, SignedDuration::from_secs(20));
        assert_eq!(refused.full_in, SignedDuration::from_secs(60));
        let early = takes(&mut level, THREE_A_MINUTE, 19_999);
        assert_eq!(early.wait, SignedDuration::from_millis(1));
        assert!(takes(&mut level, THREE_A_MINUTE, 20_000).is_allowed);
        assert!(!takes(&mut level, THREE_A_MINUTE, 20_000).is_allowed);
    }

    #[test]
    fn a_clock_that_moves_in_small_steps_fills_the_bucket_all_the_same() {
        let rate = Rate {
            burst: 1,
            ..THREE_A_MINUTE
        };
        let mut level = Level::full(rate, 0);
        assert!(takes(&mut level, rate, 0).is_allowed);
        for millis in 1..60_000 {
            assert!(!takes(&mut level, rate, millis).is_allowed, "{millis}");
        }
        assert!(takes(&mut level, rate, 60_000).is_allowed);
    }

    #[test]
    fn a_clock_that_is_set_back_gives_and_takes_nothing() {
        let mut level = Level::full(THREE_A_MINUTE, 100_000);
        takes(&mut level, THREE_A_MINUTE, 100_000);
        assert_eq!(takes(&mut level, THREE_A_MINUTE, 0).left, 1);
        assert_eq!(takes(&mut level, THREE_A_MINUTE, 20_000).left, 1);
    }

    #[test]
    fn a_rate_that_was_lowered_counts_at_once() {
        let minute = SignedDuration::from_mins(1);
        let mut level = Level::full(
            Rate {
                burst: 100,
                per: minute,
            },
            0,
        );
        let lower = Rate {
            burst: 2,
            per: minute,
        };
        assert_eq!(takes(&mut level, lower, 0).left, 1);
    }

    #[test]
    fn no_more_is_given_back_than_there_was() {
        let level = Level::full(THREE_A_MINUTE, 0).give_back(THREE_A_MINUTE);
        assert_eq!(level.after(true, THREE_A_MINUTE).left, 3);
        let (level, _) = level.take(THREE_A_MINUTE);
        assert!(level.give_back(THREE_A_MINUTE).is_full(THREE_A_MINUTE));
    }
}
