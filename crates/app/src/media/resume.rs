//! Large files in pieces. Each piece is safe on disk before it is acknowledged, so an upload goes on where it stopped, whether the
//! browser, the network or Fanfare itself stopped it.

use std::fs::TryLockError;
use std::io::{self, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use fanfare_domain::{ErrorCode, MediaFolderId, MediaId};
use fanfare_store::media::Media;
use fanfare_store::media_uploads::MediaUpload;
use fanfare_store::{media, media_uploads};
use futures::Stream;
use jiff::SignedDuration;
use tokio::fs::File;
use tokio::io::AsyncSeekExt;

use super::add::{About, add_file};
use super::pace::keep_pace;
use super::receive::{Written, broken_off, write};
use super::{alt, file_name, folders, local_files, sizes};
use crate::error::RefusalKind;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

/// The largest piece.
pub const PIECE_BYTES: u64 = 8 << 20;

const TIME_TO_FINISH: SignedDuration = SignedDuration::from_hours(24);
/// Uploads that one workspace may have under way.
const MOST_UNDER_WAY: u64 = 50;

/// A file that will come in pieces.
#[derive(Debug, Clone)]
pub struct NewUpload {
    pub file_name: String,
    pub bytes: u64,
    pub alt: String,
    pub folder: Option<MediaFolderId>,
}

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub id: MediaId,
    /// Where the next piece begins.
    pub offset: u64,
    /// Of the whole file.
    pub bytes: u64,
}

/// What a piece came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Appended {
    /// The next piece begins there.
    Received(u64),
    /// It was the last one.
    Complete(Box<Media>),
    /// Nothing was taken, because the next piece begins there.
    Misplaced(u64),
}

/// Begins an upload.
///
/// # Errors
/// `empty_file`, `file_too_large`, `too_long` for the alternative text, `unknown_folder`, `too_many_requests`.
pub async fn begin(app: &App, caller: &Caller, new: NewUpload) -> Result<MediaUpload> {
    if new.bytes == 0 {
        return Err(sizes::empty());
    }
    if new.bytes > app.config.upload_limit {
        return Err(sizes::too_large("The file", app.config.upload_limit));
    }
    keep_pace(app, caller).await?;
    let now = app.now();
    let upload = MediaUpload {
        id: MediaId::new(now),
        file_name: file_name::shown(&new.file_name),
        alt: alt::checked(&new.alt)?,
        folder_id: new.folder,
        bytes: new.bytes,
        received: 0,
        created_by: Some(caller.user),
        created_at: now,
        expires_at: now + TIME_TO_FINISH,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if media_uploads::count(&mut tx, now).await? >= MOST_UNDER_WAY {
        return Err(too_many());
    }
    folders::require(&mut tx, "folder_id", new.folder).await?;
    media_uploads::insert(&mut tx, &upload).await?;
    note_made(&mut tx, caller, "upload", &upload.id.to_string()).await?;
    tx.commit().await?;
    // After the row: a file without one would be swept away.
    File::create(app.local_files.upload_path(upload.id))
        .await
        .map_err(anyhow::Error::from)?;
    Ok(upload)
}

/// An upload that is under way.
///
/// # Errors
/// `not_found`, also when it is complete or its time is over.
pub async fn upload(app: &App, caller: &Caller, id: MediaId) -> Result<MediaUpload> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = media_uploads::find(&mut tx, id, app.now()).await?;
    found.ok_or_else(no_upload)
}

/// How far an upload is. One that is complete still answers.
///
/// # Errors
/// `not_found`, also when its time is over.
pub async fn progress(app: &App, caller: &Caller, id: MediaId) -> Result<Progress> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    if let Some(upload) = media_uploads::find(&mut tx, id, app.now()).await? {
        return Ok(Progress {
            id,
            offset: upload.received,
            bytes: upload.bytes,
        });
    }
    let media = media::find(&mut tx, id).await?.ok_or_else(no_upload)?;
    Ok(Progress {
        id,
        offset: media.bytes,
        bytes: media.bytes,
    })
}

/// Takes the piece that begins at `offset`. After the last one the file is looked at and added; a sender who missed that answer
/// sends an empty piece and hears it again.
///
/// # Errors
/// `not_found`, `conflict` while another piece is under way, `payload_too_large` for more than [`PIECE_BYTES`] or more than was
/// announced; after the last piece all of [`super::add()`], and then the upload is over unless it may pass.
pub async fn append(
    app: &Arc<App>,
    caller: &Caller,
    id: MediaId,
    offset: u64,
    piece: impl Stream<Item = io::Result<Bytes>>,
) -> Result<Appended> {
    let path = app.local_files.upload_path(id);
    let file = lock(&path)?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let upload = media_uploads::find(&mut tx, id, app.now()).await?;
    let done = media::find(&mut tx, id).await?;
    drop(tx);

    let upload = match (upload, done) {
        (_, Some(media)) => return Ok(Appended::Complete(Box::new(media))),
        (None, None) => return Err(no_upload()),
        (Some(upload), None) => upload,
    };
    let Some(mut file) = file else {
        forget(app, caller, id).await?;
        return Err(no_upload());
    };
    if offset != upload.received {
        return Ok(Appended::Misplaced(upload.received));
    }
    let received = upload.received + take(&mut file, &upload, piece).await?;
    advance(app, caller, &upload, received).await?;
    if received < upload.bytes {
        return Ok(Appended::Received(received));
    }
    let (app, caller) = (Arc::clone(app), caller.clone());
    // A task of its own, which goes on when the sender hangs up, and holds the file as long: they hear of it when they ask again.
    let finishing = tokio::spawn(async move {
        let finished = finish(&app, &caller, &upload, &path).await;
        drop(file);
        finished
    });
    finishing.await.map_err(anyhow::Error::from)?
}

/// Gives an upload up, and throws away what came of it.
///
/// # Errors
/// `not_found`.
pub async fn cancel(app: &App, caller: &Caller, id: MediaId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let upload = media_uploads::find(&mut tx, id, app.now()).await?;
    drop(tx);
    upload.ok_or_else(no_upload)?;
    forget(app, caller, id).await
}

/// Opens the file for this piece alone. Absent when there is none: finished, never begun, or lost.
fn lock(path: &Path) -> Result<Option<File>> {
    let file = match std::fs::OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(anyhow::Error::from(error).into()),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(File::from_std(file))),
        Err(TryLockError::WouldBlock) => Err(AppError::conflict(
            ErrorCode::Conflict,
            "Another piece of this file is being received. Wait a moment and ask how far it is.",
        )),
        Err(TryLockError::Error(error)) => Err(anyhow::Error::from(error).into()),
    }
}

/// Writes the piece and answers how long it is. What an interrupted piece left behind is overwritten.
async fn take(
    file: &mut File,
    upload: &MediaUpload,
    piece: impl Stream<Item = io::Result<Bytes>>,
) -> Result<u64> {
    file.set_len(upload.received)
        .await
        .map_err(anyhow::Error::from)?;
    file.seek(SeekFrom::Start(upload.received))
        .await
        .map_err(anyhow::Error::from)?;
    let missing = upload.bytes - upload.received;
    let written = match write(file, piece, missing.min(PIECE_BYTES)).await? {
        Written::All(written) => written,
        Written::TooMuch => return Err(too_much(missing)),
        Written::BrokenOff(error) => return Err(broken_off(&error)),
    };
    file.sync_data().await.map_err(anyhow::Error::from)?;
    Ok(written)
}

async fn advance(app: &App, caller: &Caller, upload: &MediaUpload, received: u64) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !media_uploads::advance(&mut tx, upload.id, upload.received, received).await? {
        return Err(no_upload());
    }
    Ok(tx.commit().await?)
}

async fn finish(app: &App, caller: &Caller, upload: &MediaUpload, path: &Path) -> Result<Appended> {
    let about = About {
        folder: upload.folder_id,
        ..About::new(
            "media.uploaded",
            upload.file_name.clone(),
            upload.alt.clone(),
        )
    };
    match add_file(app, caller.into(), upload.id, path, about).await {
        Ok(media) => {
            remove(path).await;
            Ok(Appended::Complete(Box::new(media)))
        }
        Err(AppError::Refused(refusal)) if !refusal.may_pass() => {
            forget(app, caller, upload.id).await?;
            Err(AppError::Refused(refusal))
        }
        // Not the file's fault: all of it is here, and an empty piece tries again.
        Err(broken) => Err(broken),
    }
}

async fn forget(app: &App, caller: &Caller, id: MediaId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    media_uploads::delete(&mut tx, id).await?;
    tx.commit().await?;
    remove(&app.local_files.upload_path(id)).await;
    Ok(())
}

/// What cannot be deleted is left to the sweep.
async fn remove(path: &Path) {
    if let Err(error) = local_files::remove(path).await {
        tracing::warn!(%error, "an upload's pieces could not be removed");
    }
}

fn no_upload() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "There is no such upload: it was refused, or not finished within a day. Begin again.",
    )
}

fn too_many() -> AppError {
    AppError::refused(
        RefusalKind::TooMany {
            retry_after_seconds: 600,
        },
        ErrorCode::TooManyRequests,
        format!("{MOST_UNDER_WAY} uploads are under way. Finish some of them first."),
    )
}

fn too_much(missing: u64) -> AppError {
    let detail = if missing < PIECE_BYTES {
        format!(
            "More was sent than the {} that are missing of the announced size.",
            sizes::words(missing)
        )
    } else {
        format!("A piece may have at most {}.", sizes::words(PIECE_BYTES))
    };
    AppError::refused(RefusalKind::TooLarge, ErrorCode::PayloadTooLarge, detail)
}
