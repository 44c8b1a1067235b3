//! The working loop: keeps the right number of jobs at hand and under way.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_domain::JobId;
use fanfare_store::jobs::ClaimedJob;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Claim, Runner};

/// How much work to keep at hand, as time: claiming ahead hides the database's round trips.
const AHEAD: Duration = Duration::from_millis(100);
const AHEAD_LIMIT: usize = 2_000;
/// How often the pace is measured.
const PACE_WINDOW: Duration = Duration::from_millis(25);

/// The state of the working loop.
pub(super) struct Loop {
    runner: Arc<Runner>,
    /// Claimed, not begun.
    buffer: VecDeque<ClaimedJob>,
    /// The same, of kinds that wait for others.
    aside: VecDeque<ClaimedJob>,
    /// Claimed and not ended; these leases are kept.
    held: HashSet<JobId>,
    running: usize,
    /// Those under way that wait for others.
    waiting: HashSet<JobId>,
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
    /// A loop that has not looked yet. Ids of jobs that are done go to `done`.
    pub(super) fn new(runner: Arc<Runner>, done: mpsc::UnboundedSender<JobId>) -> Self {
        let (finished_sender, finished) = mpsc::unbounded_channel();
        Self {
            buffer: VecDeque::new(),
            aside: VecDeque::new(),
            held: HashSet::new(),
            running: 0,
            waiting: HashSet::new(),
            claiming: None,
            may_be_due: true,
            wake_at: Instant::now(),
            ahead: runner.settings.concurrency * 4,
            pace: Pace::start(),
            finished_sender,
            finished,
            done,
            runner,
        }
    }

    pub(super) async fn work(&mut self, stop: &CancellationToken) {
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
            self.begin(job);
        }
        while self.waiting.len() < self.runner.settings.waiting_for_others {
            let Some(job) = self.aside.pop_front() else {
                break;
            };
            self.waiting.insert(job.id);
            self.begin(job);
        }
    }

    fn begin(&self, job: ClaimedJob) {
        let (id, finished) = (job.id, self.finished_sender.clone());
        let running = Arc::clone(&self.runner).run_one(job, self.done.clone());
        tokio::spawn(async move {
            running.await;
            let _ = finished.send(id);
        });
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
                let (aside, buffer): (Vec<_>, Vec<_>) = claim
                    .jobs
                    .into_iter()
                    .partition(|job| self.runner.waits_for_others(&job.kind));
                self.buffer.extend(buffer);
                self.aside.extend(aside);
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
        if !self.waiting.remove(&id) {
            self.running -= 1;
        }
        self.held.remove(&id);
    }

    fn keep_leases(&self) {
        if !self.held.is_empty() {
            let ids = self.held.iter().copied().collect();
            tokio::spawn(Arc::clone(&self.runner).extend(ids));
        }
    }

    /// Jobs that were claimed and not begun go back at once; those under way get their grace.
    pub(super) async fn wind_down(&mut self) {
        if let Some(claiming) = self.claiming.take()
            && let Ok(Ok(claim)) = claiming.await
        {
            self.buffer.extend(claim.jobs);
        }
        let now = self.runner.clock.now();
        self.buffer.append(&mut self.aside);
        for job in std::mem::take(&mut self.buffer) {
            let due_at = job.due_at.min(now);
            let run = self.runner.run_of(job);
            self.runner.give_back(&run, due_at, None).await;
        }
        let deadline = tokio::time::Instant::now() + self.runner.settings.grace;
        while self.running + self.waiting.len() > 0 {
            match tokio::time::timeout_at(deadline, self.finished.recv()).await {
                Ok(Some(id)) => self.forget(id),
                _ => {
                    tracing::warn!(
                        jobs = self.running + self.waiting.len(),
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
