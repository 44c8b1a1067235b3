//! Folders of the library: made, renamed, moved, deleted.

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, MediaFolderId};
use fanfare_store::audit;
use fanfare_store::media_folders::{self, MediaFolder};
use fanfare_store::{StoreError, WorkspaceTx};
use serde_json::{Value, json};

use crate::audit::event;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// Folders of a workspace.
const MOST: u32 = 1_000;
/// Folders in one another.
const DEEPEST: usize = 5;
const LONGEST_NAME: usize = 80;

/// What a folder changes to; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct FolderChange {
    pub name: Option<String>,
    /// `Some(None)` is the top.
    pub parent: Option<Option<MediaFolderId>>,
}

/// All folders, in order of their names.
///
/// # Errors
/// Only when the database fails.
pub async fn folders(app: &App, caller: &Caller) -> Result<Vec<MediaFolder>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(media_folders::all(&mut tx, MOST).await?)
}

/// One folder.
///
/// # Errors
/// `not_found`.
pub async fn folder(app: &App, caller: &Caller, id: MediaFolderId) -> Result<MediaFolder> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = media_folders::find(&mut tx, id).await?;
    found.ok_or_else(|| AppError::not_found("folder"))
}

/// Makes a folder.
///
/// # Errors
/// Bad names, `name_taken`, `unknown_folder` for the parent, `out_of_range` when it would lie too deep.
pub async fn create_folder(
    app: &App,
    caller: &Caller,
    name: &str,
    parent: Option<MediaFolderId>,
) -> Result<MediaFolder> {
    let now = app.now();
    let folder = MediaFolder {
        id: MediaFolderId::new(now),
        parent_id: parent,
        name: checked(name)?,
        created_by: Some(caller.user),
        created_at: now,
        files: 0,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let all = media_folders::all(&mut tx, MOST).await?;
    if all.len() >= MOST as usize {
        return Err(AppError::conflict(
            ErrorCode::Conflict,
            format!("There are {MOST} folders already, the most there can be. Delete one first."),
        ));
    }
    lock_parent(&mut tx, parent).await?;
    fits(&folder, &all)?;
    media_folders::insert(&mut tx, &folder)
        .await
        .map_err(taken_meanwhile)?;
    note_made(&mut tx, caller, "media_folder", &folder.id.to_string()).await?;
    let detail = json!({ "name": folder.name, "parent_id": parent.map(|id| id.to_string()) });
    record(
        app,
        &mut tx,
        caller,
        "media_folder.created",
        &folder,
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(folder)
}

/// Renames a folder, or moves it with all that lies in it.
///
/// # Errors
/// `not_found`, and all of [`create_folder`]; `not_allowed` when it would lie in itself.
pub async fn change_folder(
    app: &App,
    caller: &Caller,
    id: MediaFolderId,
    change: FolderChange,
) -> Result<MediaFolder> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let before = locked(&mut tx, id).await?;
    let mut folder = before.clone();
    if let Some(name) = &change.name {
        folder.name = checked(name)?;
    }
    if let Some(parent) = change.parent {
        lock_parent(&mut tx, parent).await?;
        folder.parent_id = parent;
    }
    if folder == before {
        return Ok(before);
    }
    let all = media_folders::all(&mut tx, MOST).await?;
    fits(&folder, &all)?;
    media_folders::update(&mut tx, &folder)
        .await
        .map_err(taken_meanwhile)?;
    let detail =
        json!({ "name": folder.name, "parent_id": folder.parent_id.map(|id| id.to_string()) });
    record(
        app,
        &mut tx,
        caller,
        "media_folder.changed",
        &folder,
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(folder)
}

/// Deletes a folder. With `move_up`, what lies in it moves to where it lay; without, it has to be empty.
///
/// # Errors
/// `not_found`, `folder_not_empty`, and `name_taken` when a folder inside has the name of one above.
pub async fn delete_folder(
    app: &App,
    caller: &Caller,
    id: MediaFolderId,
    move_up: bool,
) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let folder = locked(&mut tx, id).await?;
    let all = media_folders::all(&mut tx, MOST).await?;
    let inside: Vec<_> = all
        .iter()
        .filter(|each| each.parent_id == Some(id))
        .collect();
    if !move_up && (folder.files > 0 || !inside.is_empty()) {
        return Err(AppError::conflict(
            ErrorCode::FolderNotEmpty,
            format!(
                "“{}” is not empty: {}. Move that elsewhere first, or have it moved up.",
                folder.name,
                content_in_words(folder.files, inside.len())
            ),
        ));
    }
    for each in &inside {
        let moved = MediaFolder {
            parent_id: folder.parent_id,
            ..(*each).clone()
        };
        let others: Vec<_> = all.iter().filter(|other| other.id != id).cloned().collect();
        unlike_its_neighbours(&moved, &others)?;
    }
    media_folders::move_content(&mut tx, id, folder.parent_id)
        .await
        .map_err(taken_meanwhile)?;
    media_folders::delete(&mut tx, id).await?;
    let detail = json!({ "name": folder.name, "files_moved_up": folder.files });
    record(
        app,
        &mut tx,
        caller,
        "media_folder.deleted",
        &folder,
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The folder and all below it.
pub(super) async fn with_those_below(
    tx: &mut WorkspaceTx,
    id: MediaFolderId,
) -> Result<Vec<MediaFolderId>> {
    let all = media_folders::all(tx, MOST).await?;
    let mut found = vec![id];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(
            all.iter()
                .filter(|folder| folder.parent_id == Some(parent) && !found.contains(&folder.id))
                .map(|folder| folder.id)
                .collect::<Vec<_>>(),
        );
        at += 1;
    }
    Ok(found)
}

/// Refuses a folder that is not there. `field` is where it stands in the input.
pub(super) async fn require(
    tx: &mut WorkspaceTx,
    field: &str,
    folder: Option<MediaFolderId>,
) -> Result<()> {
    let Some(id) = folder else { return Ok(()) };
    match media_folders::find(tx, id).await? {
        Some(_) => Ok(()),
        None => Err(unknown(field)),
    }
}

/// `unknown_folder`.
#[must_use]
pub fn unknown(field: &str) -> AppError {
    AppError::invalid_field(
        field,
        ErrorCode::UnknownFolder,
        "There is no such folder in this workspace; it may have been deleted.",
    )
}

async fn locked(tx: &mut WorkspaceTx, id: MediaFolderId) -> Result<MediaFolder> {
    let missing = || AppError::not_found("folder");
    if !media_folders::lock(tx, id).await? {
        return Err(missing());
    }
    media_folders::find(tx, id).await?.ok_or_else(missing)
}

async fn lock_parent(tx: &mut WorkspaceTx, parent: Option<MediaFolderId>) -> Result<()> {
    match parent {
        Some(id) if !media_folders::lock(tx, id).await? => Err(unknown("parent_id")),
        _ => Ok(()),
    }
}

fn checked(name: &str) -> Result<String> {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = name.chars().count();
    let (code, detail) = match length {
        0 => (ErrorCode::Required, "A folder needs a name.".to_owned()),
        1..=LONGEST_NAME => return Ok(name),
        _ => (
            ErrorCode::TooLong,
            format!("The name has {length} characters; at most {LONGEST_NAME} are taken."),
        ),
    };
    Err(AppError::invalid_field("name", code, detail))
}

/// Whether the folder, with all that lies in it, may be where it says.
fn fits(folder: &MediaFolder, all: &[MediaFolder]) -> Result<()> {
    let by_id: BTreeMap<_, _> = all.iter().map(|each| (each.id, each)).collect();
    let mut above = 0;
    let mut next = folder.parent_id;
    while let Some(id) = next {
        above += 1;
        if id == folder.id || above > all.len() {
            return Err(AppError::invalid_field(
                "parent_id",
                ErrorCode::NotAllowed,
                format!(
                    "“{}” cannot be moved into itself or a folder inside it.",
                    folder.name
                ),
            ));
        }
        next = by_id.get(&id).and_then(|parent| parent.parent_id);
    }
    if above + height(folder.id, all) > DEEPEST {
        return Err(AppError::invalid_field(
            "parent_id",
            ErrorCode::OutOfRange,
            format!("Folders can lie {DEEPEST} deep in one another, and this would be deeper."),
        ));
    }
    unlike_its_neighbours(folder, all)
}

/// How many levels the folder and those below it take.
fn height(id: MediaFolderId, all: &[MediaFolder]) -> usize {
    let below = all.iter().filter(|folder| folder.parent_id == Some(id));
    1 + below
        .map(|folder| height(folder.id, all))
        .max()
        .unwrap_or(0)
}

fn unlike_its_neighbours(folder: &MediaFolder, all: &[MediaFolder]) -> Result<()> {
    let key = folder.name.to_lowercase();
    let is_taken = all.iter().any(|other| {
        other.id != folder.id
            && other.parent_id == folder.parent_id
            && other.name.to_lowercase() == key
    });
    if is_taken {
        return Err(taken(&folder.name));
    }
    Ok(())
}

fn taken(name: &str) -> AppError {
    AppError::invalid_field(
        "name",
        ErrorCode::NameTaken,
        format!(
            "There is a folder named “{name}” already. Choose another name, or rename that one first."
        ),
    )
}

/// Somebody was faster by a moment.
fn taken_meanwhile(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(_) => AppError::refused(
            RefusalKind::Conflict,
            ErrorCode::NameTaken,
            "Somebody has just made a folder of that name there. Choose another name.",
        ),
        other => other.into(),
    }
}

fn content_in_words(files: i64, folders: usize) -> String {
    let files = match files {
        0 => None,
        1 => Some("1 file lies in it".to_owned()),
        several => Some(format!("{several} files lie in it")),
    };
    let folders = match folders {
        0 => None,
        1 => Some("1 folder lies in it".to_owned()),
        several => Some(format!("{several} folders lie in it")),
    };
    let both: Vec<_> = files.into_iter().chain(folders).collect();
    both.join(" and ")
}

async fn record(
    app: &App,
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    folder: &MediaFolder,
    detail: Value,
) -> Result<()> {
    let now = app.now();
    let event = event(
        now,
        caller.actor(),
        action,
        ("media_folder", folder.id),
        detail,
    );
    Ok(audit::record(tx, &event).await?)
}
