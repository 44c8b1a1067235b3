//! The body of the job that carries out one delivery: one remote step after another, each saved before the next.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::WorkspaceId;
use fanfare_domain::delivery::DeliveryState;
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::{Outgoing, Progress, Publish, Receipt, Reconciled, Step};
use fanfare_platform_kit::{PlatformContext, PlatformError};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::{StoreError, posts};
use jiff::Timestamp;
use serde_json::json;

use super::pause::{held_back, wait_for_resume};
use super::plan::{DELIVER, DeliverIds};
use super::walk::{Course, End, ended_before_asking, walk};
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

/// Takes the delivery up, or settles the job when there is nothing to do.
async fn begin<'a>(
    app: &'a App,
    job: &'a JobRun,
    workspace: WorkspaceId,
    id: fanfare_domain::DeliveryId,
) -> anyhow::Result<Option<Attempt<'a>>> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let locked = match deliveries::get(&mut tx, id).await {
        Ok(found) => posts::lock(&mut tx, found.post_id).await,
        Err(error) => Err(error),
    };
    match locked {
        Ok(()) => {}
        // Deleted with its post.
        Err(StoreError::NotFound) => {
            job.finish_in(&mut tx).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    }
    let mut delivery = deliveries::get(&mut tx, id).await?;
    let from = delivery.state;
    if !matches!(from, DeliveryState::Scheduled | DeliveryState::Publishing) {
        job.finish_in(&mut tx).await?;
        tx.commit().await?;
        return Ok(None);
    }
    if from == DeliveryState::Scheduled
        && let Some(why) = held_back(&mut tx, &delivery).await?
    {
        wait_for_resume(job, &mut tx, &mut delivery, why, now).await?;
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

/// Fanfare was down or the channel paused when it was due, for longer than the operator lets pass.
fn is_missed(app: &App, delivery: &Delivery, now: Timestamp) -> bool {
    delivery.due_at.is_some_and(|due_at| {
        now.as_millisecond() - due_at.as_millisecond() > app.config.overdue_limit_millis
    })
}

impl Attempt<'_> {
    /// Gathers what is needed and walks the platform's steps.
    async fn carry_out(&mut self) -> anyhow::Result<End> {
        let outgoing = match outgoing::prepare(self.app, self.workspace, &self.delivery).await? {
            Ok(outgoing) => outgoing,
            Err(error) => return Ok(ended_before_asking(self.delivery.intended_at, error)),
        };
        let platform = Arc::clone(self.app.platform(&self.delivery.platform)?);
        let publish = platform
            .publish()
            .context("the channel's platform publishes")?;
        let mut errand = Errand {
            ctx: self.app.platform_context(platform.manifest().id),
            attempt: self,
            publish,
            outgoing,
        };
        walk(&mut errand).await
    }
}

/// A delivery on its way: the attempt that keeps the checkpoints, and the platform's side.
struct Errand<'a, 'b> {
    attempt: &'b mut Attempt<'a>,
    publish: &'b dyn Publish,
    ctx: PlatformContext,
    outgoing: Outgoing,
}

#[async_trait]
impl Course for Errand<'_, '_> {
    fn platform(&self) -> &'static str {
        self.ctx.platform
    }

    fn now(&self) -> Timestamp {
        self.attempt.app.now()
    }

    fn progress(&self) -> Progress {
        Progress(self.attempt.delivery.progress.clone())
    }

    fn intended_at(&self) -> Option<Timestamp> {
        self.attempt.delivery.intended_at
    }

    fn note(&mut self, progress: Progress, intended_at: Option<Timestamp>) {
        self.attempt.delivery.progress = progress.0;
        self.attempt.delivery.intended_at = intended_at;
    }

    async fn save(&self) -> anyhow::Result<()> {
        let Attempt {
            app,
            job,
            workspace,
            delivery,
            ..
        } = &*self.attempt;
        let mut tx = app.store.in_workspace(*workspace).write().await?;
        job.hold_in(&mut tx, app.now()).await?;
        let (progress, intended_at) = (&delivery.progress, delivery.intended_at);
        deliveries::save_progress(&mut tx, delivery.id, progress, intended_at).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn step(&self, progress: &Progress) -> Result<Step, PlatformError> {
        self.publish.step(&self.ctx, &self.outgoing, progress).await
    }

    async fn reconcile(&self, progress: &Progress) -> Result<Reconciled, PlatformError> {
        self.publish
            .reconcile(&self.ctx, &self.outgoing, progress)
            .await
    }

    async fn renew(&mut self) -> anyhow::Result<Result<(), PlatformError>> {
        let Attempt {
            app,
            workspace,
            delivery,
            ..
        } = &*self.attempt;
        let renewed = outgoing::renewed(app, *workspace, delivery.channel_id).await?;
        Ok(renewed.map(|credentials| self.outgoing.credentials = credentials))
    }

    /// What was found at the platform is ours, unless another delivery has claimed it while we looked.
    async fn found(&self, receipt: Receipt) -> anyhow::Result<End> {
        let Attempt {
            app,
            workspace,
            delivery,
            ..
        } = &*self.attempt;
        let taken = outgoing::taken(app, *workspace, delivery).await?;
        if !taken.contains(&receipt.remote_id) {
            return Ok(End::Published(receipt));
        }
        let log = format!("{} belongs to another delivery", receipt.remote_id);
        Ok(End::Unknown(PlatformError::outcome_unknown(
            &delivery.platform,
            log,
        )))
    }
}
