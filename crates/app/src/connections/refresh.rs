//! Credentials that are good for a while yet, renewed first where they are not.
//!
//! However many ask at once, on however many nodes, one of them renews: it holds a lease on the row. The others wait for what
//! it finds.

use std::time::Duration;

use fanfare_domain::{ChannelId, ConnectionId, ConnectionStatus, ErrorCode, WorkspaceId};
use fanfare_platform_kit::{Advice, Credentials, PlatformError};
use fanfare_store::StoreError;
use fanfare_store::channels::{self, Channel};
use fanfare_store::connections::{self, Connection};
use futures::{FutureExt, StreamExt};
use jiff::{SignedDuration, Timestamp};

pub use fanfare_store::connections::Due;

use super::keep::{channel_owner, connection_owner};
use super::renewal::{self, Renewal};
use crate::periodic::Work;
use crate::{App, AppError, Result};

/// Access that ends within this time is renewed before it is used: a delivery may take a while.
const USE_MARGIN: SignedDuration = SignedDuration::from_mins(5);
/// Access that ends within this time is renewed although nobody uses it.
const IDLE_MARGIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Grants that live for hours are renewed no more often than this while nobody uses them.
const IDLE_REST: SignedDuration = SignedDuration::from_hours(24);
const IDLE_BATCH: u32 = 200;
const IDLE_AT_ONCE: usize = 4;

/// How often whoever waits for another's renewal looks, and for how long.
const GLANCE: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there are no usable credentials.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// The platform's word, with its advice.
    #[error(transparent)]
    Platform(#[from] PlatformError),
    #[error(transparent)]
    Other(#[from] AppError),
}

impl From<StoreError> for GrantError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl From<GrantError> for AppError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Platform(error) => error.into(),
            GrantError::Other(error) => error,
        }
    }
}

/// What to act for the channel with: its own credentials if it has some, else its connection's; renewed first when they
/// end within five minutes.
///
/// # Errors
/// `Reconnect` when only the person can help, `channel_removed` when the account was disconnected here.
pub async fn fresh_credentials(
    app: &App,
    workspace: WorkspaceId,
    channel: ChannelId,
) -> std::result::Result<Credentials, GrantError> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let channel = channels::get(&mut tx, channel).await?;
    let connection = connections::get(&mut tx, channel.connection_id).await?;
    let own = channels::sealed_credentials(&mut tx, channel.id).await?;
    drop(tx);

    let name = platform_name(app, &connection)?;
    if channel.removed_at.is_some() || connection.status == ConnectionStatus::Disconnected {
        return Err(removed(name, &channel).into());
    }
    if is_over(&connection, own.is_some(), app.now()) {
        let log = format!("the connection is on record as {}", connection.status);
        return Err(PlatformError::reconnect(name, log).into());
    }
    renew_if_ending(app, workspace, &connection, own.is_some()).await?;
    open(app, workspace, &channel, &connection, name).await
}

/// What to act for the connection itself with, renewed first when it ends within five minutes.
///
/// # Errors
/// `Reconnect` when only the person can help; `not_possible_in_state` when the account was disconnected here.
pub async fn connection_credentials(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> std::result::Result<Credentials, GrantError> {
    let connection = look(app, workspace, id).await?;
    let name = platform_name(app, &connection)?;
    if connection.status == ConnectionStatus::Disconnected {
        return Err(disconnected(name).into());
    }
    if is_over(&connection, false, app.now()) {
        let log = format!("the connection is on record as {}", connection.status);
        return Err(PlatformError::reconnect(name, log).into());
    }
    renew_if_ending(app, workspace, &connection, false).await?;
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let sealed = connections::sealed_credentials(&mut tx, id).await?;
    drop(tx);
    let sealed = sealed.ok_or_else(|| disconnected(name))?;
    Ok(renewal::open(
        &app.vault,
        &connection_owner(id),
        &sealed,
        name,
    )?)
}

/// A failed renewal stops nobody whose access still lasts.
async fn renew_if_ending(
    app: &App,
    workspace: WorkspaceId,
    connection: &Connection,
    has_own: bool,
) -> std::result::Result<(), GrantError> {
    if !is_ending(connection, app.now()) {
        return Ok(());
    }
    let renewed = refresh_connection(app, workspace, connection.id, false).await;
    let lasts = has_own || connection.expires_at.is_some_and(|end| end > app.now());
    match renewed {
        Err(GrantError::Platform(_)) if lasts => Ok(()),
        other => other,
    }
}

async fn open(
    app: &App,
    workspace: WorkspaceId,
    channel: &Channel,
    connection: &Connection,
    name: &str,
) -> std::result::Result<Credentials, GrantError> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let own = channels::sealed_credentials(&mut tx, channel.id).await?;
    let (owner, sealed) = match own {
        Some(own) => (channel_owner(channel.id), Some(own)),
        None => (
            connection_owner(connection.id),
            connections::sealed_credentials(&mut tx, connection.id).await?,
        ),
    };
    drop(tx);
    let sealed = sealed.ok_or_else(|| removed(name, channel))?;
    Ok(renewal::open(&app.vault, &owner, &sealed, name)?)
}

/// Renews a connection: when its access ends within five minutes, or at once by `force`, which also brings name, picture and
/// channels up to date. Waits for a renewal that is under way instead of making another.
///
/// # Errors
/// What the platform said; it is noted on the connection too.
pub async fn refresh_connection(
    app: &App,
    workspace: WorkspaceId,
    connection: ConnectionId,
    force: bool,
) -> std::result::Result<(), GrantError> {
    let seen = look(app, workspace, connection).await?;
    let name = platform_name(app, &seen)?;
    if seen.status == ConnectionStatus::Disconnected {
        return Err(disconnected(name).into());
    }
    if !force && !is_ending(&seen, app.now()) {
        return Ok(());
    }
    match Renewal::lease(app, workspace, &seen).await? {
        Some(renewal) => renewal.carry_out().await,
        None => await_other(app, workspace, &seen, name).await,
    }
}

/// Done every minute, so that a renewal which died with its process is made good while the platform still takes the old token.
pub(crate) const REFRESH: Work = Work {
    kind: "refresh_connections",
    every: SignedDuration::from_mins(1),
    body: |app| async { refresh_ending(app).await.map(drop).map_err(Into::into) }.boxed(),
};

/// Renews what is due, of all workspaces. Answers how many were renewed.
pub async fn refresh_ending(app: &App) -> Result<usize> {
    let due = due(app).await?;
    let renewals = futures::stream::iter(due).map(async |due| renew(app, &due).await.is_ok());
    let done = renewals
        .buffer_unordered(IDLE_AT_ONCE)
        .filter(|renewed| std::future::ready(*renewed));
    Ok(done.count().await)
}

/// What is to be renewed now: what would end within a week, at most once a day; what failed, after a pause; and what somebody
/// began to renew and did not end.
pub async fn due(app: &App) -> Result<Vec<Due>> {
    let now = app.now();
    let mut tx = app.store.as_system("which grants end soon").read().await?;
    let (margin, rested) = (now + IDLE_MARGIN, now - IDLE_REST);
    Ok(connections::due_for_refresh(&mut tx, margin, rested, now, IDLE_BATCH).await?)
}

/// Renews one of those.
///
/// # Errors
/// What the platform said.
pub async fn renew(app: &App, due: &Due) -> std::result::Result<(), GrantError> {
    let (workspace, connection) = due.address;
    refresh_connection(app, workspace, connection, true).await
}

/// Somebody else renews: theirs counts for us.
async fn await_other(
    app: &App,
    workspace: WorkspaceId,
    seen: &Connection,
    name: &str,
) -> std::result::Result<(), GrantError> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while tokio::time::Instant::now() < deadline {
        let now = look(app, workspace, seen.id).await?;
        if now.generation != seen.generation {
            return Ok(());
        }
        if now
            .refresh_lease_until
            .is_none_or(|until| until <= app.now())
        {
            return Err(others_failure(&now, name).into());
        }
        tokio::time::sleep(GLANCE).await;
    }
    Err(PlatformError::unavailable(name, "another renewal of the grant takes too long").into())
}

fn others_failure(connection: &Connection, name: &str) -> PlatformError {
    let log = "another renewal of the grant failed just now";
    let Some(error) = &connection.last_error else {
        return PlatformError::unavailable(name, log);
    };
    let advice = if connection.status.wants_consent() {
        Advice::Reconnect
    } else {
        Advice::Retry { after: None }
    };
    PlatformError::new(advice, error.code, error.detail.clone(), log)
}

async fn look(
    app: &App,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> std::result::Result<Connection, StoreError> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    connections::get(&mut tx, connection).await
}

/// Nothing but a person's consent can help. A channel's own access does not end with its connection's, unless that was withdrawn.
fn is_over(connection: &Connection, has_own: bool, now: Timestamp) -> bool {
    let ended = !connection.refreshable && connection.expires_at.is_some_and(|end| end <= now);
    match connection.status {
        ConnectionStatus::Revoked => true,
        ConnectionStatus::Expired => !has_own,
        _ => ended && !has_own,
    }
}

pub(super) fn is_ending(connection: &Connection, now: Timestamp) -> bool {
    connection.refreshable
        && connection
            .expires_at
            .is_some_and(|end| end <= now + USE_MARGIN)
}

fn platform_name(app: &App, connection: &Connection) -> Result<&'static str> {
    Ok(app.platform(&connection.platform)?.manifest().name)
}

fn removed(name: &str, channel: &Channel) -> PlatformError {
    PlatformError::new(
        Advice::Reconnect,
        ErrorCode::ChannelRemoved,
        format!(
            "“{}” on {name} was disconnected here. Connect it again to publish to it.",
            channel.name
        ),
        "the channel or its connection was given back",
    )
}

fn disconnected(name: &str) -> AppError {
    AppError::conflict(
        ErrorCode::NotPossibleInState,
        format!(
            "This {name} account is disconnected, so nothing can be done with it. Connect it again."
        ),
    )
}
