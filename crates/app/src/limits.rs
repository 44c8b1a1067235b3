//! How often something may be tried, in one table.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fanfare_domain::{ErrorCode, named};
use jiff::{SignedDuration, Timestamp};

use crate::{App, AppError, RefusalKind, Result};

named! {
    /// Something that is tried by somebody who has not proved who they are.
    pub enum Limit {
        /// Messages to one address, whoever asks for them.
        MailToAddress = "mail_to_address",
        /// Requests for messages from one place.
        MailFromPlace = "mail_from_place",
        /// Codes of the second step, for one person.
        SecondStep = "second_step",
        /// Passwords asked for again by somebody signed in.
        PasswordAgain = "password_again",
        /// Links that let somebody in, from one place.
        Links = "links",
        /// Signing in with another provider, from one place.
        SignInElsewhere = "sign_in_elsewhere",
        /// Passkeys asked for and answered, from one place.
        Passkeys = "passkeys",
    }
}

/// So many at once, and again as many in each span, evenly.
#[derive(Debug, Clone, Copy)]
struct Rate {
    burst: u32,
    per: SignedDuration,
}

impl Limit {
    fn rate(self) -> Rate {
        let minutes = SignedDuration::from_mins;
        let (burst, per) = match self {
            Self::MailToAddress => (3, minutes(60)),
            Self::MailFromPlace => (20, minutes(60)),
            Self::SecondStep => (5, minutes(15)),
            Self::PasswordAgain => (10, minutes(15)),
            Self::Links => (30, minutes(15)),
            Self::SignInElsewhere => (100, minutes(15)),
            // Each look at the log-in page asks.
            Self::Passkeys => (200, minutes(15)),
        };
        Rate { burst, per }
    }
}

/// Keys kept in mind at once. Whoever invents more only pushes out those that have been quiet longest.
const MOST_KEYS: usize = 50_000;

/// What has been tried, in this process.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(Limit, String), Bucket>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// When all of the burst will be free again.
    full_at: Timestamp,
}

impl Limits {
    /// Counts an attempt, or answers how long to wait.
    fn take(
        &self,
        limit: Limit,
        who: &str,
        now: Timestamp,
    ) -> std::result::Result<(), SignedDuration> {
        let Rate { burst, per } = limit.rate();
        let each = per / i32::try_from(burst).unwrap_or(1);
        let mut buckets = self.lock();
        make_room(&mut buckets, now);
        let bucket = buckets
            .entry((limit, who.to_owned()))
            .or_insert(Bucket { full_at: now });
        let full_at = bucket.full_at.max(now) + each;
        let wait = full_at.duration_since(now + per);
        if wait > SignedDuration::ZERO {
            return Err(wait);
        }
        bucket.full_at = full_at;
        Ok(())
    }

    fn forget(&self, limit: Limit, who: &str) {
        self.lock().remove(&(limit, who.to_owned()));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Limit, String), Bucket>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(buckets: &mut HashMap<(Limit, String), Bucket>, now: Timestamp) {
    if buckets.len() < MOST_KEYS {
        return;
    }
    buckets.retain(|_, bucket| bucket.full_at > now);
    if buckets.len() >= MOST_KEYS {
        let quiet = buckets.iter().min_by_key(|(_, bucket)| bucket.full_at);
        let quiet = quiet.map(|(key, _)| key.clone());
        quiet.and_then(|key| buckets.remove(&key));
    }
}

impl App {
    /// Counts an attempt of `who` (a person, an address, a place).
    ///
    /// # Errors
    /// `too_many_requests`, with how long to wait.
    pub(crate) fn limit(&self, limit: Limit, who: &str) -> Result<()> {
        self.limits.take(limit, who, self.now()).map_err(|wait| {
            metrics::counter!("fanfare_limited_total", "limit" => limit.as_str()).increment(1);
            too_many(wait)
        })
    }

    /// Forgets what was counted for somebody who has proved who they are.
    pub(crate) fn unlimit(&self, limit: Limit, who: &str) {
        self.limits.forget(limit, who);
    }
}

fn too_many(wait: SignedDuration) -> AppError {
    let seconds = u64::try_from(wait.as_secs()).unwrap_or(0) + 1;
    let minutes = seconds.div_ceil(60);
    AppError::refused(
        RefusalKind::TooMany {
            retry_after_seconds: seconds,
        },
        ErrorCode::TooManyRequests,
        format!("That was tried too often. Try again in {minutes} minutes."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_burst_goes_and_then_one_in_each_part_of_the_span() {
        let limits = Limits::default();
        for _ in 0..5 {
            assert_eq!(limits.take(Limit::SecondStep, "ada", at(0)), Ok(()));
        }
        let wait = limits.take(Limit::SecondStep, "ada", at(0)).unwrap_err();
        assert_eq!(wait, SignedDuration::from_mins(3));
        assert_eq!(limits.take(Limit::SecondStep, "ben", at(0)), Ok(()));
        assert_eq!(limits.take(Limit::SecondStep, "ada", at(180)), Ok(()));
        assert!(limits.take(Limit::SecondStep, "ada", at(180)).is_err());
    }

    #[test]
    fn what_was_counted_is_forgotten_when_somebody_proves_who_they_are() {
        let limits = Limits::default();
        while limits.take(Limit::SecondStep, "ada", at(0)).is_ok() {}
        limits.forget(Limit::SecondStep, "ada");
        assert_eq!(limits.take(Limit::SecondStep, "ada", at(0)), Ok(()));
    }
}
