//! Has the platform tell nothing more of a connection that is given back, while its tokens still work.

use std::time::Duration;

use fanfare_domain::{ConnectionId, WorkspaceId};
use fanfare_store::channels::{self, Channel};
use fanfare_store::{channel_subscriptions, webhook_events};

use super::set::account;
use crate::{App, Result};

/// A person waits, and the platform's answer is not needed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Ends what is told of the connection's channels, unless another workspace has them too. That the platform refuses is no error.
pub(crate) async fn leave(
    app: &App,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<()> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let mut told = Vec::new();
    for channel in channels::of_connection(&mut tx, connection).await? {
        let kept = channel_subscriptions::get(&mut tx, channel.id).await?;
        if kept.is_some_and(|kept| kept.tells_something()) {
            told.push(channel);
        }
    }
    drop(tx);
    let leaving = async {
        for channel in &told {
            leave_one(app, workspace, channel).await;
        }
    };
    if tokio::time::timeout(PATIENCE, leaving).await.is_err() {
        tracing::info!(%connection, "a platform was not asked in time to tell nothing more");
    }
    if told.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    for channel in told {
        channel_subscriptions::keep_seen(&mut tx, channel.id, &[], false, now).await?;
    }
    Ok(tx.commit().await?)
}

async fn leave_one(app: &App, workspace: WorkspaceId, channel: &Channel) {
    let gone: Result<()> = async {
        let platform = app.platform(&channel.platform)?;
        let Some(subscribe) = platform.subscribe() else {
            return Ok(());
        };
        if is_elsewhere(app, workspace, channel).await? {
            return Ok(());
        }
        let ctx = app.platform_context(platform.manifest().id);
        let account = account(app, workspace, channel).await?;
        Ok(subscribe.unsubscribe(&ctx, &account).await?)
    }
    .await;
    if let Err(error) = gone {
        tracing::info!(channel = %channel.id, %error, "a platform goes on to tell of a channel that is given back");
    }
}

/// Whether another workspace has the account.
async fn is_elsewhere(app: &App, workspace: WorkspaceId, channel: &Channel) -> Result<bool> {
    let mut tx = app.store.as_system("who else hears of this").read().await?;
    let accounts = [channel.remote_id.as_str()];
    let found = webhook_events::workspaces_of(&mut tx, &channel.platform, &accounts).await?;
    Ok(found.iter().any(|(_, owner)| *owner != workspace))
}
