//! Holds back whoever guesses at a password: ten failures for one address, then a pause.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

const MOST: u32 = 10;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Addresses kept in mind at once. Whoever invents more only pushes out the oldest.
const MOST_ADDRESSES: usize = 10_000;

/// Attempts to sign in that have not succeeded, by e-mail address, in memory.
///
/// An attempt counts from its beginning, so that many at the same time do not slip through; one that succeeds takes back what was
/// counted. Unknown addresses count too, so that the answer does not tell which exist.
#[derive(Debug, Default)]
pub struct LoginAttempts(Mutex<HashMap<String, Window>>);

#[derive(Debug)]
struct Window {
    began: Timestamp,
    attempts: u32,
}

impl LoginAttempts {
    /// Counts an attempt, or answers how many seconds to wait.
    pub(super) fn begin(&self, email: &str, now: Timestamp) -> Result<(), u64> {
        let mut windows = self.lock();
        make_room(&mut windows, now);
        let window = windows
            .entry(email.to_owned())
            .and_modify(|window| {
                if window.began + WINDOW <= now {
                    *window = Window {
                        began: now,
                        attempts: 0,
                    };
                }
            })
            .or_insert(Window {
                began: now,
                attempts: 0,
            });
        if window.attempts == MOST {
            let wait = (window.began + WINDOW).duration_since(now);
            return Err(u64::try_from(wait.as_secs()).unwrap_or(0).max(1));
        }
        window.attempts += 1;
        Ok(())
    }

    /// Forgets what was counted for somebody who has proved who they are.
    pub(super) fn forget(&self, email: &str) {
        self.lock().remove(email);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Window>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(windows: &mut HashMap<String, Window>, now: Timestamp) {
    if windows.len() < MOST_ADDRESSES {
        return;
    }
    windows.retain(|_, window| window.began + WINDOW > now);
    if windows.len() >= MOST_ADDRESSES {
        let oldest = windows.iter().min_by_key(|(_, window)| window.began);
        let oldest = oldest.map(|(email, _)| email.clone());
        oldest.and_then(|email| windows.remove(&email));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_eleventh_attempt_waits_until_the_window_has_passed() {
        let attempts = LoginAttempts::default();
        for _ in 0..MOST {
            assert_eq!(attempts.begin("a@example.com", second(0)), Ok(()));
        }
        assert_eq!(attempts.begin("a@example.com", second(60)), Err(840));
        assert_eq!(attempts.begin("b@example.com", second(60)), Ok(()));
        assert_eq!(attempts.begin("a@example.com", second(900)), Ok(()));
    }

    #[test]
    fn a_success_takes_back_what_was_counted() {
        let attempts = LoginAttempts::default();
        for _ in 0..3 * MOST {
            assert_eq!(attempts.begin("a@example.com", second(0)), Ok(()));
            attempts.forget("a@example.com");
        }
    }

    #[test]
    fn inventing_addresses_does_not_fill_the_memory() {
        let attempts = LoginAttempts::default();
        for number in 0..MOST_ADDRESSES + 100 {
            attempts
                .begin(
                    &format!("{number}@example.com"),
                    second(number as i64 / 100),
                )
                .unwrap();
        }
        assert_eq!(attempts.lock().len(), MOST_ADDRESSES);
    }
}
