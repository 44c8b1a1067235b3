//! The job by which a channel is listened to once it is connected or switched on. It is retried for some hours; after that a person may.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::{ChannelId, JobId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome, backoff};
use fanfare_platform_kit::Advice;
use fanfare_store::channels::Channel;
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{StoreError, Tx, WorkspaceTx, channel_subscriptions};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::defaults;
use super::set::{Then, carry_out};
use super::view::{SubscriptionState, view_of};
use crate::{App, AppError, RefusalKind};

const LISTEN: &str = "hear.subscribe";
/// Refusals in a row after which it is left to a person, or to the look of the next day.
const MOST_FAILURES: i64 = 12;

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    channel: ChannelId,
    /// Only look whether it is as it was.
    #[serde(default)]
    look: bool,
}

/// Has the platform asked to tell of a channel, in the transaction that switches it on.
pub(crate) async fn listen_to(
    app: &App,
    tx: &mut WorkspaceTx,
    channel: &Channel,
) -> crate::Result<()> {
    let platform = app.platform(&channel.platform)?;
    let Some(subscribe) = platform.subscribe() else {
        return Ok(());
    };
    let now = app.now();
    channel_subscriptions::ensure(tx, channel.id, &defaults(subscribe), now).await?;
    Ok(enqueue(tx, channel.id, now, now).await?)
}

/// The same for a channel that was just listed, unless all that is wanted is told already.
pub(in crate::hearing) async fn listen_unless_told(
    app: &App,
    workspace: WorkspaceId,
    channel: &Channel,
) -> crate::Result<()> {
    let platform = app.platform(&channel.platform)?.as_ref();
    if platform.subscribe().is_none() || !channel.enabled {
        return Ok(());
    }
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let kept = channel_subscriptions::get(&mut tx, channel.id).await?;
    let state = view_of(platform, channel.id, kept, &[]).state;
    if !matches!(state, SubscriptionState::Told | SubscriptionState::Off) {
        listen_to(app, &mut tx, channel).await?;
        tx.commit().await?;
        app.jobs.ring();
    }
    Ok(())
}

/// Has exactly what is wanted set, from `at` on.
pub(super) async fn enqueue(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ids = Ids {
        workspace: tx.workspace(),
        channel,
        look: false,
    };
    add(tx, &ids, at, now).await
}

/// Has it looked whether a channel is told of as it was.
pub(in crate::hearing) async fn enqueue_look(
    tx: &mut Tx,
    workspace: WorkspaceId,
    channel: ChannelId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ids = Ids {
        workspace,
        channel,
        look: true,
    };
    add(tx, &ids, now, now).await
}

async fn add(tx: &mut Tx, ids: &Ids, at: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    let what = if ids.look { "look" } else { "set" };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(ids.workspace),
        kind: LISTEN,
        payload: json!(ids).to_string(),
        key: Some(format!("{LISTEN}:{what}:{}", ids.channel)),
        due_at: at,
    };
    jobs::enqueue(tx, job, now).await
}

/// Has the platform tell what is wanted of one channel.
pub(crate) struct Listen {
    app: Arc<App>,
}

impl Listen {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for Listen {
    fn kind(&self) -> &'static str {
        LISTEN
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let ids: Ids = job.ids()?;
        let then = if ids.look { Then::Look } else { Then::Set };
        let refused = match carry_out(&self.app, ids.workspace, ids.channel, then).await {
            Ok(refused) => refused,
            // It was given back meanwhile.
            Err(AppError::Refused(refusal)) if refusal.kind == RefusalKind::NotFound => Ok(()),
            Err(error) => return Err(error.into()),
        };
        let Err(error) = refused else {
            return Ok(Outcome::Done);
        };
        let now = self.app.now();
        Ok(match error.advice {
            Advice::RateLimited { until, .. } => Outcome::Again {
                at: until.max(now + SignedDuration::from_secs(1)),
            },
            Advice::Retry { .. } | Advice::Refresh | Advice::OutcomeUnknown => {
                self.again(&ids).await?
            }
            Advice::Reconnect
            | Advice::NeedsPermission
            | Advice::FixContent { .. }
            | Advice::Permanent => Outcome::Done,
        })
    }
}

impl Listen {
    async fn again(&self, ids: &Ids) -> anyhow::Result<Outcome> {
        let mut tx = self.app.store.in_workspace(ids.workspace).read().await?;
        let kept = channel_subscriptions::get(&mut tx, ids.channel).await?;
        let failures = kept.map_or(1, |kept| kept.failures);
        if failures >= MOST_FAILURES {
            return Ok(Outcome::Done);
        }
        let wait = backoff(u32::try_from(failures).unwrap_or(1)).max(Duration::from_secs(5));
        let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::from_mins(1));
        Ok(Outcome::Again {
            at: self.app.now() + wait,
        })
    }
}
