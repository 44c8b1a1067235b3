//! Changing what people say of a file: its name, its alternative text, its folder and its tags.

use fanfare_domain::{ErrorCode, MediaFolderId, MediaId};
use fanfare_store::audit;
use fanfare_store::media::{self, Media};
use fanfare_store::media_folders;
use serde_json::{Map, Value, json};

use super::{alt, file_name, folders, tags};
use crate::audit::event;
use crate::{App, AppError, Caller, Result};

/// What a file changes to; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct MediaChange {
    /// Posts that have a text of their own keep it.
    pub alt: Option<String>,
    pub file_name: Option<String>,
    /// `Some(None)` takes it out of its folder.
    pub folder: Option<Option<MediaFolderId>>,
    /// All of them; or, below, some more and some fewer.
    pub tags: Option<Vec<String>>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
}

const LONGEST_NAME: usize = 255;

/// Changes a file.
///
/// # Errors
/// `not_found`, `unknown_folder`, and `too_long` or `required` for what is written.
pub async fn change(app: &App, caller: &Caller, id: MediaId, change: MediaChange) -> Result<Media> {
    let now = app.now();
    let missing = || AppError::not_found("picture or video");
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !media::lock(&mut tx, id).await? {
        return Err(missing());
    }
    let before = media::find(&mut tx, id).await?.ok_or_else(missing)?;
    let after = changed(&before, &change)?;
    if let Some(folder) = after.folder_id
        && after.folder_id != before.folder_id
        && !media_folders::lock(&mut tx, folder).await?
    {
        return Err(folders::unknown("folder_id"));
    }
    let detail = differences(&before, &after);
    if detail.is_empty() {
        return Ok(before);
    }
    media::update(&mut tx, &after).await?;
    let event = event(
        now,
        caller.actor(),
        "media.changed",
        ("media", id),
        Value::Object(detail),
    );
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(after)
}

fn changed(before: &Media, change: &MediaChange) -> Result<Media> {
    let mut after = before.clone();
    if let Some(alt) = &change.alt {
        after.alt = alt::checked(alt)?;
    }
    if let Some(name) = &change.file_name {
        after.file_name = checked_name(name)?;
    }
    if let Some(folder) = change.folder {
        after.folder_id = folder;
    }
    if let Some(tags) = &change.tags {
        after.tags = tags::checked("tags", tags)?;
    }
    let removed = tags::checked("remove_tags", &change.remove_tags)?;
    after.tags.retain(|tag| !removed.contains(tag));
    after
        .tags
        .extend(tags::checked("add_tags", &change.add_tags)?);
    after.tags.sort();
    after.tags.dedup();
    tags::few_enough("add_tags", &after.tags)?;
    Ok(after)
}

fn checked_name(name: &str) -> Result<String> {
    let length = name.trim().chars().count();
    let (code, detail) = match length {
        0 => (ErrorCode::Required, "A file needs a name.".to_owned()),
        1..=LONGEST_NAME => return Ok(file_name::shown(name.trim())),
        _ => (
            ErrorCode::TooLong,
            format!("The name has {length} characters; at most {LONGEST_NAME} are taken."),
        ),
    };
    Err(AppError::invalid_field("file_name", code, detail))
}

/// What is new, for the audit log.
fn differences(before: &Media, after: &Media) -> Map<String, Value> {
    let mut detail = Map::new();
    if before.alt != after.alt {
        detail.insert("alt".to_owned(), json!(after.alt));
    }
    if before.file_name != after.file_name {
        detail.insert("file_name".to_owned(), json!(after.file_name));
    }
    if before.folder_id != after.folder_id {
        let folder = after.folder_id.map(|id| id.to_string());
        detail.insert("folder_id".to_owned(), json!(folder));
    }
    if before.tags != after.tags {
        detail.insert("tags".to_owned(), json!(after.tags));
    }
    detail
}
