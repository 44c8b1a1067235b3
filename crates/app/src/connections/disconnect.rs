//! Gives a connection back.

use std::time::Duration;

use fanfare_domain::{ChannelId, ConnectionId, ConnectionStatus, WorkspaceId};
use fanfare_platform_kit::Platform;
use fanfare_store::audit::{self, Actor};
use fanfare_store::connections::Connection;
use fanfare_store::{channels, connections};
use serde_json::json;

use super::call_off::call_off;
use super::keep::connection_owner;
use super::renewal;
use crate::audit::event;
use crate::news::{ConnectionNews, News, tell};
use crate::scheduling::go_on_where_cancelled;
use crate::undisturbed::undisturbed;
use crate::{App, AppError, Caller, Result, hearing};

/// A person waits for the answer, and the platform's is not needed.
const REVOKE_PATIENCE: Duration = Duration::from_secs(15);

/// What becomes of deliveries that have not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduled {
    Cancel,
    /// They wait; if the account is connected again before they are due, they go out.
    Keep,
}

/// Gives the grant back at the platform where that is possible, forgets the tokens and removes the channels. Answers how many
/// deliveries were cancelled. A connection that was given back already is left as it is.
///
/// # Errors
/// `not_found` when there is no such connection of that platform. The platform's refusal is no error: here, the account is
/// disconnected all the same.
pub async fn disconnect(
    app: &App,
    caller: &Caller,
    platform: &str,
    id: ConnectionId,
    scheduled: Scheduled,
) -> Result<usize> {
    let platform = app.platform(platform)?.as_ref();
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, id).await?;
    let sealed = connections::sealed_credentials(&mut tx, id).await?;
    drop(tx);
    if connection.platform != platform.manifest().id {
        return Err(AppError::not_found("connection"));
    }
    if connection.status == ConnectionStatus::Disconnected {
        return Ok(0);
    }
    // While the tokens still work.
    hearing::leave(app, caller.workspace, id).await?;
    let revoked = match sealed {
        Some(sealed) => revoke(app, platform, &connection, &sealed).await?,
        None => false,
    };
    undisturbed(|| forget(app, caller, &connection, scheduled, revoked)).await
}

/// Gives the grant of a connection back whose rows are gone, as far as the platform lets us.
pub(crate) async fn give_back_grant(app: &App, connection: &Connection, sealed: &[u8]) {
    let Ok(platform) = app.platform(&connection.platform) else {
        return;
    };
    if let Err(error) = revoke(app, platform.as_ref(), connection, sealed).await {
        tracing::info!(connection = %connection.id, %error, "a grant was not revoked");
    }
}

/// Forgets a connection whose owner had the platform tell us to: nothing is left to give back there.
pub(crate) async fn end_by_platform(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let connection = connections::get(&mut tx, id).await?;
    channels::remove_of_connection(&mut tx, id, now).await?;
    connections::disconnect(&mut tx, id, now).await?;
    let event = event(
        now,
        Actor::fanfare(),
        "connection.data_deleted",
        ("connection", id),
        json!({ "platform": connection.platform }),
    );
    audit::record(&mut tx, &event).await?;
    tell(
        &mut tx,
        News::Connection(id, ConnectionNews::Disconnected),
        now,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Whether the platform took the grant back.
async fn revoke(
    app: &App,
    platform: &dyn Platform,
    connection: &Connection,
    sealed: &[u8],
) -> Result<bool> {
    if is_shared(app, platform, connection).await? {
        return Ok(false);
    }
    let manifest = platform.manifest();
    let Some(connect) = platform.connect() else {
        return Ok(false);
    };
    let owner = connection_owner(connection.id);
    let Ok(credentials) = renewal::open(&app.vault, &owner, sealed, manifest.name) else {
        return Ok(false);
    };
    let ctx = app.platform_context(manifest.id);
    let revoking = connect.revoke(&ctx, &credentials);
    match tokio::time::timeout(REVOKE_PATIENCE, revoking).await {
        Ok(Ok(())) => return Ok(true),
        Ok(Err(error)) => {
            tracing::info!(connection = %connection.id, code = %error.code, log = error.log, "a grant was not revoked");
        }
        Err(_) => tracing::info!(connection = %connection.id, "a grant was not revoked in time"),
    }
    Ok(false)
}

/// Platforms keep one grant for each account and application, so revoking it here would end every other connection of the
/// account: another workspace's, or one of a platform that shares the application.
async fn is_shared(app: &App, platform: &dyn Platform, connection: &Connection) -> Result<bool> {
    let mut tx = app
        .store
        .as_system("who else uses this grant")
        .read()
        .await?;
    let elsewhere =
        connections::platforms_elsewhere(&mut tx, &connection.remote_id, connection.id).await?;
    let own = application(app, platform.manifest().id);
    Ok(elsewhere.iter().any(|other| application(app, other) == own))
}

/// The platform whose application `platform` uses: its own, unless it shares another's.
fn application<'a>(app: &'a App, platform: &'a str) -> &'a str {
    let manifest = app
        .platforms
        .get(platform)
        .map(|platform| platform.manifest());
    manifest
        .and_then(|manifest| manifest.settings.shares_app_of)
        .unwrap_or(platform)
}

async fn forget(
    app: &App,
    caller: &Caller,
    connection: &Connection,
    scheduled: Scheduled,
    revoked: bool,
) -> Result<usize> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let given_back: Vec<ChannelId> = channels::of_connection(&mut tx, connection.id)
        .await?
        .iter()
        .map(|channel| channel.id)
        .collect();
    let cancelled = match scheduled {
        Scheduled::Cancel => call_off(&mut tx, caller, &given_back, now).await?,
        Scheduled::Keep => 0,
    };
    channels::remove_of_connection(&mut tx, connection.id, now).await?;
    go_on_where_cancelled(app, &mut tx).await?;
    connections::disconnect(&mut tx, connection.id, now).await?;
    let event = event(
        now,
        caller.actor(),
        "connection.disconnected",
        ("connection", connection.id),
        json!({
            "platform": connection.platform,
            "name": connection.name,
            "revoked_at_platform": revoked,
            "cancelled_deliveries": cancelled,
        }),
    );
    audit::record(&mut tx, &event).await?;
    let news = News::Connection(connection.id, ConnectionNews::Disconnected);
    tell(&mut tx, news, now).await?;
    tx.commit().await?;
    Ok(cancelled)
}
