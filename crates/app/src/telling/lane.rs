//! An endpoint's job: tells it what is due, many at once, and writes down what came of many in one transaction.
//!
//! Whoever runs the job has the endpoint to itself, and every transaction proves that it still does. When it ends between sending and
//! writing down, the same messages are sent again under the same ids.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::outgoing::{self, Send};
use fanfare_store::webhook_endpoints::{self, WebhookEndpoint};
use fanfare_store::{StoreError, WorkspaceTx};
use futures::{Stream, StreamExt};
use tokio::time::{Instant, timeout_at};

use super::fan_out::{Ids, TELL};
use super::request::{Target, Tried};
use super::{KIND, outcome};
use crate::App;

/// Messages taken at once.
const BATCH: u32 = 200;
/// Requests to one endpoint that are under way at once.
const IN_FLIGHT: usize = 8;
/// What came back is written down at least this often, however slow the rest is.
const GATHER: Duration = Duration::from_millis(250);
/// After so many batches other endpoints have their turn.
const ROUNDS: usize = 20;
/// Open pages hear of attempts so often.
const NEWS_EVERY: Duration = Duration::from_secs(1);

/// Tells one endpoint what is due.
pub(crate) struct Tell {
    app: Arc<App>,
}

impl Tell {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for Tell {
    fn kind(&self) -> &'static str {
        TELL
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let mut lane = Lane {
            app: &self.app,
            job,
            ids: job.ids()?,
            told_pages: None,
        };
        let Some(mut work) = lane.take(Vec::new()).await? else {
            return Ok(Outcome::Settled);
        };
        for _ in 0..ROUNDS {
            let rest = lane.send(work).await?;
            match lane.take(rest).await? {
                Some(next) => work = next,
                None => return Ok(Outcome::Settled),
            }
        }
        Ok(Outcome::Again { at: self.app.now() })
    }
}

/// A run of an endpoint's job.
struct Lane<'a> {
    app: &'a App,
    job: &'a JobRun,
    ids: Ids,
    told_pages: Option<Instant>,
}

/// What is to be sent, and to whom.
struct Work {
    target: Target,
    sends: Vec<Send>,
}

type Done = Vec<(Send, Tried)>;

impl Lane<'_> {
    /// Writes down what is done and takes what is due next; nothing when the job has been ended or put off.
    async fn take(&mut self, done: Done) -> anyhow::Result<Option<Work>> {
        let now = self.app.now();
        let mut tx = self.begin().await?;
        let Some(endpoint) = self.record(&mut tx, &done).await? else {
            self.job.finish_in(&mut tx).await?;
            tx.commit().await?;
            return Ok(None);
        };
        let sends = if endpoint.enabled {
            outgoing::due(&mut tx, endpoint.id, now, BATCH).await?
        } else {
            Vec::new()
        };
        if sends.is_empty() {
            let next = outgoing::next_due(&mut tx, endpoint.id).await?;
            match next.filter(|_| endpoint.enabled) {
                Some(at) => self.job.give_back_in(&mut tx, at).await?,
                None => self.job.finish_in(&mut tx).await?,
            }
            tx.note_change(KIND);
            tx.commit().await?;
            return Ok(None);
        }
        tx.commit().await?;
        let target = Target::open(self.app, &endpoint, now);
        Ok(Some(Work { target, sends }))
    }

    /// Sends all of it. What comes back is written down now and then; answers what is still to be written down.
    async fn send(&mut self, work: Work) -> anyhow::Result<Done> {
        let (app, target) = (self.app, &work.target);
        let mut answers = std::pin::pin!(
            futures::stream::iter(work.sends)
                .map(|send| async move {
                    let tried = target.send(app, send.message, &send.body).await;
                    (send, tried)
                })
                .buffer_unordered(IN_FLIGHT)
        );
        loop {
            let (done, ended) = gather(answers.as_mut()).await;
            if ended {
                return Ok(done);
            }
            if !done.is_empty() {
                let mut tx = self.begin().await?;
                self.record(&mut tx, &done).await?;
                tx.commit().await?;
            }
        }
    }

    /// A transaction in which the job is still ours.
    async fn begin(&self) -> anyhow::Result<WorkspaceTx> {
        let mut tx = self
            .app
            .store
            .in_workspace(self.ids.workspace)
            .write()
            .await?;
        self.job.hold_in(&mut tx, self.app.now()).await?;
        Ok(tx)
    }

    /// The endpoint as it is after these attempts; absent when it is gone.
    async fn record(
        &mut self,
        tx: &mut WorkspaceTx,
        done: &Done,
    ) -> anyhow::Result<Option<WebhookEndpoint>> {
        let mut endpoint = match webhook_endpoints::get(tx, self.ids.endpoint).await {
            Ok(endpoint) => endpoint,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if !done.is_empty() {
            outcome::record(tx, &mut endpoint, done, self.app.now()).await?;
            if self
                .told_pages
                .is_none_or(|told| told.elapsed() >= NEWS_EVERY)
            {
                self.told_pages = Some(Instant::now());
                tx.note_change(KIND);
            }
        }
        Ok(Some(endpoint))
    }
}

/// What comes back within a moment, and whether that was all.
async fn gather<S: Stream<Item = (Send, Tried)> + Unpin>(mut answers: S) -> (Done, bool) {
    let (mut done, end) = (Vec::new(), Instant::now() + GATHER);
    loop {
        match timeout_at(end, answers.next()).await {
            Ok(Some(answer)) => done.push(answer),
            Ok(None) => return (done, true),
            Err(_) => return (done, false),
        }
    }
}
