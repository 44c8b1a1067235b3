//! Asking for an archive, looking how far it is, and fetching it.

use std::path::PathBuf;

use anyhow::Context as _;
use fanfare_domain::{ErrorCode, ExportId, JobId};
use fanfare_store::exports::{self, Export, ExportState};
use fanfare_store::jobs::{self, NewJob};
use jiff::SignedDuration;
use serde_json::json;

use super::make::{Ids, KIND};
use crate::idempotency::note_made;
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// An archive is there for so long, from when it was asked for.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Archives of one workspace at once; each is as large as its library.
const MOST: u32 = 3;

/// The bytes of an archive.
#[derive(Debug, Clone)]
pub struct ExportFile {
    pub path: PathBuf,
    pub name: String,
}

/// Has the caller's workspace put into an archive.
///
/// # Errors
/// `conflict` while there are as many as may be.
pub async fn ask(app: &App, caller: &Caller) -> Result<Export> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    fanfare_store::workspaces::lock(&mut tx).await?;
    if exports::list(&mut tx, None, MOST).await?.len() >= MOST as usize {
        let detail = format!("There are {MOST} archives already. Delete one of them first.");
        return Err(AppError::conflict(ErrorCode::OutOfRange, detail));
    }
    let export = Export {
        id: ExportId::new(now),
        asked_by: Some(caller.user),
        asked_by_name: caller.name.clone(),
        state: ExportState::Making,
        files: 0,
        files_done: 0,
        bytes: 0,
        created_at: now,
        finished_at: None,
        expires_at: now + KEPT,
    };
    exports::insert(&mut tx, &export).await?;
    let id = export.id.to_string();
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(caller.workspace),
        kind: KIND,
        payload: serde_json::to_string(&Ids { export: export.id }).context("writing a job down")?,
        key: None,
        due_at: now,
    };
    jobs::enqueue(&mut tx, job, now).await?;
    tell(&mut tx, caller, "workspace.export_asked", export.id, app).await?;
    note_made(&mut tx, caller, "export", &id).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(export)
}

/// The workspace's archives before `before`, the newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<ExportId>,
    limit: u32,
) -> Result<Vec<Export>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(exports::list(&mut tx, before, limit).await?)
}

/// One archive.
///
/// # Errors
/// `not_found`.
pub async fn read(app: &App, caller: &Caller, id: ExportId) -> Result<Export> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = exports::find(&mut tx, id).await?;
    found
        .filter(|export| export.expires_at > app.now())
        .ok_or_else(|| AppError::not_found("archive"))
}

/// The bytes of an archive, which the audit log notes: they are all that there is.
///
/// # Errors
/// `not_found`; `not_possible_in_state` before it is ready.
pub async fn file(app: &App, caller: &Caller, id: ExportId) -> Result<ExportFile> {
    let export = read(app, caller, id).await?;
    if export.state != ExportState::Ready {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "This archive is not ready. Wait until it is, or ask for another one.",
        ));
    }
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    tell(&mut tx, caller, "workspace.export_fetched", id, app).await?;
    tx.commit().await?;
    Ok(ExportFile {
        path: app.local_files.export_path(id),
        name: format!("fanfare-{}.zip", export.created_at.strftime("%Y-%m-%d")),
    })
}

/// Deletes an archive before its time.
///
/// # Errors
/// `not_found`.
pub async fn delete(app: &App, caller: &Caller, id: ExportId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !exports::delete(&mut tx, id).await? {
        return Err(AppError::not_found("archive"));
    }
    tell(&mut tx, caller, "workspace.export_deleted", id, app).await?;
    tx.commit().await?;
    app.local_files
        .delete_export(id)
        .await
        .context("deleting an archive")?;
    Ok(())
}

async fn tell(
    tx: &mut fanfare_store::WorkspaceTx,
    caller: &Caller,
    action: &str,
    id: ExportId,
    app: &App,
) -> Result<()> {
    let happened = Happened {
        action,
        subject_kind: "export",
        subject_id: id.to_string(),
        detail: json!({}),
    };
    record(tx, caller.actor(), happened, app.now()).await
}
