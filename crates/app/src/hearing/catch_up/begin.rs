//! When something is to be read: on somebody's word, or because the program was away.

use fanfare_domain::webhook::CatchUpReason;
use fanfare_domain::{CatchUpId, ChannelId, ErrorCode, JobId, WorkspaceId};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{WorkspaceTx, audit, catch_ups, channel_subscriptions, webhook_events};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::view::CatchUpView;
use super::{CATCH_UP, Ids};
use crate::audit::event;
use crate::hearing::subscriptions::load;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// What was told just before may not have arrived either.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// Where nothing was ever heard, and the longest time that is looked back.
const FIRST: SignedDuration = SignedDuration::from_hours(24 * 7);
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Channels that are taken at once.
const BATCH: u32 = 200;

/// Has what was missed on a channel read, from `since` or from when something was last heard; one that is under way is answered instead.
///
/// # Errors
/// `not_found`, and where the platform cannot be asked.
pub async fn catch_up(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    since: Option<Timestamp>,
) -> Result<CatchUpView> {
    let channel = load(app, caller.workspace, id).await?;
    let platform = app.platform(&channel.platform)?;
    if platform.history().is_none() {
        return Err(AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            format!(
                "{} does not let us read what was missed.",
                platform.manifest().name
            ),
        ));
    }
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if begin(&mut tx, id, CatchUpReason::Person, since, now).await? {
        let event = event(
            now,
            caller.actor(),
            "channel.catch_up_asked",
            ("channel", id),
            json!({ "name": channel.name }),
        );
        audit::record(&mut tx, &event).await?;
    }
    tx.commit().await?;
    app.jobs.ring();
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let latest = catch_ups::latest_of(&mut tx, id).await?;
    latest
        .map(Into::into)
        .ok_or_else(|| AppError::not_found("channel"))
}

/// Has it done for all channels of which something is told, of all workspaces, for whoever runs the installation. Answers how many were begun.
///
/// # Errors
/// When the database fails.
pub async fn catch_up_everywhere(
    app: &App,
    platform: Option<&str>,
    account: Option<&str>,
    since: Option<Timestamp>,
) -> Result<usize> {
    let reason = CatchUpReason::CommandLine;
    of_all(app, platform, account, reason, since).await
}

/// The same after the program was away since then.
pub(in crate::hearing) async fn catch_up_after(app: &App, since: Timestamp) -> Result<usize> {
    of_all(app, None, None, CatchUpReason::Away, Some(since)).await
}

async fn of_all(
    app: &App,
    platform: Option<&str>,
    account: Option<&str>,
    reason: CatchUpReason,
    since: Option<Timestamp>,
) -> Result<usize> {
    let (platform, account) = (platform.unwrap_or_default(), account.unwrap_or_default());
    let mut begun = 0;
    let mut after = String::new();
    loop {
        let mut tx = app
            .store
            .as_system("who may have missed what")
            .read()
            .await?;
        let found = channel_subscriptions::told(&mut tx, platform, account, &after, BATCH).await?;
        drop(tx);
        let Some((_, last)) = found.last() else {
            break;
        };
        after = last.to_string();
        for (workspace, channel) in found {
            let now = app.now();
            let mut tx = app.store.in_workspace(workspace).write().await?;
            begun += usize::from(begin(&mut tx, channel, reason, since, now).await?);
            tx.commit().await?;
        }
    }
    app.jobs.ring();
    Ok(begun)
}

/// Begins unless one is under way; answers whether it did.
async fn begin(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    reason: CatchUpReason,
    since: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool> {
    let since = match since {
        Some(since) => since,
        None => last_heard(tx, channel).await?.unwrap_or(now - FIRST),
    };
    let since = (since - MARGIN).max(now - LONGEST).min(now);
    let id = CatchUpId::new(now);
    if !catch_ups::begin(tx, id, channel, reason, since, now).await? {
        return Ok(false);
    }
    let ids = Ids {
        workspace: tx.workspace(),
        id,
    };
    enqueue(tx, &ids, now).await?;
    Ok(true)
}

async fn last_heard(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<Option<Timestamp>> {
    let channel = fanfare_store::channels::get(tx, channel).await?;
    Ok(webhook_events::last_of_account(tx, &channel.platform, &channel.remote_id).await?)
}

async fn enqueue(tx: &mut WorkspaceTx, ids: &Ids, now: Timestamp) -> Result<()> {
    let workspace: WorkspaceId = ids.workspace;
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(workspace),
        kind: CATCH_UP,
        payload: json!(ids).to_string(),
        key: Some(format!("{CATCH_UP}:{}", ids.id)),
        due_at: now,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}
