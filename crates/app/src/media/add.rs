//! Adding a file to the library.

use std::path::Path;

use fanfare_domain::{AuditEventId, MediaId};
use fanfare_store::audit::{self, AuditEvent};
use fanfare_store::media::Media;
use fanfare_store::{media, media_uploads};
use serde_json::json;

use super::blobs::{Incoming, content_key, thumbnail_key};
use super::inspect::{Inspected, inspect};
use super::{alt, file_name};
use crate::{App, Caller, Result};

/// Adds a file that was received. `name` is only shown; what the file is, its bytes say.
///
/// # Errors
/// `unsupported_file`, `unreadable_file`, `picture_too_large`, `file_too_large`, and `too_long` for the alternative text.
pub async fn add(
    app: &App,
    caller: &Caller,
    file: Incoming,
    name: &str,
    alt: &str,
) -> Result<Media> {
    let alt = alt::checked(alt)?;
    let id = MediaId::new(app.now());
    add_file(app, caller, id, file.path(), name, alt).await
}

/// Adds the file at `path`, which is moved away from there or may be deleted.
pub(super) async fn add_file(
    app: &App,
    caller: &Caller,
    id: MediaId,
    path: &Path,
    name: &str,
    alt: String,
) -> Result<Media> {
    let inspected = inspect(&app.blobs, path).await?;
    let media = Media {
        id,
        kind: inspected.kind,
        mime: inspected.file_type.mime().to_owned(),
        bytes: inspected.bytes,
        width: inspected.width,
        height: inspected.height,
        duration_millis: inspected.duration_millis,
        codec: inspected.codec.clone(),
        alt,
        file_name: file_name::shown(name),
        sha256: inspected.sha256.clone(),
        storage_key: content_key(id, inspected.file_type.extension()),
        thumbnail_key: inspected
            .thumbnail
            .as_ref()
            .map(|(_, file_type)| thumbnail_key(id, file_type.extension())),
        created_by: Some(caller.user),
        created_at: app.now(),
        used_in: 0,
    };
    keep(app, path, &inspected, &media)
        .await
        .map_err(anyhow::Error::from)?;
    // From here to the commit the files have no row; if we die, the sweep finds them.
    record(app, caller, &media).await?;
    Ok(media)
}

async fn keep(app: &App, path: &Path, inspected: &Inspected, media: &Media) -> std::io::Result<()> {
    let content = inspected.cleaned.as_ref().map_or(path, Incoming::path);
    app.blobs.keep(content, &media.storage_key).await?;
    if let (Some((file, _)), Some(key)) = (&inspected.thumbnail, &media.thumbnail_key) {
        app.blobs.keep(file.path(), key).await?;
    }
    Ok(())
}

async fn record(app: &App, caller: &Caller, media: &Media) -> Result<()> {
    let event = AuditEvent {
        id: AuditEventId::new(media.created_at),
        at: media.created_at,
        actor: caller.actor(),
        action: "media.uploaded".to_owned(),
        subject_kind: "media".to_owned(),
        subject_id: media.id.to_string(),
        post_id: None,
        detail: json!({
            "file_name": media.file_name,
            "mime": media.mime,
            "bytes": media.bytes,
            "sha256": media.sha256,
        }),
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    media::insert(&mut tx, media).await?;
    // Nothing, unless the file came in pieces.
    media_uploads::delete(&mut tx, media.id).await?;
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(())
}
