//! Group commit: requests that come while a commit is under way share the next one.
//!
//! A commit costs a flush of the disk, whatever is in it. So one task writes for all: it takes whatever waits, writes it in one
//! transaction, and only then is each request answered. Alone, a request is written at once.

use std::sync::Arc;

use fanfare_domain::{Clock, WebhookReceiptId};
use fanfare_store::webhook_receipts::{self, Receipt};
use fanfare_store::{Store, StoreError};
use serde_json::Value as Json;
use tokio::sync::{Notify, mpsc, oneshot};

use super::news::News;

/// More requests than this share no commit.
const MOST_REQUESTS: usize = 256;
/// Nor more bytes than this, one request excepted.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Requests that wait for the writer; beyond these, whoever comes waits to be one of them.
const WAITING: usize = 1024;

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
    written: oneshot::Sender<Result<(), String>>,
}

impl Ingest {
    /// Begins to write; ends when nobody can send any more.
    #[must_use]
    pub fn start(store: Store, clock: Arc<dyn Clock>) -> Self {
        let (writer, waiting) = mpsc::channel(WAITING);
        let bell = Arc::new(Notify::new());
        let news = News::start(store.clone());
        tokio::spawn(write_all(store, clock, waiting, Arc::clone(&bell)));
        Self { writer, bell, news }
    }

    /// Answers once the request is on disk.
    pub(super) async fn keep(
        &self,
        platform: &'static str,
        headers: Json,
        body: Vec<u8>,
    ) -> Result<(), StoreError> {
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

async fn write_all(
    store: Store,
    clock: Arc<dyn Clock>,
    mut waiting: mpsc::Receiver<Waiting>,
    bell: Arc<Notify>,
) {
    let mut batch = Vec::with_capacity(MOST_REQUESTS);
    let mut held = None;
    loop {
        let first = match held.take() {
            Some(first) => first,
            None => match waiting.recv().await {
                Some(first) => first,
                None => return,
            },
        };
        held = gather(first, &mut waiting, &mut batch);
        let count = batch.len();
        let outcome = write(&store, &*clock, &mut batch).await;
        if outcome.is_ok() {
            bell.notify_one();
        }
        metrics::histogram!("fanfare_webhook_commit_requests").record(count as f64);
    }
}

/// Takes what waits, up to what one commit holds; answers the one that no longer fits.
fn gather(
    first: Waiting,
    waiting: &mut mpsc::Receiver<Waiting>,
    batch: &mut Vec<Waiting>,
) -> Option<Waiting> {
    let mut bytes = first.body.len();
    batch.push(first);
    while batch.len() < MOST_REQUESTS {
        let Ok(next) = waiting.try_recv() else {
            return None;
        };
        bytes += next.body.len();
        if bytes > MOST_BYTES {
            return Some(next);
        }
        batch.push(next);
    }
    None
}

async fn write(
    store: &Store,
    clock: &dyn Clock,
    batch: &mut Vec<Waiting>,
) -> Result<(), StoreError> {
    let now = clock.now();
    let (receipts, answers): (Vec<Receipt>, Vec<_>) = batch
        .drain(..)
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
    for answer in answers {
        // Whoever hung up will send it again, and it will be known.
        let _ = answer.send(failed.clone().map_or(Ok(()), Err));
    }
    outcome
}
