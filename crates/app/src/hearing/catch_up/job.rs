//! The job that reads. It asks for one part, has it take effect together with how far it has come, and goes on.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::webhook::{CatchUpReason, CatchUpState};
use fanfare_domain::{WebhookEventId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome, backoff};
use fanfare_platform_kit::roles::{HistoryPart, InboundFact, Span};
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::audit::{self, Actor};
use fanfare_store::catch_ups::{self, CatchUp};
use fanfare_store::channel_subscriptions::Trouble;
use fanfare_store::channels::{self, Channel};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

use super::{CATCH_UP, Ids};
use crate::App;
use crate::audit::event;
use crate::connections::refresh::GrantError;
use crate::hearing::apply::{About, effects_of};
use crate::hearing::subscriptions::account;

/// People write below posts of so long before, too.
const OLDER_POSTS: SignedDuration = SignedDuration::from_hours(24 * 14);
/// More parts than this are not read.
const MOST_PARTS: i64 = 40;
/// Tries in a row that come to nothing.
const MOST_FAILURES: i64 = 8;
/// One part, with all calls that it takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads what was missed on one channel.
pub(crate) struct CatchUpJob {
    app: Arc<App>,
}

/// How one part went.
enum Went {
    On,
    Refused(PlatformError),
}

impl CatchUpJob {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for CatchUpJob {
    fn kind(&self) -> &'static str {
        CATCH_UP
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids { workspace, id } = job.ids()?;
        loop {
            let mut tx = self.app.store.in_workspace(workspace).read().await?;
            let Some(one) = catch_ups::get(&mut tx, id).await? else {
                return Ok(Outcome::Done);
            };
            if one.finished_at.is_some() {
                return Ok(Outcome::Done);
            }
            let channel = channels::get(&mut tx, one.channel).await?;
            drop(tx);
            match self.part(job, workspace, &one, &channel).await? {
                Went::On => {}
                Went::Refused(error) => {
                    return self.refused(job, workspace, one, &channel, error).await;
                }
            }
        }
    }
}

impl CatchUpJob {
    /// Reads one part and has it take effect.
    async fn part(
        &self,
        job: &JobRun,
        workspace: WorkspaceId,
        one: &CatchUp,
        channel: &Channel,
    ) -> anyhow::Result<Went> {
        let part = match self.read(workspace, one, channel).await {
            Ok(part) => part,
            Err(GrantError::Platform(error)) => return Ok(Went::Refused(error)),
            Err(GrantError::Other(error)) => return Err(error.into()),
        };
        let now = self.app.now();
        let mut tx = self.app.store.in_workspace(workspace).write().await?;
        job.hold_in(&mut tx, now).await?;
        let about = About {
            channel,
            event: before_all_events()?,
            now,
        };
        let effects = effects_of(&mut tx, &about, &part.facts, &Json::Null).await?;
        let added = effects
            .iter()
            .filter(|one| one.changes && one.what != "post");
        let next = advanced(one, &part, added.count(), now);
        catch_ups::keep(&mut tx, &next).await?;
        if next.state == CatchUpState::Done {
            tell(&mut tx, &next, channel, now).await?;
        }
        tx.commit().await?;
        self.app.store.tell_change(workspace, "channel");
        Ok(Went::On)
    }

    async fn read(
        &self,
        workspace: WorkspaceId,
        one: &CatchUp,
        channel: &Channel,
    ) -> Result<HistoryPart, GrantError> {
        let platform = self.app.platform(&channel.platform)?;
        let name = platform.manifest().name;
        let Some(history) = platform.history() else {
            return Ok(HistoryPart::default());
        };
        let account = account(&self.app, workspace, channel).await?;
        let ctx = self.app.platform_context(platform.manifest().id);
        let span = Span {
            posts_from: one.since - OLDER_POSTS,
            from: one.since,
        };
        let reading = history.recent(&ctx, &account, span, one.cursor.as_deref());
        let read = tokio::time::timeout(PATIENCE, reading).await;
        let late = || PlatformError::unavailable(name, "what was missed took too long to read");
        Ok(read.unwrap_or_else(|_| Err(late()))?)
    }

    /// Waits and tries again where that can help, or ends it in words.
    async fn refused(
        &self,
        job: &JobRun,
        workspace: WorkspaceId,
        mut one: CatchUp,
        channel: &Channel,
        error: PlatformError,
    ) -> anyhow::Result<Outcome> {
        let now = self.app.now();
        tracing::info!(channel = %channel.id, code = %error.code, log = error.log, "what was missed could not be read");
        one.failures += 1;
        let again = again_at(&error.advice, one.failures, now);
        one.trouble = Some(Trouble {
            code: error.code,
            detail: error.detail,
            advice: error.advice.as_str().to_owned(),
        });
        if again.is_none() {
            one.state = CatchUpState::Failed;
            one.finished_at = Some(now);
        }
        let mut tx = self.app.store.in_workspace(workspace).write().await?;
        job.hold_in(&mut tx, now).await?;
        catch_ups::keep(&mut tx, &one).await?;
        if again.is_none() {
            tell(&mut tx, &one, channel, now).await?;
        }
        tx.commit().await?;
        self.app.store.tell_change(workspace, "channel");
        Ok(again.map_or(Outcome::Done, |at| Outcome::Again { at }))
    }
}

/// Earlier than each event that a platform told: of one instant, its word is the later one.
pub(in crate::hearing) fn before_all_events() -> anyhow::Result<WebhookEventId> {
    Ok("00000000-0000-0000-0000-000000000000".parse()?)
}

/// How far it has come with this part.
fn advanced(one: &CatchUp, part: &HistoryPart, added: usize, now: Timestamp) -> CatchUp {
    let is_comment = |fact: &&InboundFact| matches!(fact, InboundFact::Engagement(_));
    let comments = part.facts.iter().filter(is_comment).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let parts = one.parts + 1;
    let is_full = part.next.is_some() && parts >= MOST_PARTS;
    let is_over = part.next.is_none() || is_full;
    CatchUp {
        state: if is_over {
            CatchUpState::Done
        } else {
            CatchUpState::Running
        },
        cursor: part.next.clone(),
        parts,
        posts: one.posts + number(part.posts),
        comments: one.comments + number(comments),
        added: one.added + number(added),
        is_cut: one.is_cut || part.is_cut || is_full,
        failures: 0,
        trouble: None,
        finished_at: is_over.then_some(now),
        ..one.clone()
    }
}

fn again_at(advice: &Advice, failures: i64, now: Timestamp) -> Option<Timestamp> {
    let may_pass = match advice {
        // The platform says itself how long it takes; that is no failure of ours.
        Advice::RateLimited { until, .. } => {
            return Some((*until).max(now + SignedDuration::from_secs(1)));
        }
        Advice::Retry { .. } | Advice::Refresh | Advice::OutcomeUnknown => true,
        Advice::Reconnect
        | Advice::NeedsPermission
        | Advice::FixContent { .. }
        | Advice::Permanent => false,
    };
    let wait = backoff(u32::try_from(failures).unwrap_or(1));
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::from_mins(1));
    (may_pass && failures < MOST_FAILURES).then(|| now + wait)
}

/// What was added is news; that nothing was missing is worth a line only where somebody asked.
async fn tell(
    tx: &mut fanfare_store::WorkspaceTx,
    one: &CatchUp,
    channel: &Channel,
    now: Timestamp,
) -> anyhow::Result<()> {
    if one.added == 0 && one.trouble.is_none() && one.reason == CatchUpReason::Away {
        return Ok(());
    }
    let action = match one.state {
        CatchUpState::Failed => "channel.catch_up_failed",
        _ => "channel.caught_up",
    };
    let detail = json!({
        "name": channel.name,
        "since": one.since,
        "posts": one.posts,
        "comments": one.comments,
        "added": one.added,
    });
    let event = event(
        now,
        Actor::fanfare(),
        action,
        ("channel", channel.id),
        detail,
    );
    Ok(audit::record(tx, &event).await?)
}
