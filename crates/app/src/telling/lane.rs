//! An endpoint's job: tells it what is due, many at once, and writes down what came of many in one transaction.
//!
//! Whoever runs the job has the endpoint to itself, and every transaction proves that it still does. When it ends between sending and
//! writing down, the same messages are sent again under the same ids.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
        let (mut tx, endpoint) = self.begin().await?;
        let Some(mut endpoint) = endpoint else {
            self.job.finish_in(&mut tx).await?;
            tx.commit().await?;
            return Ok(None);
        };
        self.record(&mut tx, &mut endpoint, &done).await?;
        let rest = endpoint.resting_until.filter(|until| *until > now);
        let sends = if endpoint.enabled && rest.is_some() {
            Vec::new()
        } else if endpoint.enabled {
            outgoing::due(&mut tx, endpoint.id, now, BATCH).await?
        } else {
            // Whoever put something in line did not see that it was disabled just then.
            outgoing::give_up_all(&mut tx, endpoint.id).await?;
            Vec::new()
        };
        if sends.is_empty() {
            let next = outgoing::next_due(&mut tx, endpoint.id).await?;
            match next.filter(|_| endpoint.enabled) {
                Some(at) => {
                    let at = rest.map_or(at, |rest| rest.max(at));
                    self.job.give_back_in(&mut tx, at).await?;
                }
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

    /// Sends all of it, or what is under way when it shows that the endpoint is not to be told the rest, or not so. What comes back is
    /// written down now and then; answers what is still to be written down.
    async fn send(&mut self, work: Work) -> anyhow::Result<Done> {
        let (app, target) = (self.app, &work.target);
        let stopped = &AtomicBool::new(false);
        let mut answers = std::pin::pin!(
            futures::stream::iter(work.sends)
                .take_while(|_| ready(!stopped.load(Ordering::Relaxed)))
                .map(|send| async move {
                    let tried = target.send(app, send.message, &send.body).await;
                    let is_over = tried.is_gone() || outcome::resting_until(&tried).is_some();
                    stopped.fetch_or(is_over, Ordering::Relaxed);
                    (send, tried)
                })
                .buffer_unordered(IN_FLIGHT)
        );
        loop {
            let (done, ended) = gather(answers.as_mut()).await;
            if ended {
                return Ok(done);
            }
            if done.is_empty() {
                continue;
            }
            let (mut tx, mut endpoint) = self.begin().await?;
            if let Some(endpoint) = &mut endpoint {
                self.record(&mut tx, endpoint, &done).await?;
            }
            tx.commit().await?;
            if !endpoint.is_some_and(|endpoint| target.is_still(&endpoint)) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    }

    /// A transaction in which the job is still ours, and the endpoint; absent when that is gone.
    async fn begin(&self) -> anyhow::Result<(WorkspaceTx, Option<WebhookEndpoint>)> {
        let mut tx = self
            .app
            .store
            .in_workspace(self.ids.workspace)
            .write()
            .await?;
        let endpoint = match webhook_endpoints::lock(&mut tx, self.ids.endpoint).await {
            Ok(endpoint) => Some(endpoint),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        self.job.hold_in(&mut tx, self.app.now()).await?;
        Ok((tx, endpoint))
    }

    /// Leaves the endpoint as it is after these attempts.
    async fn record(
        &mut self,
        tx: &mut WorkspaceTx,
        endpoint: &mut WebhookEndpoint,
        done: &Done,
    ) -> anyhow::Result<()> {
        if done.is_empty() {
            return Ok(());
        }
        outcome::record(tx, endpoint, done, self.app.now()).await?;
        if self
            .told_pages
            .is_none_or(|told| told.elapsed() >= NEWS_EVERY)
        {
            self.told_pages = Some(Instant::now());
            tx.note_change(KIND);
        }
        Ok(())
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
