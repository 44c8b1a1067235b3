//! The pictures of connections and channels.

use fanfare_domain::{ChannelId, ConnectionId};
use fanfare_store::{channels, connections};

use super::read::missing;
use crate::avatars::{Avatar, avatar};
use crate::{App, AppError, Caller, Result};

/// A connection's picture.
///
/// # Errors
/// `not_found`, also when it has none that can be shown.
pub async fn connection_avatar(app: &App, caller: &Caller, id: ConnectionId) -> Result<Avatar> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    drop(tx);
    avatar(app, connection.avatar_url.as_deref()).await
}

/// A channel's picture.
///
/// # Errors
/// `not_found`, also when the channel was removed or has none that can be shown.
pub async fn channel_avatar(app: &App, caller: &Caller, id: ChannelId) -> Result<Avatar> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let channel = channels::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "channel"))?;
    drop(tx);
    if channel.removed_at.is_some() {
        return Err(AppError::not_found("channel"));
    }
    avatar(app, channel.avatar_url.as_deref()).await
}
