//! The body of the job that writes one first comment: one remote step after another, each saved before the next.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::comment::CommentState;
use fanfare_domain::{DeliveryId, ErrorCode, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::{Comment, OutgoingComment, Progress, Receipt, Reconciled, Step};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::first_comments::{self, FirstComment};
use fanfare_store::{StoreError, channels, posts};
use jiff::Timestamp;
use serde_json::json;

use super::decide::{COMMENT, CommentIds, audit_comment};
use super::outcome;
use crate::App;
use crate::connections::channel_ref;
use crate::publishing::outgoing;
use crate::publishing::walk::{Course, End, ended_before_asking, walk};

/// Writes first comments.
pub struct WriteComment {
    app: Arc<App>,
}

impl WriteComment {
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for WriteComment {
    fn kind(&self) -> &'static str {
        COMMENT
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let workspace = job.workspace.context("a comment belongs to a workspace")?;
        let CommentIds { delivery } = job.ids()?;
        let Some(mut writing) = begin(&self.app, job, workspace, delivery).await? else {
            return Ok(Outcome::Settled);
        };
        let end = writing.carry_out().await?;
        outcome::record(&mut writing, end).await?;
        Ok(Outcome::Settled)
    }
}

/// One run of a comment's job.
pub(super) struct Writing<'a> {
    pub app: &'a App,
    pub job: &'a JobRun,
    pub workspace: WorkspaceId,
    pub comment: FirstComment,
    pub delivery: Delivery,
}

/// Takes the comment up, or settles the job when there is nothing to do.
async fn begin<'a>(
    app: &'a App,
    job: &'a JobRun,
    workspace: WorkspaceId,
    id: DeliveryId,
) -> anyhow::Result<Option<Writing<'a>>> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let delivery = match deliveries::get(&mut tx, id).await {
        Ok(delivery) => delivery,
        // Deleted with its post.
        Err(StoreError::NotFound) => {
            job.finish_in(&mut tx).await?;
            tx.commit().await?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    posts::lock(&mut tx, delivery.post_id).await?;
    let mut comment = first_comments::get(&mut tx, id).await?;
    let from = comment.state;
    if !from.is_open() {
        job.finish_in(&mut tx).await?;
        tx.commit().await?;
        return Ok(None);
    }
    // Coming back to a platform that is busy with it is the same try; coming back after an error is a new one.
    let new_try = comment.attempts == 0 || comment.error.is_some();
    if new_try {
        comment.attempts += 1;
        comment.state = CommentState::Publishing;
        comment.began_at.get_or_insert(now);
        comment.next_attempt_at = None;
        comment.updated_at = now;
        first_comments::save(&mut tx, &comment, from).await?;
    }
    if from == CommentState::Scheduled {
        audit_comment(
            &mut tx,
            now,
            Actor::fanfare(),
            &delivery,
            &comment,
            json!({}),
        )
        .await?;
    }
    job.hold_in(&mut tx, now).await?;
    tx.commit().await?;
    Ok(Some(Writing {
        app,
        job,
        workspace,
        comment,
        delivery,
    }))
}

impl Writing<'_> {
    async fn carry_out(&mut self) -> anyhow::Result<End> {
        let outgoing = match self.prepare().await? {
            Ok(outgoing) => outgoing,
            Err(error) => return Ok(ended_before_asking(self.comment.intended_at, error)),
        };
        let platform = Arc::clone(self.app.platform(&self.delivery.platform)?);
        let role = platform
            .comment()
            .context("the channel's platform takes first comments")?;
        let mut errand = Errand {
            ctx: self.app.platform_context(platform.manifest().id),
            writing: self,
            role,
            outgoing,
        };
        walk(&mut errand).await
    }

    /// Either everything that is needed, or what stands in the way in words.
    async fn prepare(&self) -> anyhow::Result<Result<OutgoingComment, PlatformError>> {
        let Self {
            app,
            workspace,
            comment,
            delivery,
            ..
        } = self;
        let channel = {
            let mut tx = app.store.in_workspace(*workspace).read().await?;
            channels::get(&mut tx, delivery.channel_id).await?
        };
        if let Some(error) = outgoing::not_ready(&channel, app.now()) {
            return Ok(Err(error));
        }
        let Some(post) = receipt_of(delivery, app.now()) else {
            return Ok(Err(without_address()));
        };
        let credentials = outgoing::credentials(app, *workspace, channel.id).await?;
        Ok(credentials.map(|credentials| OutgoingComment {
            key: format!("{}-comment", delivery.id),
            channel: channel_ref(&channel),
            credentials,
            text: comment.text.clone(),
            options: delivery.options.as_object().cloned().unwrap_or_default(),
            post,
            began_at: comment.began_at.unwrap_or_else(|| app.now()),
        }))
    }
}

/// What proves the post; absent when a person vouched for it and nobody knows its id.
fn receipt_of(delivery: &Delivery, now: Timestamp) -> Option<Receipt> {
    let raw = delivery.receipt.as_deref();
    Some(Receipt {
        remote_id: delivery.remote_id.clone()?,
        permalink: delivery.permalink.clone(),
        published_at: delivery.published_at.unwrap_or(now),
        raw: raw
            .and_then(|raw| serde_json::from_str(raw).ok())
            .unwrap_or_default(),
    })
}

fn without_address() -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::PlatformRefused,
        "The post was confirmed by hand, so its number at the platform is not known here and nothing can be written below it. \
         Write the comment there yourself.",
        "the delivery has no remote id",
    )
}

/// A comment on its way: the run that keeps the checkpoints, and the platform's side.
struct Errand<'a, 'b> {
    writing: &'b mut Writing<'a>,
    role: &'b dyn Comment,
    ctx: PlatformContext,
    outgoing: OutgoingComment,
}

#[async_trait]
impl Course for Errand<'_, '_> {
    fn platform(&self) -> &'static str {
        self.ctx.platform
    }

    fn now(&self) -> Timestamp {
        self.writing.app.now()
    }

    fn progress(&self) -> Progress {
        Progress(self.writing.comment.progress.clone())
    }

    fn intended_at(&self) -> Option<Timestamp> {
        self.writing.comment.intended_at
    }

    fn note(&mut self, progress: Progress, intended_at: Option<Timestamp>) {
        self.writing.comment.progress = progress.0;
        self.writing.comment.intended_at = intended_at;
    }

    async fn save(&self) -> anyhow::Result<()> {
        let Writing {
            app,
            job,
            workspace,
            comment,
            ..
        } = &*self.writing;
        let mut tx = app.store.in_workspace(*workspace).write().await?;
        job.hold_in(&mut tx, app.now()).await?;
        let (id, intended_at) = (comment.delivery_id, comment.intended_at);
        first_comments::save_progress(&mut tx, id, &comment.progress, intended_at).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn step(&self, progress: &Progress) -> Result<Step, PlatformError> {
        self.role.step(&self.ctx, &self.outgoing, progress).await
    }

    async fn reconcile(&self, progress: &Progress) -> Result<Reconciled, PlatformError> {
        self.role
            .reconcile(&self.ctx, &self.outgoing, progress)
            .await
    }

    async fn renew(&mut self) -> anyhow::Result<Result<(), PlatformError>> {
        let Writing {
            app,
            workspace,
            delivery,
            ..
        } = &*self.writing;
        let renewed = outgoing::renewed(app, *workspace, delivery.channel_id).await?;
        Ok(renewed.map(|credentials| self.outgoing.credentials = credentials))
    }
}
