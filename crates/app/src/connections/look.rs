//! Asks a platform what it says of an account now, and keeps the answer. No token is renewed by it, unless it has ended.

use std::time::Duration;

use fanfare_domain::{ConnectionId, ConnectionStatus, WorkspaceId};
use fanfare_platform_kit::roles::Grant;
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::audit::{self, Actor};
use fanfare_store::connections::{self, Connection, LookedUp};
use serde_json::json;

use super::failure::record_failure;
use super::keep::{Listing, connection_owner};
use super::read::{self, ConnectionView};
use super::refresh::{GrantError, is_ending, refresh_connection};
use super::{begin, renewal};
use crate::audit::event;
use crate::news::{ConnectionNews, News, tell};
use crate::{App, AppError, Caller, Result};

/// A person waits for the answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Brings name, picture, permissions and channels of an account up to date.
///
/// # Errors
/// What the platform said; it is noted on the connection too. `not_possible_in_state` when the account is disconnected.
pub async fn sync_connection(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
) -> Result<ConnectionView> {
    look(app, caller.workspace, id).await?;
    let now = app.now();
    let view = read::read_connection(app, caller, id).await?;
    let event = event(
        now,
        caller.actor(),
        "connection.synced",
        ("connection", id),
        json!({"platform": view.connection.platform, "name": view.connection.name, "channels": view.channels.len()}),
    );
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(view)
}

/// What the platform says now. Access that has ended, or that the platform takes for ended, is renewed first where it can be.
pub(super) async fn look(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> std::result::Result<Grant, GrantError> {
    let seen = load(app, workspace, id).await?;
    if is_ending(&seen, app.now()) {
        refresh_connection(app, workspace, id, false).await?;
    }
    match ask(app, workspace, id).await {
        Err(GrantError::Platform(error)) if error.advice == Advice::Refresh && seen.refreshable => {
            refresh_connection(app, workspace, id, true).await?;
            ask(app, workspace, id).await
        }
        answer => answer,
    }
}

async fn ask(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> std::result::Result<Grant, GrantError> {
    let connection = load(app, workspace, id).await?;
    match ask_platform(app, workspace, &connection).await {
        Ok(grant) => {
            keep(app, workspace, &connection, &grant).await?;
            Ok(grant)
        }
        Err(GrantError::Platform(error)) => {
            tracing::info!(connection = %id, code = %error.code, log = error.log, "a look at an account was refused");
            let mut tx = app.store.in_workspace(workspace).write().await?;
            record_failure(&mut tx, &connection, &error, app.now()).await?;
            tx.commit().await?;
            Err(error.into())
        }
        Err(other) => Err(other),
    }
}

async fn ask_platform(
    app: &App,
    workspace: WorkspaceId,
    connection: &Connection,
) -> std::result::Result<Grant, GrantError> {
    let platform = app.platform(&connection.platform)?;
    let name = platform.manifest().name;
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let sealed = connections::sealed_credentials(&mut tx, connection.id).await?;
    drop(tx);
    let sealed = sealed.ok_or_else(|| PlatformError::reconnect(name, "no tokens are kept"))?;
    let owner = connection_owner(connection.id);
    let credentials = renewal::open(&app.vault, &owner, &sealed, name)?;
    let ctx = app.platform_context(platform.manifest().id);
    let looking = begin::role(platform.as_ref())?.look(&ctx, &credentials);
    let grant = tokio::time::timeout(PATIENCE, looking)
        .await
        .unwrap_or_else(|_| Err(PlatformError::unavailable(name, "a look took too long")))?;
    if grant.remote_id != connection.remote_id {
        let log = format!("the tokens are those of {}", grant.remote_id);
        return Err(PlatformError::reconnect(name, log).into());
    }
    Ok(grant)
}

async fn keep(
    app: &App,
    workspace: WorkspaceId,
    connection: &Connection,
    grant: &Grant,
) -> std::result::Result<(), GrantError> {
    let (id, now) = (connection.id, app.now());
    let manifest = app.platform(&connection.platform)?.manifest();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let seen = LookedUp {
        name: &grant.name,
        avatar_url: grant.avatar_url.as_deref(),
        person_id: grant.person_id.as_deref(),
        scopes: &grant.scopes,
    };
    let kept = connections::keep_looked_up(&mut tx, id, connection.generation, &seen, now).await?;
    // Renewed or given back meanwhile: then that is the newer word.
    if kept && !grant.channels.is_empty() {
        let listing = Listing {
            vault: &app.vault,
            manifest,
            connection: id,
            consented: false,
        };
        listing.keep(&mut tx, &grant.channels, now).await?;
    }
    if kept && connection.status != ConnectionStatus::Connected {
        let event = event(
            now,
            Actor::fanfare(),
            "connection.restored",
            ("connection", id),
            json!({"platform": connection.platform, "name": connection.name}),
        );
        audit::record(&mut tx, &event).await?;
        tell(&mut tx, News::Connection(id, ConnectionNews::Restored), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The connection, unless it was given back.
pub(super) async fn load(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> Result<Connection> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| read::missing(error, "connection"))?;
    drop(tx);
    if connection.status == ConnectionStatus::Disconnected {
        let name = app.platform(&connection.platform)?.manifest().name;
        return Err(AppError::conflict(
            fanfare_domain::ErrorCode::NotPossibleInState,
            format!(
                "This {name} account is disconnected, so there is nothing to look at. Connect it again."
            ),
        ));
    }
    Ok(connection)
}
