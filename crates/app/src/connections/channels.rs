//! What a person changes about a channel, and how platforms' code is told of it.

use fanfare_domain::{ChannelId, ErrorCode};
use fanfare_platform_kit::roles::ChannelRef;
use fanfare_store::audit;
use fanfare_store::channels::{self, Channel, ChannelChange};
use serde_json::json;

use super::read::{self, ChannelView, missing};
use crate::audit::event;
use crate::{App, AppError, Caller, Result, hearing, publishing};

const LONGEST_NAME: usize = 100;

/// The channel, as far as a platform needs to know it.
#[must_use]
pub fn channel_ref(channel: &Channel) -> ChannelRef {
    ChannelRef {
        id: channel.id.to_string(),
        remote_id: channel.remote_id.clone(),
        name: channel.name.clone(),
        kind: channel.kind.clone(),
        limits: channel.limits.clone(),
    }
}

/// Renames, switches or pauses a channel.
///
/// # Errors
/// `not_found`; `too_short` or `too_long` for the name.
pub async fn change_channel(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    change: ChannelChange,
) -> Result<ChannelView> {
    let change = ChannelChange {
        name: change.name.as_deref().map(check_name).transpose()?,
        ..change
    };
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let before = channels::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "channel"))?;
    if before.removed_at.is_some() {
        return Err(AppError::not_found("channel"));
    }
    channels::change(&mut tx, id, &change, now).await?;
    if change.enabled == Some(true) && !before.enabled {
        hearing::listen_to(app, &mut tx, &before).await?;
    }
    if change.paused == Some(false) && before.paused {
        publishing::go_on(&mut tx, id, now).await?;
    }
    for action in actions(&before, &change) {
        let event = event(
            now,
            caller.actor(),
            action,
            ("channel", id),
            json!({"name": change.name.as_ref().unwrap_or(&before.name)}),
        );
        audit::record(&mut tx, &event).await?;
    }
    tx.commit().await?;
    app.jobs.ring();
    read::read_channel(app, caller, id).await
}

/// What the change comes to; nothing for what was so already.
fn actions(before: &Channel, change: &ChannelChange) -> Vec<&'static str> {
    let switched = |is: bool, wanted: Option<bool>, on, off| match wanted {
        Some(wanted) if wanted != is => Some(if wanted { on } else { off }),
        _ => None,
    };
    let renamed = change
        .name
        .as_ref()
        .is_some_and(|name| *name != before.name);
    [
        renamed.then_some("channel.renamed"),
        switched(
            before.enabled,
            change.enabled,
            "channel.enabled",
            "channel.disabled",
        ),
        switched(
            before.paused,
            change.paused,
            "channel.paused",
            "channel.resumed",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    let wrong = |code, detail: String| Err(AppError::invalid_field("name", code, detail));
    if name.is_empty() {
        return wrong(ErrorCode::TooShort, "Give the channel a name.".to_owned());
    }
    if name.chars().count() > LONGEST_NAME {
        let detail = format!("A name may have up to {LONGEST_NAME} characters.");
        return wrong(ErrorCode::TooLong, detail);
    }
    Ok(name.to_owned())
}
