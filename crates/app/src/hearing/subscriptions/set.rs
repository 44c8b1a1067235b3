//! Asks the platform what it tells of a channel, has it tell what is wanted, and writes the answer down.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::{ChannelId, ErrorCode, WorkspaceId};
use fanfare_platform_kit::roles::{Account, Subscribe, Subscribed};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use fanfare_store::channel_subscriptions::{self, Trouble};
use fanfare_store::channels::{self, Channel};
use fanfare_store::connections;

use super::defaults;
use crate::connections::channel_ref;
use crate::connections::refresh::{GrantError, fresh_credentials};
use crate::{App, AppError, Result};

/// All calls of one look together.
const PATIENCE: Duration = Duration::from_secs(30);

/// What to do besides looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Look,
    /// Has what is wanted told, unless it is.
    Mend,
    /// Has exactly what is wanted told.
    Set,
}

/// Does it, and writes down what came of it. Answers the platform's refusal, if it refused.
pub(super) async fn carry_out(
    app: &App,
    workspace: WorkspaceId,
    id: ChannelId,
    then: Then,
) -> Result<std::result::Result<(), PlatformError>> {
    let channel = load(app, workspace, id).await?;
    let platform = app.platform(&channel.platform)?;
    let Some(subscribe) = platform.subscribe() else {
        return Ok(Ok(()));
    };
    let ctx = app.platform_context(platform.manifest().id);
    let name = platform.manifest().name;
    let outcome = match account(app, workspace, &channel).await {
        Ok(account) => {
            let asking = ask(app, subscribe, &ctx, &account, &channel, then);
            tokio::time::timeout(PATIENCE, asking)
                .await
                .unwrap_or_else(|_| {
                    let log = "a subscription took too long";
                    Err(PlatformError::unavailable(name, log).into())
                })
        }
        Err(error) => Err(error),
    };
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let wanted = defaults(subscribe);
    channel_subscriptions::ensure(&mut tx, id, &wanted, now).await?;
    let refused = match outcome {
        Ok(seen) => {
            let (fields, by_application) = match seen {
                Subscribed::Fields(fields) => (fields, false),
                Subscribed::ByApplication => (Vec::new(), true),
            };
            channel_subscriptions::keep_seen(&mut tx, id, &fields, by_application, now).await?;
            Ok(())
        }
        Err(GrantError::Platform(error)) => {
            tracing::info!(channel = %id, code = %error.code, log = error.log, "what is told of a channel could not be looked at or set");
            let trouble = in_words(&mut tx, &channel, subscribe, name, &error).await?;
            channel_subscriptions::keep_trouble(&mut tx, id, &trouble, now).await?;
            Err(error)
        }
        Err(GrantError::Other(error)) => return Err(error),
    };
    tx.commit().await?;
    app.store.tell_change(workspace, "channel");
    Ok(refused)
}

/// The channel with what to act for it with.
pub(in crate::hearing) async fn account(
    app: &App,
    workspace: WorkspaceId,
    channel: &Channel,
) -> std::result::Result<Account, GrantError> {
    Ok(Account {
        credentials: fresh_credentials(app, workspace, channel.id).await?,
        channel: channel_ref(channel),
    })
}

/// The channel, unless it was given back.
pub(in crate::hearing) async fn load(
    app: &App,
    workspace: WorkspaceId,
    id: ChannelId,
) -> Result<Channel> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let channel = channels::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("channel"))?;
    if channel.removed_at.is_some() {
        return Err(AppError::not_found("channel"));
    }
    Ok(channel)
}

async fn ask(
    app: &App,
    subscribe: &dyn Subscribe,
    ctx: &PlatformContext,
    account: &Account,
    channel: &Channel,
    then: Then,
) -> std::result::Result<Subscribed, GrantError> {
    let seen = subscribe.subscribed(ctx, account).await?;
    let wanted = wanted_by_all(app, subscribe, channel).await?;
    let is_so = match (&seen, then) {
        (_, Then::Look) => true,
        (Subscribed::Fields(fields), Then::Mend) => {
            wanted.iter().all(|field| fields.contains(field))
        }
        (Subscribed::Fields(fields), Then::Set) => {
            fields.iter().collect::<BTreeSet<_>>() == wanted.iter().collect()
        }
        (Subscribed::ByApplication, _) => !wanted.is_empty(),
    };
    if is_so {
        return Ok(seen);
    }
    let wanted: Vec<String> = wanted.into_iter().collect();
    if wanted.is_empty() {
        subscribe.unsubscribe(ctx, account).await?;
    } else {
        subscribe.subscribe(ctx, account, &wanted).await?;
    }
    // Its word, not ours, is what is so.
    Ok(subscribe.subscribed(ctx, account).await?)
}

/// What any workspace that has the account wants to be told of it.
async fn wanted_by_all(
    app: &App,
    subscribe: &dyn Subscribe,
    channel: &Channel,
) -> Result<BTreeSet<String>> {
    let mut tx = app
        .store
        .as_system("what is wanted of an account")
        .read()
        .await?;
    let (platform, account) = (&channel.platform, &channel.remote_id);
    let lists = channel_subscriptions::wanted_of_account(&mut tx, platform, account).await?;
    if lists.is_empty() {
        let wanted = defaults(subscribe).into_iter();
        return Ok(wanted.map(str::to_owned).collect());
    }
    Ok(lists.into_iter().flatten().collect())
}

/// Of a permission that is missing it can be said which.
async fn in_words(
    tx: &mut fanfare_store::WorkspaceTx,
    channel: &Channel,
    subscribe: &dyn Subscribe,
    name: &str,
    error: &PlatformError,
) -> Result<Trouble> {
    let mut detail = error.detail.clone();
    if error.advice == Advice::NeedsPermission {
        let connection = connections::get(tx, channel.connection_id).await?;
        let wanted = channel_subscriptions::get(tx, channel.id).await?;
        let wanted = wanted.map(|kept| kept.wanted).unwrap_or_default();
        let missing = missing(subscribe, &wanted, &connection.scopes);
        if !missing.is_empty() {
            detail = format!(
                "{name} was not given: {}. Reconnect and leave every permission ticked.",
                missing.join(", ")
            );
        }
    } else if error.code == ErrorCode::PlatformUnavailable {
        detail =
            format!("{name} does not answer as it should right now. It is asked again by itself.");
    }
    Ok(Trouble {
        code: error.code,
        detail,
        advice: error.advice.as_str().to_owned(),
    })
}

/// The permissions that the fields need and that were not given; nothing where the platform does not say what was.
fn missing<'a>(
    subscribe: &'a dyn Subscribe,
    wanted: &[String],
    granted: &[String],
) -> Vec<&'a str> {
    let lacks = |scopes: &[&str]| {
        !scopes
            .iter()
            .any(|scope| granted.iter().any(|one| one == scope))
    };
    let wanted = subscribe
        .fields()
        .iter()
        .filter(|field| wanted.iter().any(|one| one == field.name));
    let missing: BTreeSet<&str> = wanted
        .filter(|field| !granted.is_empty() && lacks(field.scopes))
        .filter_map(|field| field.scopes.first().copied())
        .collect();
    missing.into_iter().collect()
}
