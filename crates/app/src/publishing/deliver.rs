//! The body of the job that carries out one delivery: one remote step after another, each saved before the next.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::WorkspaceId;
use fanfare_domain::delivery::DeliveryState;
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::{Outgoing, Progress, Publish, Receipt, Reconciled, Step};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::{StoreError, posts};
use jiff::Timestamp;
use serde_json::json;

use super::plan::{DELIVER, DeliverIds};
use super::{audit_delivery, outcome, outgoing, sum_up};
use crate::App;

/// Carries out deliveries.
pub struct Deliver {
    app: Arc<App>,
}

impl Deliver {
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for Deliver {
    fn kind(&self) -> &'static str {
        DELIVER
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let workspace = job.workspace.context("a delivery belongs to a workspace")?;
        let DeliverIds { delivery } = job.ids()?;
        let Some(mut attempt) = begin(&self.app, job, workspace, delivery).await? else {
            return Ok(Outcome::Settled);
        };
        let end = attempt.carry_out().await?;
        outcome::record(&mut attempt, end).await?;
        Ok(Outcome::Settled)
    }
}

/// One run of a delivery's job.
pub(super) struct Attempt<'a> {
    pub app: &'a App,
    pub job: &'a JobRun,
    pub workspace: WorkspaceId,
    pub delivery: Delivery,
    pub started_at: Timestamp,
}

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

/// More steps than any platform's walk has: a walk that goes round in circles is stopped.
const STEPS_AT_MOST: usize = 300;

/// Takes the delivery up, or settles the job when there is nothing to do.
async fn begin<'a>(
    app: &'a App,
    job: &'a JobRun,
    workspace: WorkspaceId,
    id: fanfare_domain::DeliveryId,
) -> anyhow::Result<Option<Attempt<'a>>> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let found = match deliveries::get(&mut tx, id).await {
        Ok(found) => found,
        // Deleted with its post.
        Err(StoreError::NotFound) => {
            job.finish_in(&mut tx).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    posts::lock(&mut tx, found.post_id).await?;
    let mut delivery = deliveries::get(&mut tx, id).await?;
    let from = delivery.state;
    if !matches!(from, DeliveryState::Scheduled | DeliveryState::Publishing) {
        job.finish_in(&mut tx).await?;
        tx.commit().await?;
        return Ok(None);
    }
    if from == DeliveryState::Scheduled && is_missed(app, &delivery, now) {
        outcome::missed(app, job, &mut tx, delivery, now).await?;
        tx.commit().await?;
        return Ok(None);
    }
    // Coming back to a platform that is busy with it is the same try; coming back after an error is a new one.
    let new_try =
        delivery.attempts == 0 || delivery.error.is_some() || from == DeliveryState::Scheduled;
    if new_try {
        delivery.attempts += 1;
        delivery.state = DeliveryState::Publishing;
        delivery.began_at.get_or_insert(now);
        deliveries::begin(&mut tx, id, from, delivery.attempts, now).await?;
    }
    if from == DeliveryState::Scheduled {
        sum_up(&mut tx, delivery.post_id, now).await?;
        let actor = fanfare_store::audit::Actor::fanfare();
        let detail = json!({ "from": from });
        audit_delivery(
            &mut tx,
            now,
            actor,
            "delivery.publishing",
            &delivery,
            detail,
        )
        .await?;
    }
    job.hold_in(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Some(Attempt {
        app,
        job,
        workspace,
        delivery,
        started_at: now,
    }))
}

/// Fanfare was down when it was due, for longer than the operator lets pass.
fn is_missed(app: &App, delivery: &Delivery, now: Timestamp) -> bool {
    delivery.due_at.is_some_and(|due_at| {
        now.as_millisecond() - due_at.as_millisecond() > app.config.overdue_limit_millis
    })
}

impl Attempt<'_> {
    /// Walks the platform's steps until the delivery is out, waits, or cannot go on. An `Err` is a failure of our own: the job is run
    /// again, and what was saved says where it stands.
    async fn carry_out(&mut self) -> anyhow::Result<End> {
        let ready = outgoing::prepare(self.app, self.workspace, &self.delivery).await?;
        let mut outgoing = match ready {
            Ok(outgoing) => outgoing,
            Err(error) => return Ok(self.ended_before_asking(error)),
        };
        let platform = Arc::clone(self.app.platform(&self.delivery.platform)?);
        let publish = platform
            .publish()
            .context("the channel's platform publishes")?;
        let ctx = self.app.platform_context(platform.manifest().id);

        let mut end = self.walk(publish, &ctx, &outgoing).await?;
        if let End::Refused(error) | End::Unknown(error) = &end
            && error.advice == Advice::Refresh
        {
            match self.renew(&mut outgoing).await? {
                Ok(()) => end = self.walk(publish, &ctx, &outgoing).await?,
                Err(error) => return Ok(self.ended_before_asking(error)),
            }
        }
        Ok(end)
    }

    /// Refreshes the connection, whatever its expiry says, and takes up the new credentials.
    async fn renew(&self, outgoing: &mut Outgoing) -> anyhow::Result<Result<(), PlatformError>> {
        let channel = self.delivery.channel_id;
        if let Err(error) = outgoing::renew(self.app, self.workspace, channel).await? {
            return Ok(Err(error));
        }
        Ok(outgoing::credentials(self.app, self.workspace, channel)
            .await?
            .map(|credentials| outgoing.credentials = credentials))
    }

    /// An error that came up before the platform was asked for anything in this run.
    fn ended_before_asking(&self, error: PlatformError) -> End {
        if self.delivery.intended_at.is_some() {
            End::Unknown(error)
        } else {
            End::Refused(error)
        }
    }

    async fn walk(
        &mut self,
        publish: &dyn Publish,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
    ) -> anyhow::Result<End> {
        // An intent that an earlier run saved, whose outcome nobody knows.
        if self.delivery.intended_at.is_some() {
            match publish.reconcile(ctx, outgoing, &self.progress()).await {
                Ok(Reconciled::Published(receipt)) => return self.found(receipt).await,
                Ok(Reconciled::NotPublished(progress)) => self.save(progress, None).await?,
                Ok(Reconciled::Unknown) => {
                    let name = &ctx.platform;
                    let log = "the platform cannot tell yet".to_owned();
                    return Ok(End::Unknown(PlatformError::outcome_unknown(name, log)));
                }
                Err(error) => return Ok(End::Unknown(error)),
            }
        }
        // Where the walk stood before the call that must not run twice was announced, while it is.
        let mut before_announcing: Option<Progress> = None;
        for _ in 0..STEPS_AT_MOST {
            let progress = self.progress();
            match publish.step(ctx, outgoing, &progress).await {
                Ok(Step::Checkpoint(next)) => {
                    before_announcing = None;
                    self.save(next, None).await?;
                }
                Ok(Step::Intend(next)) => {
                    before_announcing.get_or_insert(progress);
                    self.save(next, Some(self.app.now())).await?;
                }
                Ok(Step::Wait { progress, after }) => {
                    self.note(progress, None);
                    return Ok(End::Wait(after));
                }
                Ok(Step::Published(receipt)) => return Ok(End::Published(receipt)),
                Err(error) if error.advice == Advice::OutcomeUnknown => {
                    self.delivery.intended_at.get_or_insert(self.app.now());
                    return Ok(End::Unknown(error));
                }
                Err(error) => {
                    // Certainly not published: the announcement is taken back, so that the next try makes it anew.
                    self.note(before_announcing.unwrap_or(progress), None);
                    return Ok(End::Refused(error));
                }
            }
        }
        anyhow::bail!("the platform's walk did not end after {STEPS_AT_MOST} steps")
    }

    /// What was found at the platform is ours, unless another delivery has claimed it while we looked.
    async fn found(&self, receipt: Receipt) -> anyhow::Result<End> {
        let taken = outgoing::taken(self.app, self.workspace, &self.delivery).await?;
        if !taken.contains(&receipt.remote_id) {
            return Ok(End::Published(receipt));
        }
        let log = format!("{} belongs to another delivery", receipt.remote_id);
        let platform = &self.delivery.platform;
        Ok(End::Unknown(PlatformError::outcome_unknown(platform, log)))
    }

    fn progress(&self) -> Progress {
        Progress(self.delivery.progress.clone())
    }

    /// Notes a checkpoint that the run's end will save.
    fn note(&mut self, progress: Progress, intended_at: Option<Timestamp>) {
        self.delivery.progress = progress.0;
        self.delivery.intended_at = intended_at;
    }

    /// Saves a checkpoint now. Fails when another worker has taken the job over.
    async fn save(
        &mut self,
        progress: Progress,
        intended_at: Option<Timestamp>,
    ) -> anyhow::Result<()> {
        self.note(progress, intended_at);
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        self.job.hold_in(&mut tx, self.app.now()).await?;
        let delivery = &self.delivery;
        deliveries::save_progress(&mut tx, delivery.id, &delivery.progress, intended_at).await?;
        tx.commit().await?;
        Ok(())
    }
}
