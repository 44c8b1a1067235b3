//! Claims due jobs and runs them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_domain::{Clock, JobId};
use fanfare_store::jobs::{self, ClaimedJob, Hold};
use fanfare_store::{DatabaseKind, Store};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::handler::{Handler, JobRun, Outcome};
use crate::{JobSignal, backoff};

/// How the runner works.
#[derive(Debug, Clone)]
pub struct RunnerSettings {
    /// Jobs under way at once.
    pub concurrency: usize,
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
            lease: Duration::from_secs(30),
            poll: Duration::from_secs(1),
            grace: Duration::from_secs(10),
        }
    }
}

/// After so many failed runs a job is set aside for a person to look at. With the backoff that is about three hours.
const FAILURES_BEFORE_SET_ASIDE: i64 = 20;
/// How much work to keep at hand, as time: claiming ahead hides the database's round trips.
const AHEAD: Duration = Duration::from_millis(100);
const AHEAD_LIMIT: usize = 2_000;
/// How often the pace is measured.
const PACE_WINDOW: Duration = Duration::from_millis(25);

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
        let (finished_sender, finished) = mpsc::unbounded_channel();
        let runner = Arc::new(self);
        let (done_sender, done) = mpsc::unbounded_channel();
        let completer = tokio::spawn(Arc::clone(&runner).delete_done(done));
        let mut loop_ = Loop {
            runner: Arc::clone(&runner),
            buffer: VecDeque::new(),
            held: HashSet::new(),
            running: 0,
            claiming: None,
            may_be_due: true,
            wake_at: Instant::now(),
            ahead: runner.settings.concurrency * 4,
            pace: Pace::start(),
            finished_sender,
            finished,
            done: done_sender,
        };
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
                let mut tx = self
                    .store
                    .as_system("delete a finished job")
                    .write()
                    .await?;
                jobs::finish(&mut tx, &self.lease, &[id]).await?;
                tx.commit().await?;
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
            let deleted: fanfare_store::Result<()> = async {
                let mut tx = self.store.as_system("delete finished jobs").write().await?;
                jobs::finish(&mut tx, &self.lease, &ids).await?;
                tx.commit().await
            }
            .await;
            if let Err(error) = deleted {
                // They become due again when the lease ends, and find nothing left to do.
                tracing::error!(%error, jobs = ids.len(), "could not delete finished jobs");
            }
            ids.clear();
        }
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

/// The state of the working loop.
struct Loop {
    runner: Arc<Runner>,
    /// Claimed, not begun.
    buffer: VecDeque<ClaimedJob>,
    /// Claimed and not ended; these leases are kept.
    held: HashSet<JobId>,
    running: usize,
    claiming: Option<JoinHandle<fanfare_store::Result<Claim>>>,
    may_be_due: bool,
    /// When to look again although nothing rang.
    wake_at: Instant,
    /// How many jobs to hold beyond those running.
    ahead: usize,
    pace: Pace,
    finished_sender: mpsc::UnboundedSender<JobId>,
    finished: mpsc::UnboundedReceiver<JobId>,
    done: mpsc::UnboundedSender<JobId>,
}

impl Loop {
    async fn work(&mut self, stop: &CancellationToken) {
        let mut keep = tokio::time::interval(self.runner.settings.lease / 3);
        keep.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let signal = self.runner.signal.clone();
        loop {
            self.begin_jobs();
            self.begin_claim();
            tokio::select! {
                () = stop.cancelled() => return,
                Some(id) = self.finished.recv() => self.note_finished(id),
                claim = finished_claim(&mut self.claiming) => self.take(claim),
                () = signal.rung() => self.may_be_due = true,
                () = tokio::time::sleep_until(self.wake_at.into()), if !self.may_be_due => self.may_be_due = true,
                _ = keep.tick() => self.keep_leases(),
            }
        }
    }

    fn begin_jobs(&mut self) {
        while self.running < self.runner.settings.concurrency {
            let Some(job) = self.buffer.pop_front() else {
                break;
            };
            self.running += 1;
            let (id, finished) = (job.id, self.finished_sender.clone());
            let running = Arc::clone(&self.runner).run_one(job, self.done.clone());
            tokio::spawn(async move {
                running.await;
                let _ = finished.send(id);
            });
        }
    }

    fn begin_claim(&mut self) {
        let wanted = (self.runner.settings.concurrency - self.running) + self.ahead;
        let room = wanted.saturating_sub(self.buffer.len());
        let low = self.buffer.len() <= self.ahead / 2;
        if self.may_be_due && self.claiming.is_none() && low && room > 0 {
            // Noted before looking: what rings from here on may not be in this claim.
            self.may_be_due = false;
            self.wake_at = Instant::now() + self.runner.settings.poll;
            self.claiming = Some(tokio::spawn(Arc::clone(&self.runner).claim(room)));
        }
    }

    fn take(&mut self, claim: fanfare_store::Result<Claim>) {
        match claim {
            Ok(claim) => {
                self.held.extend(claim.jobs.iter().map(|job| job.id));
                self.buffer.extend(claim.jobs);
                if claim.drained {
                    self.wake_at = self.next_look(claim.next_due);
                } else {
                    self.may_be_due = true;
                }
            }
            Err(error) => {
                tracing::error!(%error, "could not claim jobs");
            }
        }
    }

    fn next_look(&self, next_due: Option<Timestamp>) -> Instant {
        let poll = self.runner.settings.poll;
        let until_due = next_due.map_or(poll, |due| {
            let wait = due.duration_since(self.runner.clock.now());
            // A job that fell due in between is waited for a moment, not spun on: another node may be taking it.
            Duration::try_from(wait)
                .unwrap_or(Duration::ZERO)
                .max(Duration::from_millis(1))
        });
        Instant::now() + until_due.min(poll)
    }

    fn note_finished(&mut self, id: JobId) {
        self.forget(id);
        let mut count = 1;
        while let Ok(id) = self.finished.try_recv() {
            self.forget(id);
            count += 1;
        }
        if let Some(per_second) = self.pace.add(count) {
            let ahead = (per_second * AHEAD.as_secs_f64()) as usize;
            self.ahead = ahead.min(AHEAD_LIMIT);
        }
    }

    fn forget(&mut self, id: JobId) {
        self.running -= 1;
        self.held.remove(&id);
    }

    fn keep_leases(&self) {
        if !self.held.is_empty() {
            let ids = self.held.iter().copied().collect();
            tokio::spawn(Arc::clone(&self.runner).extend(ids));
        }
    }

    /// Jobs that were claimed and not begun go back at once; those under way get their grace.
    async fn wind_down(&mut self) {
        if let Some(claiming) = self.claiming.take()
            && let Ok(Ok(claim)) = claiming.await
        {
            self.buffer.extend(claim.jobs);
        }
        let now = self.runner.clock.now();
        for job in std::mem::take(&mut self.buffer) {
            let due_at = job.due_at.min(now);
            let run = self.runner.run_of(job);
            self.runner.give_back(&run, due_at, None).await;
        }
        let deadline = tokio::time::Instant::now() + self.runner.settings.grace;
        while self.running > 0 {
            match tokio::time::timeout_at(deadline, self.finished.recv()).await {
                Ok(Some(id)) => self.forget(id),
                _ => {
                    tracing::warn!(
                        jobs = self.running,
                        "stopped before these jobs ended; they go on later"
                    );
                    return;
                }
            }
        }
    }
}

async fn finished_claim(
    claiming: &mut Option<JoinHandle<fanfare_store::Result<Claim>>>,
) -> fanfare_store::Result<Claim> {
    let Some(handle) = claiming else {
        return std::future::pending().await;
    };
    let outcome = handle.await;
    *claiming = None;
    outcome.unwrap_or_else(|error| Err(fanfare_store::StoreError::Broken(error.to_string())))
}

/// How many jobs end per second, measured over short windows.
struct Pace {
    since: Instant,
    count: usize,
}

impl Pace {
    fn start() -> Self {
        Self {
            since: Instant::now(),
            count: 0,
        }
    }

    /// Adds ended jobs; answers the rate when a window is full.
    fn add(&mut self, count: usize) -> Option<f64> {
        self.count += count;
        let elapsed = self.since.elapsed();
        if elapsed < PACE_WINDOW {
            return None;
        }
        let per_second = self.count as f64 / elapsed.as_secs_f64();
        *self = Self::start();
        Some(per_second)
    }
}
