//! Groups of channels that are chosen together.

use fanfare_domain::{ChannelGroupId, ChannelId, ErrorCode};
use fanfare_store::{WorkspaceTx, audit, channel_groups, channels, workspaces};
use jiff::Timestamp;
use serde_json::json;

use super::order::refuse_wrong;
use crate::audit::event;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

pub use fanfare_store::channel_groups::ChannelGroup;

const LONGEST_NAME: usize = 60;
const MOST: usize = 100;
const LIMIT: u32 = 1_000;

/// What a person changes; absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct GroupChange {
    pub name: Option<String>,
    pub channels: Option<Vec<ChannelId>>,
    /// Its place among the groups, from 0; beyond the last means the last.
    pub position: Option<u32>,
}

/// All groups, in their order.
pub async fn list_groups(app: &App, caller: &Caller) -> Result<Vec<ChannelGroup>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(channel_groups::list(&mut tx, LIMIT).await?)
}

/// One group.
///
/// # Errors
/// `not_found`.
pub async fn read_group(app: &App, caller: &Caller, id: ChannelGroupId) -> Result<ChannelGroup> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    find(&mut tx, id).await
}

/// Adds a group at the end.
///
/// # Errors
/// Bad names, unknown channels; `out_of_range` when there are too many groups.
pub async fn create_group(
    app: &App,
    caller: &Caller,
    name: &str,
    wanted: &[ChannelId],
) -> Result<ChannelGroup> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let present = channel_groups::list(&mut tx, LIMIT).await?;
    if present.len() >= MOST {
        let detail = format!("A workspace has up to {MOST} groups. Delete one first.");
        return Err(AppError::invalid_field(
            "name",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let name = check_name(name, &present, None)?;
    check_channels(&mut tx, wanted).await?;
    let id = ChannelGroupId::new(now);
    let last = present.iter().map(|group| group.position).max();
    channel_groups::insert(&mut tx, id, &name, last.map_or(0, |last| last + 1), now).await?;
    channel_groups::set_channels(&mut tx, id, wanted).await?;
    record(&mut tx, caller, "channel_group.created", id, &name, now).await?;
    note_made(&mut tx, caller, "channel_group", &id.to_string()).await?;
    let group = find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(group)
}

/// Renames a group, changes its channels, or moves it.
///
/// # Errors
/// `not_found`; otherwise as [`create_group`].
pub async fn change_group(
    app: &App,
    caller: &Caller,
    id: ChannelGroupId,
    change: &GroupChange,
) -> Result<ChannelGroup> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    // Two who move groups at once do it one after the other.
    workspaces::lock(&mut tx).await?;
    let mut present = channel_groups::list(&mut tx, LIMIT).await?;
    let at = present
        .iter()
        .position(|group| group.id == id)
        .ok_or_else(|| AppError::not_found("group"))?;
    let name = match &change.name {
        Some(name) => check_name(name, &present, Some(id))?,
        None => present[at].name.clone(),
    };
    if let Some(wanted) = &change.channels {
        check_channels(&mut tx, wanted).await?;
        channel_groups::set_channels(&mut tx, id, wanted).await?;
    }
    let mut moved = present.remove(at);
    moved.name.clone_from(&name);
    let to = change
        .position
        .map_or(at, |to| present.len().min(to as usize));
    present.insert(to, moved);
    for (position, group) in (0_i64..).zip(&present) {
        if group.id == id || group.position != position {
            channel_groups::update(&mut tx, group.id, &group.name, position, now).await?;
        }
    }
    record(&mut tx, caller, "channel_group.changed", id, &name, now).await?;
    let group = find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(group)
}

/// Deletes a group; its channels stay.
///
/// # Errors
/// `not_found`.
pub async fn delete_group(app: &App, caller: &Caller, id: ChannelGroupId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let group = find(&mut tx, id).await?;
    channel_groups::delete(&mut tx, id).await?;
    record(
        &mut tx,
        caller,
        "channel_group.deleted",
        id,
        &group.name,
        now,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn find(tx: &mut WorkspaceTx, id: ChannelGroupId) -> Result<ChannelGroup> {
    let groups = channel_groups::list(tx, LIMIT).await?;
    groups
        .into_iter()
        .find(|group| group.id == id)
        .ok_or_else(|| AppError::not_found("group"))
}

async fn check_channels(tx: &mut WorkspaceTx, wanted: &[ChannelId]) -> Result<()> {
    let known = channels::many(tx, wanted).await?;
    let known: Vec<ChannelId> = known
        .iter()
        .filter(|channel| channel.removed_at.is_none())
        .map(|channel| channel.id)
        .collect();
    refuse_wrong(&known, wanted)
}

fn check_name(
    name: &str,
    present: &[ChannelGroup],
    itself: Option<ChannelGroupId>,
) -> Result<String> {
    let name = name.trim();
    let wrong = |code, detail: String| Err(AppError::invalid_field("name", code, detail));
    if name.is_empty() {
        return wrong(ErrorCode::TooShort, "Give the group a name.".to_owned());
    }
    if name.chars().count() > LONGEST_NAME {
        let detail = format!("A name may have up to {LONGEST_NAME} characters.");
        return wrong(ErrorCode::TooLong, detail);
    }
    let same = |group: &&ChannelGroup| {
        Some(group.id) != itself && group.name.to_lowercase() == name.to_lowercase()
    };
    if let Some(group) = present.iter().find(same) {
        let detail = format!("There is a group called {} already.", group.name);
        return wrong(ErrorCode::Duplicate, detail);
    }
    Ok(name.to_owned())
}

async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    id: ChannelGroupId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    let event = event(
        now,
        caller.actor(),
        action,
        ("channel_group", id),
        json!({ "name": name }),
    );
    Ok(audit::record(tx, &event).await?)
}
