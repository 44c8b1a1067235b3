//! Gathers what a platform needs to carry out one delivery.

use fanfare_domain::{ChannelId, ErrorCode, WorkspaceId};
use fanfare_platform_kit::roles::Outgoing;
use fanfare_platform_kit::{Advice, Credentials, PlatformError};
use fanfare_store::channels::{self, Channel};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::media::{self, Media};
use fanfare_store::posts::{self, Post, PostMedia};
use jiff::SignedDuration;

use super::pause::{LOOK_AFTER, is_paused};
use crate::App;
use crate::connections::channel_ref;
use crate::connections::refresh::{GrantError, fresh_credentials, refresh_connection};

/// Platforms' clocks and ours differ by no more than this.
const LOOKED_BACK: SignedDuration = SignedDuration::from_mins(10);

/// Either everything that is needed, or what stands in the way in words.
pub(super) async fn prepare(
    app: &App,
    workspace: WorkspaceId,
    delivery: &Delivery,
) -> anyhow::Result<Result<Outgoing, PlatformError>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let channel = channels::get(&mut tx, delivery.channel_id).await?;
    if let Some(error) = not_ready(&channel, app.now()) {
        return Ok(Err(error));
    }
    let post = posts::get(&mut tx, delivery.post_id).await?;
    let items: Vec<PostMedia> = posts::media_of(&mut tx, &[post.id])
        .await?
        .into_iter()
        .map(|(_, item)| item)
        .collect();
    let ids: Vec<_> = items.iter().map(|item| item.media_id).collect();
    let files = media::many(&mut tx, &ids).await?;
    drop(tx);
    let taken = taken(app, workspace, delivery).await?;

    match credentials(app, workspace, channel.id).await? {
        Ok(credentials) => {
            let whole =
                assemble(app, delivery, &channel, &post, &items, &files, credentials).await?;
            Ok(whole.map(|outgoing| Outgoing { taken, ..outgoing }))
        }
        Err(error) => Ok(Err(error)),
    }
}

/// What other deliveries account for, when this one may have to be looked for: then two posts of the same words are not
/// taken for each other.
pub(super) async fn taken(
    app: &App,
    workspace: WorkspaceId,
    delivery: &Delivery,
) -> anyhow::Result<Vec<String>> {
    let Some(began_at) = delivery.began_at else {
        return Ok(Vec::new());
    };
    if delivery.intended_at.is_none() && delivery.attempts < 2 {
        return Ok(Vec::new());
    }
    let since = began_at - LOOKED_BACK;
    let channel = delivery.channel_id;
    let mut tx = app.store.in_workspace(workspace).read().await?;
    Ok(deliveries::remote_ids_since(&mut tx, channel, delivery.id, since).await?)
}

/// The channel's own credentials, or the connection's, refreshed first when they are about to expire.
pub(super) async fn credentials(
    app: &App,
    workspace: WorkspaceId,
    channel: ChannelId,
) -> anyhow::Result<Result<Credentials, PlatformError>> {
    match fresh_credentials(app, workspace, channel).await {
        Ok(credentials) => Ok(Ok(credentials)),
        Err(GrantError::Platform(error)) => Ok(Err(error)),
        Err(GrantError::Other(error)) => Err(error.into()),
    }
}

/// Refreshes the channel's connection, whatever its expiry says, and hands over the new credentials.
pub(super) async fn renewed(
    app: &App,
    workspace: WorkspaceId,
    channel: ChannelId,
) -> anyhow::Result<Result<Credentials, PlatformError>> {
    let connection = {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        channels::get(&mut tx, channel).await?.connection_id
    };
    match refresh_connection(app, workspace, connection, true).await {
        Ok(()) => credentials(app, workspace, channel).await,
        Err(GrantError::Platform(error)) => Ok(Err(error)),
        Err(GrantError::Other(error)) => Err(error.into()),
    }
}

/// Why nothing can be asked of the platform on this channel now.
pub(super) fn not_ready(channel: &Channel, now: jiff::Timestamp) -> Option<PlatformError> {
    if channel.removed_at.is_some() {
        return Some(PlatformError::new(
            Advice::Reconnect,
            ErrorCode::ChannelRemoved,
            "The channel was disconnected. Connect it again, then try again; nothing was posted.",
            "channel removed",
        ));
    }
    if !channel.enabled {
        return Some(PlatformError::new(
            Advice::Permanent,
            ErrorCode::ChannelDisabled,
            "The channel is switched off. Switch it on under Connections, then try again; nothing was posted.",
            "channel disabled",
        ));
    }
    if is_paused(channel) {
        return Some(PlatformError::new(
            Advice::Retry {
                after: Some(LOOK_AFTER),
            },
            ErrorCode::ChannelPaused,
            "It is tried again after the channel is resumed.",
            "channel paused",
        ));
    }
    let until = channel.limited_until.filter(|until| *until > now)?;
    Some(PlatformError::new(
        Advice::RateLimited {
            until,
            scope: fanfare_platform_kit::RateScope::Channel,
        },
        ErrorCode::PlatformRateLimited,
        "The platform asks for fewer calls on this channel. It goes on by itself later.",
        "channel limited",
    ))
}

async fn assemble(
    app: &App,
    delivery: &Delivery,
    channel: &Channel,
    post: &Post,
    items: &[PostMedia],
    files: &[Media],
    credentials: Credentials,
) -> anyhow::Result<Result<Outgoing, PlatformError>> {
    let mut outgoing_media = Vec::new();
    for item in items {
        let Some(file) = files.iter().find(|file| file.id == item.media_id) else {
            return Ok(Err(missing(format!("media {} missing", item.media_id))));
        };
        let alt = Some(item.alt.as_str()).filter(|alt| !alt.is_empty());
        outgoing_media.push(crate::media::outgoing(app, file, alt));
    }
    Ok(Ok(Outgoing {
        delivery_id: delivery.id.to_string(),
        channel: channel_ref(channel),
        credentials,
        text: delivery
            .variant_text
            .clone()
            .unwrap_or_else(|| post.text.clone()),
        media: outgoing_media,
        options: delivery.options.as_object().cloned().unwrap_or_default(),
        due_at: delivery.due_at.unwrap_or(delivery.created_at),
        began_at: delivery.began_at.unwrap_or_else(|| app.now()),
        taken: Vec::new(),
    }))
}

fn missing(log: String) -> PlatformError {
    PlatformError::new(
        Advice::FixContent {
            field: "media".to_owned(),
        },
        ErrorCode::MediaMissing,
        "A picture or video of this post is gone. Upload it again and edit the post; nothing was posted.",
        log,
    )
}
