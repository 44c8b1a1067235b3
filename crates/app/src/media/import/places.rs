//! How many files are fetched at once: a person may ask for two hundred, and a platform slows down whoever takes them all together.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use fanfare_domain::ConnectionId;
use tokio::sync::Notify;
use tokio::time::timeout;

/// From one account.
const MOST_OF_ONE: usize = 3;
/// From all accounts, in this process.
const MOST: usize = 24;
/// Runs that wait here for a place, of one account and of all: each holds one of the job runner's.
const MOST_OF_ONE_WAITING: usize = 4;
const MOST_WAITING: usize = 32;
/// So long a run waits, before it gives its job back.
const PATIENCE: Duration = Duration::from_secs(20);

static PLACES: LazyLock<Places> = LazyLock::new(Places::default);

#[derive(Default)]
struct Places {
    taken: Mutex<Taken>,
    free: Notify,
}

#[derive(Default)]
struct Taken {
    fetching: Counts,
    waiting: Counts,
}

/// How many runs, of each account and of all.
#[derive(Default)]
struct Counts {
    of: HashMap<ConnectionId, usize>,
    all: usize,
}

/// Leave to fetch from an account, until it is dropped.
pub(super) struct Place {
    connection: ConnectionId,
}

/// Leave to wait for a place, until it is dropped.
struct Seat {
    connection: ConnectionId,
}

/// Waits for a place, not long. Absent when there is none: the job comes again.
pub(super) async fn take(connection: ConnectionId) -> Option<Place> {
    if let Some(place) = Place::take(connection) {
        return Some(place);
    }
    let _seat = Seat::take(connection)?;
    timeout(PATIENCE, async {
        loop {
            // Before the look, or what is freed right after it would not be heard.
            let freed = PLACES.free.notified();
            if let Some(place) = Place::take(connection) {
                return place;
            }
            freed.await;
        }
    })
    .await
    .ok()
}

impl Places {
    fn change<T>(&self, change: impl FnOnce(&mut Taken) -> T) -> T {
        change(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Counts {
    /// One more, unless that would be too many.
    fn add(&mut self, connection: ConnectionId, most_of_one: usize, most: usize) -> bool {
        let of_it = self.of.get(&connection).copied().unwrap_or(0);
        let is_free = of_it < most_of_one && self.all < most;
        if is_free {
            self.of.insert(connection, of_it + 1);
            self.all += 1;
        }
        is_free
    }

    fn remove(&mut self, connection: ConnectionId) {
        self.all -= 1;
        if let Some(of_it) = self.of.get_mut(&connection) {
            *of_it -= 1;
        }
        self.of.retain(|_, of_it| *of_it > 0);
    }
}

impl Place {
    fn take(connection: ConnectionId) -> Option<Self> {
        let is_free = PLACES.change(|taken| taken.fetching.add(connection, MOST_OF_ONE, MOST));
        is_free.then(|| Self { connection })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        PLACES.change(|taken| taken.fetching.remove(self.connection));
        PLACES.free.notify_waiters();
    }
}

impl Seat {
    fn take(connection: ConnectionId) -> Option<Self> {
        let is_free = PLACES.change(|taken| {
            let waiting = &mut taken.waiting;
            waiting.add(connection, MOST_OF_ONE_WAITING, MOST_WAITING)
        });
        is_free.then(|| Self { connection })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        PLACES.change(|taken| taken.waiting.remove(self.connection));
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[tokio::test]
    async fn one_account_has_few_and_takes_none_from_another() {
        let (one, other) = (id(), id());
        let mut held = Vec::new();
        for _ in 0..MOST_OF_ONE {
            held.push(take(one).await.unwrap());
        }
        assert!(timeout(Duration::from_millis(50), take(one)).await.is_err());
        let crowd: Vec<_> = (0..MOST_WAITING).map(|_| tokio::spawn(take(one))).collect();
        tokio::task::yield_now().await;
        let of_other = take(other).await;
        assert!(of_other.is_some(), "a crowd of one account");
        for waiting in crowd {
            waiting.abort();
            let _ = waiting.await;
        }
        let waits = tokio::spawn(take(one));
        tokio::task::yield_now().await;
        held.pop();
        assert!(waits.await.unwrap().is_some());
    }

    fn id() -> ConnectionId {
        ConnectionId::new(Timestamp::UNIX_EPOCH)
    }
}
