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
/// Runs that wait here for a place: each holds one of the job runner's.
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
    by: HashMap<ConnectionId, usize>,
    all: usize,
    waiting: usize,
}

/// Leave to fetch from an account, until it is dropped.
pub(super) struct Place {
    connection: ConnectionId,
}

/// Waits for a place, not long. Absent when there is none: the job comes again.
pub(super) async fn take(connection: ConnectionId) -> Option<Place> {
    let _waiting = Waiting::begin()?;
    timeout(PATIENCE, async {
        loop {
            // Before the look, or what is freed right after it would not be heard.
            let freed = PLACES.free.notified();
            if PLACES.change(|taken| taken.take(connection)) {
                return Place { connection };
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

impl Taken {
    fn take(&mut self, connection: ConnectionId) -> bool {
        let of_it = self.by.get(&connection).copied().unwrap_or(0);
        let is_free = of_it < MOST_OF_ONE && self.all < MOST;
        if is_free {
            self.by.insert(connection, of_it + 1);
            self.all += 1;
        }
        is_free
    }

    fn free(&mut self, connection: ConnectionId) {
        self.all -= 1;
        if let Some(of_it) = self.by.get_mut(&connection) {
            *of_it -= 1;
        }
        self.by.retain(|_, of_it| *of_it > 0);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        PLACES.change(|taken| taken.free(self.connection));
        PLACES.free.notify_waiters();
    }
}

/// One that waits.
struct Waiting;

impl Waiting {
    fn begin() -> Option<Self> {
        PLACES.change(|taken| {
            let has_room = taken.waiting < MOST_WAITING;
            taken.waiting += usize::from(has_room);
            has_room.then_some(Self)
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        PLACES.change(|taken| taken.waiting -= 1);
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
        let of_other = take(other).await;
        assert!(of_other.is_some());
        let waits = tokio::spawn(take(one));
        tokio::task::yield_now().await;
        held.pop();
        assert!(waits.await.unwrap().is_some());
    }

    fn id() -> ConnectionId {
        ConnectionId::new(Timestamp::UNIX_EPOCH)
    }
}
