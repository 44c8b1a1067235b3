//! The walk along a platform's steps, the same for a delivery and for its first comment: each step saved before the next, an
//! announced call whose outcome is unknown asked about before anything is sent again.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Progress, Receipt, Reconciled, Step};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::Timestamp;

/// More steps than any platform's walk has: a walk that goes round in circles is stopped.
const STEPS_AT_MOST: usize = 300;

/// How a run ended.
#[derive(Debug)]
pub(super) enum End {
    Published(Receipt),
    /// The platform is busy with it.
    Wait(std::time::Duration),
    /// Certainly not published.
    Refused(PlatformError),
    /// Asked for, and nobody can say yet whether it is out.
    Unknown(PlatformError),
}

/// What is walked: the platform's steps on one side, the checkpoints on disk on the other.
#[async_trait]
pub(super) trait Course: Send + Sync {
    fn platform(&self) -> &'static str;

    fn now(&self) -> Timestamp;

    fn progress(&self) -> Progress;

    /// When a call that must not run twice was announced; absent once its outcome is known.
    fn intended_at(&self) -> Option<Timestamp>;

    /// Notes a checkpoint that the run's end will save.
    fn note(&mut self, progress: Progress, intended_at: Option<Timestamp>);

    /// Saves what was noted now. Fails when another worker has taken the job over.
    async fn save(&self) -> anyhow::Result<()>;

    async fn step(&self, progress: &Progress) -> Result<Step, PlatformError>;

    async fn reconcile(&self, progress: &Progress) -> Result<Reconciled, PlatformError>;

    /// Takes up fresh credentials, whatever the expiry of the old ones says.
    async fn renew(&mut self) -> anyhow::Result<Result<(), PlatformError>>;

    /// What to make of something that was found at the platform by asking.
    async fn found(&self, receipt: Receipt) -> anyhow::Result<End> {
        Ok(End::Published(receipt))
    }
}

/// Walks until it is out, waits, or cannot go on. An `Err` is a failure of our own: the job is run again, and what was saved says
/// where it stands.
pub(super) async fn walk(course: &mut dyn Course) -> anyhow::Result<End> {
    let mut end = go(course).await?;
    if let End::Refused(error) | End::Unknown(error) = &end
        && error.advice == Advice::Refresh
    {
        match course.renew().await? {
            Ok(()) => end = go(course).await?,
            Err(error) => return Ok(ended_before_asking(course.intended_at(), error)),
        }
    }
    Ok(end)
}

/// An error that came up before the platform was asked for anything in this run.
pub(super) fn ended_before_asking(intended_at: Option<Timestamp>, error: PlatformError) -> End {
    if intended_at.is_some() {
        End::Unknown(error)
    } else {
        End::Refused(error)
    }
}

async fn go(course: &mut dyn Course) -> anyhow::Result<End> {
    // An intent that an earlier run saved, whose outcome nobody knows.
    if course.intended_at().is_some() {
        match course.reconcile(&course.progress()).await {
            Ok(Reconciled::Published(receipt)) => return course.found(receipt).await,
            Ok(Reconciled::NotPublished(progress)) => {
                course.note(progress, None);
                course.save().await?;
            }
            Ok(Reconciled::Unknown) => {
                let log = "the platform cannot tell yet";
                let error = PlatformError::outcome_unknown(course.platform(), log);
                return Ok(End::Unknown(error));
            }
            Err(error) => return Ok(End::Unknown(error)),
        }
    }
    // Where the walk stood before the call that must not run twice was announced, while it is.
    let mut before_announcing: Option<Progress> = None;
    for _ in 0..STEPS_AT_MOST {
        let progress = course.progress();
        match course.step(&progress).await {
            Ok(Step::Checkpoint(next)) => {
                before_announcing = None;
                course.note(next, None);
                course.save().await?;
            }
            Ok(Step::Intend(next)) => {
                before_announcing.get_or_insert(progress);
                course.note(next, Some(course.now()));
                course.save().await?;
            }
            Ok(Step::Wait { progress, after }) => {
                course.note(progress, None);
                return Ok(End::Wait(after));
            }
            Ok(Step::Published(receipt)) => return Ok(End::Published(receipt)),
            Err(error) if error.advice == Advice::OutcomeUnknown => {
                let since = course.intended_at().unwrap_or_else(|| course.now());
                course.note(progress, Some(since));
                return Ok(End::Unknown(error));
            }
            Err(error) => {
                // Certainly not published: the announcement is taken back, so that the next try makes it anew.
                course.note(before_announcing.unwrap_or(progress), None);
                return Ok(End::Refused(error));
            }
        }
    }
    anyhow::bail!("the platform's walk did not end after {STEPS_AT_MOST} steps")
}
