//! What a job's body is given and what it answers.

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::WorkspaceId;
use fanfare_store::jobs::Hold;
use fanfare_store::{Tx, jobs};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

/// The body of one kind of job.
///
/// A body may run twice: after a crash, or when its lease ran out. It reads what the payload's ids point at, and decides then whether
/// there still is something to do.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// The kind of job it runs. A retired kind keeps a handler that drains what is left.
    fn kind(&self) -> &'static str;

    /// Its runs mostly wait for somebody else's computer, for as long as that likes: they have places of their own, so that they take none
    /// from the rest.
    fn waits_for_others(&self) -> bool {
        false
    }

    /// Does the work. An error means "try again later"; the runner backs off and in the end sets the job aside.
    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome>;
}

/// What became of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Delete the job.
    Done,
    /// Run it again then: the way of periodic work.
    Again { at: Timestamp },
    /// The body has deleted the job or given it back in a transaction of its own.
    Settled,
}

/// One run of a job.
#[derive(Debug, Clone)]
pub struct JobRun {
    pub workspace: Option<WorkspaceId>,
    pub kind: String,
    pub payload: String,
    pub due_at: Timestamp,
    pub hold: Hold,
    /// Runs that failed since the last that did not.
    pub failures: i64,
    pub(crate) lease_span: SignedDuration,
}

impl JobRun {
    /// The ids it was enqueued with.
    ///
    /// # Errors
    /// When the payload is not of that shape.
    pub fn ids<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_str(&self.payload).context("reading the job's payload")
    }

    /// Deletes the job in the transaction of its result.
    ///
    /// # Errors
    /// When the job is no longer ours: the transaction must not be committed.
    pub async fn finish_in(&self, tx: &mut Tx) -> anyhow::Result<()> {
        ours(jobs::finish_one(tx, &self.hold).await?)
    }

    /// Gives the job back, to run again at `at`, in the transaction that says why.
    ///
    /// # Errors
    /// When the job is no longer ours: the transaction must not be committed.
    pub async fn give_back_in(&self, tx: &mut Tx, at: Timestamp) -> anyhow::Result<()> {
        ours(jobs::give_back(tx, &self.hold, at, None).await?)
    }

    /// Makes sure that the job is still ours, and stays so for another lease, in a transaction that saves progress.
    ///
    /// # Errors
    /// When the job is no longer ours: the transaction must not be committed.
    pub async fn hold_in(&self, tx: &mut Tx, now: Timestamp) -> anyhow::Result<()> {
        ours(jobs::hold_on(tx, &self.hold, now + self.lease_span).await?)
    }
}

fn ours(still: bool) -> anyhow::Result<()> {
    anyhow::ensure!(still, "the job was taken over by another worker");
    Ok(())
}
