//! SQLite's one writer, shared by group commit.
//!
//! A commit costs a flush of the disk, which is most of what a small transaction costs. So a transaction that finishes while
//! others wait for the writer does not commit: it hands the open transaction on, and whoever finishes last (or when the group is
//! large or old enough) commits for all. Each member works behind a savepoint, so that one can fail alone, and each is told that
//! it is done only when the common commit has reached the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Executor};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::store::uninterrupted;
use crate::{Result, StoreError};

/// Beyond these, the next to finish commits whoever waits: nobody's answer is held up for long.
const GROUP_SIZE: usize = 256;
const GROUP_AGE: Duration = Duration::from_millis(5);
/// How long a member waits for a successor before it looks whether there still is one.
const PATIENCE: Duration = Duration::from_millis(2);

#[derive(Clone)]
pub(crate) struct LiteWriter {
    seat: Arc<Mutex<Seat>>,
    waiting: Arc<AtomicUsize>,
}

/// What the holder of the writer holds.
struct Seat {
    connection: SqliteConnection,
    group: Option<Group>,
    /// A savepoint is open. Found true by the next holder when the last one gave up.
    turn_open: bool,
}

struct Group {
    opened: Instant,
    members: Vec<oneshot::Sender<std::result::Result<(), String>>>,
}

/// One member's time at the writer.
pub(crate) struct Turn {
    /// Absent only while being committed.
    seat: Option<OwnedMutexGuard<Seat>>,
    writer: LiteWriter,
}

impl LiteWriter {
    pub(crate) async fn open(options: &SqliteConnectOptions) -> Result<Self> {
        let connection = options.connect().await?;
        let seat = Seat {
            connection,
            group: None,
            turn_open: false,
        };
        Ok(Self {
            seat: Arc::new(Mutex::new(seat)),
            waiting: Arc::default(),
        })
    }

    /// Waits for the writer and opens a savepoint in the group under way, or in a new one. Must run to its end ([`uninterrupted`]).
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let ticket = Ticket::take(&self.waiting);
        let mut seat = Arc::clone(&self.seat).lock_owned().await;
        drop(ticket);
        seat.discard_abandoned_turn().await?;
        seat.open_turn().await?;
        Ok(Turn {
            seat: Some(seat),
            writer: self.clone(),
        })
    }

    /// Commits what an absent successor left open.
    async fn tidy(&self) -> Result<()> {
        let mut seat = self.seat.lock().await;
        seat.discard_abandoned_turn().await?;
        if self.waiting.load(Ordering::SeqCst) == 0 {
            seat.commit_group().await;
        }
        Ok(())
    }
}

impl Turn {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self
            .seat
            .as_mut()
            .expect("the seat is held until commit")
            .connection
    }

    pub(crate) async fn commit(self) -> Result<()> {
        uninterrupted(self.commit_to_the_end()).await
    }

    async fn commit_to_the_end(mut self) -> Result<()> {
        let mut seat = self.seat.take().expect("a turn is committed once");
        let done = seat.close_turn().await?;
        if self.writer.waiting.load(Ordering::SeqCst) == 0 || seat.group_is_full() {
            seat.commit_group().await;
        }
        drop(seat);
        self.writer.clone().wait_for(done).await
    }
}

impl LiteWriter {
    async fn wait_for(
        &self,
        mut done: oneshot::Receiver<std::result::Result<(), String>>,
    ) -> Result<()> {
        loop {
            match tokio::time::timeout(PATIENCE, &mut done).await {
                Ok(Ok(outcome)) => return outcome.map_err(StoreError::Broken),
                Ok(Err(_)) => return Err(StoreError::Broken("the writer is gone".to_owned())),
                Err(_) => self.tidy().await?,
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Given up: free the seat, then see to it that nobody waits on an open group and no lock outlives us.
        if self.seat.take().is_some()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let writer = self.writer.clone();
            runtime.spawn(async move { writer.tidy().await });
        }
    }
}

impl Seat {
    async fn open_turn(&mut self) -> Result<()> {
        if self.group.is_none() {
            self.group = Some(Group {
                opened: Instant::now(),
                members: Vec::new(),
            });
            if let Err(error) = self.connection.execute("BEGIN IMMEDIATE").await {
                self.group = None;
                return Err(error.into());
            }
        }
        self.turn_open = true;
        self.connection.execute("SAVEPOINT turn").await?;
        Ok(())
    }

    async fn close_turn(&mut self) -> Result<oneshot::Receiver<std::result::Result<(), String>>> {
        self.connection.execute("RELEASE turn").await?;
        self.turn_open = false;
        let (sender, receiver) = oneshot::channel();
        if let Some(group) = &mut self.group {
            group.members.push(sender);
        }
        Ok(receiver)
    }

    async fn discard_abandoned_turn(&mut self) -> Result<()> {
        if self.turn_open {
            self.connection.execute("ROLLBACK TO turn").await?;
            self.connection.execute("RELEASE turn").await?;
            self.turn_open = false;
        }
        Ok(())
    }

    fn group_is_full(&self) -> bool {
        self.group.as_ref().is_some_and(|group| {
            group.members.len() >= GROUP_SIZE || group.opened.elapsed() >= GROUP_AGE
        })
    }

    async fn commit_group(&mut self) {
        let Some(group) = self.group.take() else {
            return;
        };
        let outcome = match self.connection.execute("COMMIT").await {
            Ok(_) => Ok(()),
            Err(error) => {
                let _ = self.connection.execute("ROLLBACK").await;
                Err(error.to_string())
            }
        };
        for member in group.members {
            // A member that stopped waiting has been dropped; its work is done all the same.
            let _ = member.send(outcome.clone());
        }
    }
}

/// Counts someone as waiting for as long as it lives.
struct Ticket<'a>(&'a AtomicUsize);

impl<'a> Ticket<'a> {
    fn take(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::SeqCst);
        Self(waiting)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
