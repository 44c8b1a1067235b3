//! Connections and channels as people see them. Tokens are not even loaded.

use std::collections::BTreeMap;

use fanfare_domain::{ChannelId, ConnectionId, ConnectionStatus};
use fanfare_platform_kit::content::Options;
use fanfare_platform_kit::manifest::ContentRules;
use fanfare_store::WorkspaceTx;
use fanfare_store::channels::{self, Channel};
use fanfare_store::connections::checks::{self, Check};
use fanfare_store::connections::settings::{self, Settings};
use fanfare_store::connections::{self, Connection};
use jiff::Timestamp;

use super::channels::channel_ref;
use super::scopes::{self, Permission};
use super::settings::{option_defaults, with_defaults};
use crate::{App, AppError, Caller, Result};

/// A connection, what it means now, and its channels.
#[derive(Debug, Clone)]
pub struct ConnectionView {
    pub connection: Connection,
    pub status: ConnectionStatus,
    /// Permissions that publishing needs and that were not given.
    pub missing_scopes: Vec<String>,
    /// What was granted against what is asked for.
    pub permissions: Vec<Permission>,
    /// The latest look at its health that is finished.
    pub last_check: Option<Check>,
    pub channels: Vec<ChannelView>,
}

/// A channel, and what it takes.
#[derive(Debug, Clone)]
pub struct ChannelView {
    pub channel: Channel,
    /// Its connection's.
    pub status: ConnectionStatus,
    /// With its connection's defaults in the place of the platform's.
    pub rules: ContentRules,
    /// What its options are when a post leaves them out, where the connection settles it.
    pub option_defaults: Options,
    /// Absent once that time has passed.
    pub limited_until: Option<Timestamp>,
}

/// Up to `limit` connections from after `after`, in the order they were made; given back ones included, so that they can be
/// connected again.
pub async fn list_connections(
    app: &App,
    caller: &Caller,
    platform: Option<&str>,
    after: Option<ConnectionId>,
    limit: u32,
) -> Result<Vec<ConnectionView>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let mut views = Vec::new();
    for connection in connections::list(&mut tx, platform, after, limit).await? {
        views.push(view_connection(app, &mut tx, connection).await?);
    }
    Ok(views)
}

/// One connection.
///
/// # Errors
/// `not_found`.
pub async fn read_connection(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
) -> Result<ConnectionView> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    view_connection(app, &mut tx, connection).await
}

/// Up to `limit` channels from after `after`, in the workspace's order.
pub async fn list_channels(
    app: &App,
    caller: &Caller,
    after: Option<ChannelId>,
    limit: u32,
) -> Result<Vec<ChannelView>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = channels::list(&mut tx, after, limit).await?;
    let mut owners: Vec<_> = found.iter().map(|channel| channel.connection_id).collect();
    owners.sort_unstable();
    owners.dedup();
    let settled: BTreeMap<_, _> = settings::many(&mut tx, &owners)
        .await?
        .into_iter()
        .collect();
    let owners: BTreeMap<_, _> = connections::many(&mut tx, &owners)
        .await?
        .into_iter()
        .map(|connection| (connection.id, connection))
        .collect();
    Ok(found
        .into_iter()
        .filter_map(|channel| {
            let settings = settled.get(&channel.connection_id).cloned();
            let owner = owners.get(&channel.connection_id)?;
            view_channel(app, owner, channel, settings.unwrap_or_default())
        })
        .collect())
}

/// One channel.
///
/// # Errors
/// `not_found`, also when it was removed.
pub async fn read_channel(app: &App, caller: &Caller, id: ChannelId) -> Result<ChannelView> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let channel = channels::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "channel"))?;
    let connection = connections::get(&mut tx, channel.connection_id).await?;
    let settings = settings::get(&mut tx, connection.id).await?;
    Some(channel)
        .filter(|channel| channel.removed_at.is_none())
        .and_then(|channel| view_channel(app, &connection, channel, settings))
        .ok_or_else(|| AppError::not_found("channel"))
}

async fn view_connection(
    app: &App,
    tx: &mut WorkspaceTx,
    connection: Connection,
) -> Result<ConnectionView> {
    let settings = settings::get(tx, connection.id).await?;
    let channels: Vec<_> = channels::of_connection(tx, connection.id)
        .await?
        .into_iter()
        .filter_map(|channel| view_channel(app, &connection, channel, settings.clone()))
        .collect();
    let checks = checks::list(tx, connection.id, None, 2).await?;
    let manifest = app
        .platforms
        .get(connection.platform.as_str())
        .map(|one| one.manifest());
    Ok(ConnectionView {
        status: connection.status_at(app.now()),
        missing_scopes: manifest
            .map(|manifest| scopes::missing(manifest, &connection.scopes))
            .unwrap_or_default(),
        permissions: manifest
            .map(|manifest| scopes::permissions(manifest, &connection.scopes))
            .unwrap_or_default(),
        last_check: checks.into_iter().find(|check| check.finished_at.is_some()),
        channels,
        connection,
    })
}

/// Absent when this version of Fanfare does not know the platform, or cannot publish to it.
fn view_channel(
    app: &App,
    connection: &Connection,
    channel: Channel,
    settings: Settings,
) -> Option<ChannelView> {
    let platform = app.platforms.get(channel.platform.as_str())?;
    let defaults = option_defaults(platform.manifest(), settings);
    let rules = platform
        .publish()?
        .rules(&channel_ref(&channel), &defaults)
        .into_owned();
    let now = app.now();
    Some(ChannelView {
        status: connection.status_at(now),
        rules: with_defaults(rules, &defaults),
        option_defaults: defaults,
        limited_until: channel.limited_until.filter(|until| *until > now),
        channel,
    })
}

pub(super) fn missing(error: fanfare_store::StoreError, what: &str) -> AppError {
    match error {
        fanfare_store::StoreError::NotFound => AppError::not_found(what),
        other => other.into(),
    }
}
