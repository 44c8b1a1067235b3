//! Adding a file to the library.

use std::path::Path;

use fanfare_domain::media_files::{content_key, thumbnail_key};
use fanfare_domain::{MediaFolderId, MediaId, UserId, WorkspaceId};
use fanfare_store::audit::{self, Actor};
use fanfare_store::media::Media;
use fanfare_store::{media, media_folders, media_imports, media_uploads};
use serde_json::json;

use super::inspect::{Inspected, inspect};
use super::local_files::Incoming;
use super::{alt, file_name, folders};
use crate::audit::event;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

/// What is known of a new file besides its bytes.
pub(super) struct About {
    /// As the audit log calls what happened.
    pub action: &'static str,
    pub name: String,
    /// Checked.
    pub alt: String,
    /// Where it goes; nowhere in particular if that folder is gone by then.
    pub folder: Option<MediaFolderId>,
    pub tags: Vec<String>,
    pub derived_from: Option<MediaId>,
    /// Where it was fetched.
    pub source: Option<String>,
    /// It is added only if it is still wanted, and is over then.
    pub is_imported: bool,
}

/// On whose behalf a file is added.
pub(super) struct By<'a> {
    pub workspace: WorkspaceId,
    /// Absent when they have left by now.
    pub user: Option<UserId>,
    pub actor: Actor,
    /// Whoever waits for the answer.
    pub caller: Option<&'a Caller>,
}

impl<'a> From<&'a Caller> for By<'a> {
    fn from(caller: &'a Caller) -> Self {
        Self {
            workspace: caller.workspace,
            user: Some(caller.user),
            actor: caller.actor(),
            caller: Some(caller),
        }
    }
}

impl About {
    pub(super) fn new(action: &'static str, name: String, alt: String) -> Self {
        Self {
            action,
            name,
            alt,
            folder: None,
            tags: Vec::new(),
            derived_from: None,
            source: None,
            is_imported: false,
        }
    }
}

/// Adds a file that was received. `name` is only shown; what the file is, its bytes say.
///
/// # Errors
/// `unsupported_file`, `unreadable_file`, `picture_too_large`, `file_too_large`, `unknown_folder`, and `too_long` for the
/// alternative text.
pub async fn add(
    app: &App,
    caller: &Caller,
    file: Incoming,
    name: &str,
    alt: &str,
    folder: Option<MediaFolderId>,
) -> Result<Media> {
    let alt = alt::checked(alt)?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    folders::require(&mut tx, "folder_id", folder).await?;
    drop(tx);
    let about = About {
        folder,
        ..About::new("media.uploaded", name.to_owned(), alt)
    };
    add_new(app, caller, file.path(), about).await
}

/// Adds the file at `path` under an id of its own.
pub(super) async fn add_new(
    app: &App,
    caller: &Caller,
    path: &Path,
    about: About,
) -> Result<Media> {
    add_file(app, caller.into(), MediaId::new(app.now()), path, about).await
}

/// Adds the file at `path`, which is moved away from there or may be deleted.
pub(super) async fn add_file(
    app: &App,
    by: By<'_>,
    id: MediaId,
    path: &Path,
    about: About,
) -> Result<Media> {
    let inspected = inspect(&app.local_files, path).await?;
    let mut media = Media {
        id,
        kind: inspected.kind,
        mime: inspected.file_type.mime().to_owned(),
        bytes: inspected.bytes,
        width: inspected.width,
        height: inspected.height,
        duration_millis: inspected.duration_millis,
        codec: inspected.codec.clone(),
        alt: about.alt.clone(),
        file_name: file_name::shown(&about.name),
        sha256: inspected.sha256.clone(),
        storage_key: content_key(id, inspected.file_type.extension()),
        thumbnail_key: inspected
            .thumbnail
            .as_ref()
            .map(|(_, file_type)| thumbnail_key(id, file_type.extension())),
        created_by: by.user,
        created_at: app.now(),
        folder_id: about.folder,
        derived_from: about.derived_from,
        tags: about.tags.clone(),
        used_in: 0,
    };
    keep(app, path, &inspected, &media)
        .await
        .map_err(|error| AppError::media_unavailable(&error))?;
    // From here to the commit the files have no row; if we die, the sweep finds them.
    record(app, by, &mut media, &about).await?;
    Ok(media)
}

async fn keep(app: &App, path: &Path, inspected: &Inspected, media: &Media) -> std::io::Result<()> {
    let content = inspected.cleaned.as_ref().map_or(path, Incoming::path);
    app.media_files.keep(content, &media.storage_key).await?;
    if let (Some((file, _)), Some(key)) = (&inspected.thumbnail, &media.thumbnail_key) {
        app.media_files.keep(file.path(), key).await?;
    }
    Ok(())
}

async fn record(app: &App, by: By<'_>, media: &mut Media, about: &About) -> Result<()> {
    let mut detail = json!({
        "file_name": media.file_name,
        "mime": media.mime,
        "bytes": media.bytes,
        "sha256": media.sha256,
    });
    if let Some(original) = media.derived_from {
        detail["derived_from"] = json!(original.to_string());
    }
    if let Some(source) = &about.source {
        detail["source"] = json!(source);
    }
    let event = event(
        media.created_at,
        by.actor,
        about.action,
        ("media", media.id),
        detail,
    );
    let mut tx = app.store.in_workspace(by.workspace).write().await?;
    if let Some(folder) = media.folder_id
        && !media_folders::lock(&mut tx, folder).await?
    {
        media.folder_id = None;
    }
    media::insert(&mut tx, media).await?;
    // Nothing, unless the file came in pieces.
    media_uploads::delete(&mut tx, media.id).await?;
    if about.is_imported && !media_imports::delete(&mut tx, media.id).await? {
        return Err(AppError::not_found("import"));
    }
    audit::record(&mut tx, &event).await?;
    if let Some(caller) = by.caller {
        note_made(&mut tx, caller, "media", &media.id.to_string()).await?;
    }
    tx.commit().await?;
    Ok(())
}
