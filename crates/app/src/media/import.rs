//! Taking files from a connected account into the library.
//!
//! The person looks through the account (`browse`), and asks for a file. A job fetches it (`fetch`), because a film may take longer than
//! anybody waits for an answer. Until it has arrived it is an import; then it is in the library, under the same id.

mod account;
mod browse;
mod download;
mod fetch;
mod places;

use fanfare_domain::{ConnectionId, ErrorCode, JobId, MediaFolderId, MediaId};
use fanfare_platform_kit::roles::RemoteFileKind;
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::media_imports::{self, ImportState, MediaImport};
use fanfare_store::{WorkspaceTx, media};
use jiff::Timestamp;
use serde_json::json;

pub use browse::{Listing, browse};
pub(crate) use fetch::FetchImport;

use super::pace::keep_pace;
use super::{Media, alt, file_name, folders, local_files, sizes};
use crate::error::RefusalKind;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

/// Imports that one workspace may have under way.
const MOST_UNDER_WAY: u64 = 200;

/// What to take, and what to say of it.
#[derive(Debug, Clone)]
pub struct NewImport {
    pub connection: ConnectionId,
    /// What the platform calls the file.
    pub file: String,
    pub alt: String,
    pub folder: Option<MediaFolderId>,
}

/// What has become of an import.
#[derive(Debug, Clone)]
pub enum Imported {
    OnItsWay(Box<MediaImport>),
    /// It is in the library.
    Arrived(Box<Media>),
}

/// Has a file of a connected account fetched.
///
/// # Errors
/// `not_found` for the connection, `not_possible_in_state` when it has no files, `remote_file_not_found`, `file_too_large`, `unknown_folder`,
/// `too_long` for the alternative text, `too_many_requests`, and what the platform says.
pub async fn begin(app: &App, caller: &Caller, new: NewImport) -> Result<MediaImport> {
    let alt = alt::checked(&new.alt)?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    folders::require(&mut tx, "folder_id", new.folder).await?;
    drop(tx);
    keep_pace(app, caller).await?;
    let mut account = account::Account::open(app, caller.workspace, new.connection).await?;
    let file = account.describe(&new.file).await?;
    if file.kind == RemoteFileKind::Folder {
        let detail = "This is a folder. Choose the pictures and videos in it.";
        return Err(AppError::invalid_field(
            "file_id",
            ErrorCode::NotAllowed,
            detail,
        ));
    }
    let limit = app.config.upload_limit;
    if file.bytes.is_some_and(|bytes| bytes > limit) {
        return Err(sizes::too_large("The file", limit));
    }
    let now = app.now();
    let import = MediaImport {
        id: MediaId::new(now),
        connection_id: new.connection,
        remote_id: file.id,
        file_name: file_name::shown(&file.name),
        alt,
        folder_id: new.folder,
        state: ImportState::Waiting,
        bytes: file.bytes,
        received: 0,
        version: None,
        checked: false,
        failures: 0,
        spoilt: 0,
        error: None,
        created_by: Some(caller.user),
        created_by_name: caller.actor().name,
        created_at: now,
        expires_at: now + fetch::TIME_TO_LOOK,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if media_imports::count_under_way(&mut tx).await? >= MOST_UNDER_WAY {
        return Err(too_many());
    }
    media_imports::insert(&mut tx, &import).await?;
    plan(&mut tx, import.id, now).await?;
    note_made(&mut tx, caller, "import", &import.id.to_string()).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(import)
}

/// Those that have not arrived, newest first, from before `before`.
///
/// # Errors
/// When the database fails.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<MediaId>,
    limit: u32,
) -> Result<Vec<MediaImport>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(media_imports::list(&mut tx, before, limit).await?)
}

/// What has become of one.
///
/// # Errors
/// `not_found`, also when it was called off or forgotten.
pub async fn get(app: &App, caller: &Caller, id: MediaId) -> Result<Imported> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    if let Some(import) = media_imports::find(&mut tx, id).await? {
        return Ok(Imported::OnItsWay(Box::new(import)));
    }
    let media = media::find(&mut tx, id).await?.ok_or_else(no_import)?;
    Ok(Imported::Arrived(Box::new(media)))
}

/// Tries one again that was given up.
///
/// # Errors
/// `not_found`; `not_possible_in_state` when it is not given up.
pub async fn retry(app: &App, caller: &Caller, id: MediaId) -> Result<MediaImport> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let found = media_imports::find(&mut tx, id).await?;
    found.ok_or_else(no_import)?;
    if !media_imports::restart(&mut tx, id).await? {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "It is on its way already.",
        ));
    }
    plan(&mut tx, id, app.now()).await?;
    let restarted = media_imports::find(&mut tx, id).await?;
    tx.commit().await?;
    app.jobs.ring();
    restarted.ok_or_else(no_import)
}

/// Calls one off, with what has come of it.
///
/// # Errors
/// `not_found`, also when it has arrived.
pub async fn cancel(app: &App, caller: &Caller, id: MediaId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !media_imports::delete(&mut tx, id).await? {
        return Err(no_import());
    }
    tx.commit().await?;
    // Whoever is fetching it notices at the next look, and the sweep finds what they wrote until then.
    if let Err(error) = local_files::remove(&app.local_files.upload_path(id)).await {
        tracing::warn!(%error, "what came of an import could not be removed");
    }
    Ok(())
}

async fn plan(tx: &mut WorkspaceTx, id: MediaId, now: Timestamp) -> Result<()> {
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(tx.workspace()),
        kind: fetch::KIND,
        payload: json!(fetch::Ids { import: id }).to_string(),
        key: Some(format!("{}:{id}", fetch::KIND)),
        due_at: now,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

fn no_import() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "There is no such import in this workspace, or it was called off.",
    )
}

fn too_many() -> AppError {
    AppError::refused(
        RefusalKind::TooMany {
            retry_after_seconds: 60,
        },
        ErrorCode::TooManyRequests,
        format!(
            "{MOST_UNDER_WAY} files are on their way already. Wait until some have arrived, or call some off."
        ),
    )
}
