//! Group commit: requests that come while a commit is under way share the next one.
//!
//! A commit costs a flush of the disk, whatever is in it. So few tasks write for all: each takes whatever waits, writes it in one
//! transaction, and only then is each request answered. Alone, a request is written at once.

use std::sync::Arc;

use fanfare_domain::{Clock, WebhookReceiptId};
use fanfare_store::webhook_receipts::{self, Receipt};
use fanfare_store::{DatabaseKind, Store, StoreError};
use serde_json::Value as Json;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};

use super::news::News;

/// More requests than this share no commit.
const MOST_REQUESTS: usize = 256;
/// Nor more bytes than this, one request excepted.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// On PostgreSQL, one writes its rows while the other's commit is flushed; a third makes commits smaller, which costs more than it gains.
/// SQLite has one writer anyway.
const POSTGRES_WRITERS: usize = 2;
/// Requests that wait for a writer; beyond these, whoever comes waits to be one of them.
const WAITING: usize = 1024;

/// So many waiting for a writer are more than come by chance while the writers are at it.
const CROWD: usize = 6;

/// Writes down what platforms send. Cheap to clone.
#[derive(Clone)]
pub struct Ingest {
    writer: mpsc::Sender<Waiting>,
    /// Rung when there is something to read.
    pub(super) bell: Arc<Notify>,
    pub(super) news: News,
}

/// A request that is not on disk yet.
struct Waiting {
    platform: &'static str,
    headers: Json,
    body: Vec<u8>,
    written: oneshot::Sender<Result<WebhookReceiptId, String>>,
}

impl Ingest {
    /// Begins to write; ends when nobody can send any more.
    #[must_use]
    pub fn start(store: &Store, clock: &Arc<dyn Clock>) -> Self {
        let (writer, waiting) = mpsc::channel(WAITING);
        let bell = Arc::new(Notify::new());
        let news = News::start(store.clone());
        let waiting = Arc::new(Mutex::new(Line {
            waiting,
            held: None,
        }));
        let writers = match store.kind() {
            DatabaseKind::Postgres => POSTGRES_WRITERS,
            DatabaseKind::Sqlite => 1,
        };
        for _ in 0..writers {
            let (store, clock) = (store.clone(), Arc::clone(clock));
            tokio::spawn(write_all(
                store,
                clock,
                Arc::clone(&waiting),
                Arc::clone(&bell),
            ));
        }
        Self { writer, bell, news }
    }

    /// Whether requests queue up for a commit: they come as fast as this machine takes them.
    pub(super) fn is_crowded(&self) -> bool {
        self.writer.max_capacity() - self.writer.capacity() >= CROWD
    }

    /// Answers once the request is on disk, and under which id.
    pub(super) async fn keep(
        &self,
        platform: &'static str,
        headers: Json,
        body: Vec<u8>,
    ) -> Result<WebhookReceiptId, StoreError> {
        let (written, done) = oneshot::channel();
        let gone = || StoreError::Busy("the writer of requests is gone".to_owned());
        let waiting = Waiting {
            platform,
            headers,
            body,
            written,
        };
        self.writer.send(waiting).await.map_err(|_| gone())?;
        done.await.map_err(|_| gone())?.map_err(StoreError::Busy)
    }
}

/// Those who wait, in the order in which they came.
struct Line {
    waiting: mpsc::Receiver<Waiting>,
    /// One that did not fit into the last commit.
    held: Option<Waiting>,
}

impl Line {
    /// Waits for the first, and takes whoever else is there by then, up to what one commit holds. Empty when nobody can come any more.
    async fn take(&mut self) -> Vec<Waiting> {
        let first = match self.held.take() {
            Some(first) => Some(first),
            None => self.waiting.recv().await,
        };
        let mut batch: Vec<Waiting> = first.into_iter().collect();
        let mut bytes: usize = batch.iter().map(|one| one.body.len()).sum();
        while !batch.is_empty() && batch.len() < MOST_REQUESTS {
            let Ok(next) = self.waiting.try_recv() else {
                break;
            };
            bytes += next.body.len();
            if bytes > MOST_BYTES {
                self.held = Some(next);
                break;
            }
            batch.push(next);
        }
        batch
    }
}

async fn write_all(store: Store, clock: Arc<dyn Clock>, line: Arc<Mutex<Line>>, bell: Arc<Notify>) {
    loop {
        let batch = line.lock().await.take().await;
        if batch.is_empty() {
            return;
        }
        let count = batch.len();
        if write(&store, &*clock, batch).await.is_ok() {
            bell.notify_one();
        }
        metrics::histogram!("fanfare_webhook_commit_requests").record(count as f64);
    }
}

async fn write(store: &Store, clock: &dyn Clock, batch: Vec<Waiting>) -> Result<(), StoreError> {
    let now = clock.now();
    let (receipts, answers): (Vec<Receipt>, Vec<_>) = batch
        .into_iter()
        .map(|one| {
            let receipt = Receipt {
                id: WebhookReceiptId::new(now),
                platform: one.platform.to_owned(),
                received_at: now,
                headers: one.headers,
                body: one.body,
            };
            (receipt, one.written)
        })
        .unzip();
    let outcome = async {
        let mut tx = store.as_system("keep what platforms send").write().await?;
        webhook_receipts::insert_all(&mut tx, &receipts).await?;
        tx.commit().await
    }
    .await;
    if let Err(error) = &outcome {
        tracing::error!(%error, requests = receipts.len(), "what platforms sent could not be kept; they send it again");
    }
    let failed = outcome.as_ref().err().map(ToString::to_string);
    for (receipt, answer) in receipts.iter().zip(answers) {
        // Whoever hung up will send it again, and it will be known.
        let _ = answer.send(failed.clone().map_or(Ok(receipt.id), Err));
    }
    outcome
}
