//! Claims due jobs and runs them.

mod work_loop;

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::{Clock, JobId};
use fanfare_store::jobs::{self, ClaimedJob, Hold};
use fanfare_store::{DatabaseKind, Store, StoreError};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::handler::{Handler, JobRun, Outcome};
use crate::{JobSignal, backoff};
use work_loop::Loop;

/// How the runner works.
#[derive(Debug, Clone)]
pub struct RunnerSettings {
    /// Jobs under way at once.
    pub concurrency: usize,
    /// Jobs beside those that wait for others; see [`Handler::waits_for_others`].
    pub waiting_for_others: usize,
    /// How long a claimed job is ours unless we say so again; a job whose worker died waits this long.
    pub lease: Duration,
    /// How often to look although nothing rang and nothing is known to be due (other nodes enqueue too).
    pub poll: Duration,
    /// How long jobs under way may take to end when the program stops.
    pub grace: Duration,
}

impl Default for RunnerSettings {
    fn default() -> Self {
        Self {
            concurrency: 64,
            waiting_for_others: 512,
            lease: Duration::from_secs(30),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(10),
        }
    }
}

/// After so many failed runs a job is set aside for a person to look at. With the backoff that is about three hours.
const FAILURES_BEFORE_SET_ASIDE: i64 = 20;

/// Runs jobs until told to stop.
pub struct Runner {
    store: Store,
    clock: Arc<dyn Clock>,
    signal: JobSignal,
    settings: RunnerSettings,
    handlers: HashMap<&'static str, Arc<dyn Handler>>,
    lease: Arc<str>,
}

impl Runner {
    /// A runner with the bodies of all kinds of jobs. Jobs of unknown kinds fail until a newer program takes them.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        signal: JobSignal,
        handlers: Vec<Arc<dyn Handler>>,
        settings: RunnerSettings,
    ) -> Self {
        let mut token = [0; 16];
        getrandom::fill(&mut token).expect("the operating system gives randomness");
        let lease = token
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>();
        let handlers = handlers
            .into_iter()
            .map(|handler| (handler.kind(), handler))
            .collect();
        Self {
            store,
            clock,
            signal,
            settings,
            handlers,
            lease: lease.into(),
        }
    }

    /// Works until `stop`, then lets jobs under way end within the grace time; what is not done by then becomes due again when its
    /// lease ends.
    pub async fn run(self, stop: CancellationToken) {
        self.free_own_leases().await;
        let runner = Arc::new(self);
        let (done_sender, done) = mpsc::unbounded_channel();
        let completer = tokio::spawn(Arc::clone(&runner).delete_done(done));
        let mut loop_ = Loop::new(runner, done_sender);
        loop_.work(&stop).await;
        loop_.wind_down().await;
        drop(loop_);
        let _ = completer.await;
    }

    /// Runs what is due now, one after another, until nothing is, and answers how many runs that took. For tests with a
    /// clock that stands still.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drain(self: &Arc<Self>) -> fanfare_store::Result<usize> {
        let mut runs = 0;
        loop {
            let claim = Arc::clone(self).claim(1).await?;
            let Some(job) = claim.jobs.into_iter().next() else {
                return Ok(runs);
            };
            let (done_sender, mut done) = mpsc::unbounded_channel();
            Arc::clone(self).run_one(job, done_sender).await;
            if let Some(id) = done.recv().await {
                self.delete(&[id]).await?;
            }
            runs += 1;
        }
    }

    /// An SQLite file belongs to one process, so whatever is leased at start was left by a crash.
    async fn free_own_leases(&self) {
        if self.store.kind() == DatabaseKind::Postgres {
            return;
        }
        let freed: fanfare_store::Result<u64> = async {
            let mut tx = self
                .store
                .as_system("free leases left by a crash")
                .write()
                .await?;
            let freed = jobs::release_all(&mut tx, self.clock.now()).await?;
            tx.commit().await?;
            Ok(freed)
        }
        .await;
        match freed {
            Ok(0) => {}
            Ok(freed) => tracing::info!(freed, "took up jobs that were interrupted"),
            Err(error) => tracing::error!(%error, "could not free interrupted jobs"),
        }
    }

    async fn claim(self: Arc<Self>, limit: usize) -> fanfare_store::Result<Claim> {
        let now = self.clock.now();
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let mut tx = self.store.as_system("claim jobs").write().await?;
        let jobs = jobs::claim(&mut tx, now, limit, &self.lease, now + self.lease_span()).await?;
        let drained = jobs.len() < limit as usize;
        let next_due = if drained {
            jobs::next_due(&mut tx).await?
        } else {
            None
        };
        tx.commit().await?;
        Ok(Claim {
            jobs,
            drained,
            next_due,
        })
    }

    fn lease_span(&self) -> SignedDuration {
        SignedDuration::try_from(self.settings.lease).expect("a lease of seconds")
    }

    /// Deletes what is done, as much at once as has gathered while the last deletion was under way.
    async fn delete_done(self: Arc<Self>, mut done: mpsc::UnboundedReceiver<JobId>) {
        let mut ids = Vec::new();
        while done.recv_many(&mut ids, 1_000).await > 0 {
            let mut deleted = self.delete(&ids).await;
            if let Err(StoreError::GivenUp(_)) = deleted {
                deleted = self.delete(&ids).await;
            }
            if let Err(error) = deleted {
                // They become due again when the lease ends, and find nothing left to do.
                tracing::error!(%error, jobs = ids.len(), "could not delete finished jobs");
            }
            ids.clear();
        }
    }

    async fn delete(&self, ids: &[JobId]) -> fanfare_store::Result<()> {
        let mut tx = self.store.as_system("delete finished jobs").write().await?;
        jobs::finish(&mut tx, &self.lease, ids).await?;
        tx.commit().await
    }

    async fn run_one(self: Arc<Self>, job: ClaimedJob, done: mpsc::UnboundedSender<JobId>) {
        let now = self.clock.now();
        let lateness = now.duration_since(job.due_at).max(SignedDuration::ZERO);
        metrics::histogram!("fanfare_job_lateness_seconds", "kind" => job.kind.clone())
            .record(lateness.as_secs_f64());
        let run = self.run_of(job);
        let outcome = match self.handlers.get(run.kind.as_str()) {
            Some(handler) => match AssertUnwindSafe(handler.run(&run)).catch_unwind().await {
                Ok(outcome) => outcome,
                Err(_) => Err(anyhow::anyhow!("the job's body panicked")),
            },
            None => Err(anyhow::anyhow!("no handler for jobs of kind {}", run.kind)),
        };
        let label = match &outcome {
            Ok(_) => "done",
            Err(_) => "failed",
        };
        metrics::counter!("fanfare_jobs_total", "kind" => run.kind.clone(), "outcome" => label)
            .increment(1);
        match outcome {
            Ok(Outcome::Done) => drop(done.send(run.hold.id)),
            Ok(Outcome::Settled) => {}
            Ok(Outcome::Again { at }) => self.give_back(&run, at, None).await,
            Err(error) => self.fail(&run, &error).await,
        }
    }

    fn run_of(&self, job: ClaimedJob) -> JobRun {
        JobRun {
            workspace: job.workspace,
            kind: job.kind,
            payload: job.payload,
            due_at: job.due_at,
            hold: Hold {
                id: job.id,
                lease: Arc::clone(&self.lease),
                attempts: job.attempts,
            },
            failures: job.failures,
            lease_span: self.lease_span(),
        }
    }

    async fn fail(&self, run: &JobRun, error: &anyhow::Error) {
        let text = format!("{error:#}");
        let failures = run.failures + 1;
        if failures < FAILURES_BEFORE_SET_ASIDE {
            tracing::warn!(job = %run.hold.id, kind = run.kind, error = text, "job failed, tried again later");
            let wait = backoff(u32::try_from(failures).unwrap_or(u32::MAX));
            let at = self.clock.now() + SignedDuration::try_from(wait).expect("minutes");
            return self.give_back(run, at, Some(&text)).await;
        }
        tracing::error!(job = %run.hold.id, kind = run.kind, error = text, "job failed too often and was set aside");
        let buried: fanfare_store::Result<()> = async {
            let mut tx = self.store.as_system("set a job aside").write().await?;
            jobs::bury(&mut tx, &run.hold, self.clock.now(), &text).await?;
            tx.commit().await
        }
        .await;
        if let Err(error) = buried {
            tracing::error!(%error, "could not set the job aside");
        }
    }

    async fn give_back(&self, run: &JobRun, at: Timestamp, error: Option<&str>) {
        let given: fanfare_store::Result<bool> = async {
            let mut tx = self.store.as_system("give a job back").write().await?;
            let ours = jobs::give_back(&mut tx, &run.hold, at, error).await?;
            tx.commit().await?;
            Ok(ours)
        }
        .await;
        if let Err(error) = given {
            // Its lease ends by itself.
            tracing::error!(%error, job = %run.hold.id, "could not give the job back");
        }
    }

    fn waits_for_others(&self, kind: &str) -> bool {
        let handler = self.handlers.get(kind);
        handler.is_some_and(|handler| handler.waits_for_others())
    }

    async fn extend(self: Arc<Self>, ids: Vec<JobId>) {
        let until = self.clock.now() + self.lease_span();
        let extended: fanfare_store::Result<()> = async {
            let mut tx = self.store.as_system("keep leases").write().await?;
            jobs::extend(&mut tx, &self.lease, &ids, until).await?;
            tx.commit().await
        }
        .await;
        if let Err(error) = extended {
            tracing::warn!(%error, "could not keep leases");
        }
    }
}

/// What one look at the table gave.
struct Claim {
    jobs: Vec<ClaimedJob>,
    /// Nothing else was due.
    drained: bool,
    next_due: Option<Timestamp>,
}
