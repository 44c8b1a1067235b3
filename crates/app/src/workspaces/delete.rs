//! Deleting a workspace with everything in it.
//!
//! The row of the workspace goes, and by the foreign keys of their tables (`ON DELETE CASCADE`) everything that names it: members,
//! invitations, API keys and what was done with them, connections with their sealed tokens, channels, posts with deliveries, versions,
//! comments and series, the library's rows, templates, filters, kept answers, archives, the audit log, and jobs. A job that runs at that moment finds
//! its row gone at its next save, and saves nothing. Sessions are not of the workspace: they are told to choose another one.
//!
//! What platforms sent as requests belongs to the installation, because one may tell of several workspaces. Those that told of this one
//! alone go with it; the others end by retention.
//!
//! That it was deleted, and by whom, stands in the installation's audit log from then on.
//!
//! What no foreign key reaches is given back after the commit: the bytes of the library's files, and the grants at the platforms. If the
//! program ends before, the bytes are swept as files that no row knows; files of unfinished uploads always go that way.

use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::{Action, ErrorCode, ExportId, MediaId, WorkspaceId};
use fanfare_store::audit::{self, Actor};
use fanfare_store::connections::{self, Connection};
use fanfare_store::{WorkspaceTx, exports, media, sessions, webhook_receipts, workspaces};
use serde_json::json;
use tokio::time::timeout;

use super::list::there;
use crate::audit::event;
use crate::connections::give_back_grant;
use crate::members::locked;
use crate::undisturbed::undisturbed;
use crate::{App, AppError, Caller, Result};

const PAGE: u32 = 1_000;
/// Files go on being deleted when it is over.
const CLEARING_WAITED_FOR: Duration = Duration::from_secs(10);

/// Deletes a workspace for good. Its name, typed, proves that this one is meant.
///
/// # Errors
/// `not_found` when the caller is not a member, `forbidden` for who is no owner, `invalid_input` for another name.
pub async fn delete(
    app: &Arc<App>,
    caller: &Caller,
    workspace: WorkspaceId,
    typed: &str,
) -> Result<()> {
    let (caller, _) = there(app, caller, workspace).await?;
    let name = undisturbed(|| delete_as(app, &caller, workspace, typed)).await?;
    tracing::info!(%workspace, name, by = %caller.user, "a workspace is deleted");
    Ok(())
}

/// Answers its name.
async fn delete_as(
    app: &Arc<App>,
    caller: &Caller,
    workspace: WorkspaceId,
    typed: &str,
) -> Result<String> {
    let mut tx = begin(app, workspace).await?;
    let own = locked(&mut tx, caller.user).await?;
    let caller = Caller {
        role: own.role,
        ..caller.clone()
    };
    caller.require(Action::WorkspaceDelete)?;
    let name = workspaces::name(&mut tx).await?;
    if typed.trim() != name {
        let detail = format!("This is not its name. Type “{name}” to delete the workspace.");
        return Err(AppError::invalid_field(
            "name",
            ErrorCode::NotAllowed,
            detail,
        ));
    }
    delete_whole(app, tx, &caller.actor()).await?;
    Ok(name)
}

/// A transaction in which a workspace can be deleted: it sees the installation's audit log too.
pub(crate) async fn begin(app: &App, workspace: WorkspaceId) -> Result<WorkspaceTx> {
    let tx = app
        .store
        .as_system("a workspace is deleted")
        .write()
        .await?;
    Ok(tx.into_workspace(workspace))
}

/// Deletes the transaction's workspace, commits, and gives back what its rows led to.
pub(crate) async fn delete_whole(app: &Arc<App>, mut tx: WorkspaceTx, by: &Actor) -> Result<()> {
    let left = Left {
        files: files(&mut tx).await?,
        grants: grants(&mut tx).await?,
        exports: exports::list(&mut tx, None, PAGE)
            .await?
            .iter()
            .map(|one| one.id)
            .collect(),
    };
    let workspace = tx.workspace();
    let mut detail = json!({ "files": left.files.len() });
    // One that goes with its last person is often called after them.
    if by.id.is_some() {
        detail["name"] = json!(workspaces::name(&mut tx).await?);
    }
    let deleted = event(
        app.now(),
        by.clone(),
        "workspace.deleted",
        ("workspace", workspace),
        detail,
    );
    audit::record_for_installation_in(&mut tx, &deleted);
    webhook_receipts::delete_of_workspace(&mut tx).await?;
    workspaces::delete(&mut tx).await?;
    sessions::turn_all_away(&mut tx).await?;
    tx.commit().await?;
    // Tasks of their own, which go on when the caller hangs up.
    let Left {
        files,
        grants,
        exports,
    } = left;
    tokio::spawn(give_back(Arc::clone(app), grants));
    let clearing = tokio::spawn(delete_files(Arc::clone(app), files, exports));
    if let Ok(Err(error)) = timeout(CLEARING_WAITED_FOR, clearing).await {
        tracing::error!(%error, "files of a deleted workspace wait to be swept");
    }
    Ok(())
}

/// What the database's rows led to.
struct Left {
    files: Vec<String>,
    grants: Vec<(Connection, Vec<u8>)>,
    exports: Vec<ExportId>,
}

async fn delete_files(app: Arc<App>, files: Vec<String>, exports: Vec<ExportId>) {
    for id in exports {
        if let Err(error) = app.local_files.delete_export(id).await {
            tracing::warn!(%id, %error, "an archive of a deleted workspace waits to be swept");
        }
    }
    for key in &files {
        if let Err(error) = app.media_files.delete(key).await {
            tracing::warn!(key, %error, "a file of a deleted workspace waits to be swept");
        }
    }
}

/// Nobody waits for the platforms' answers, and none of them is needed.
async fn give_back(app: Arc<App>, grants: Vec<(Connection, Vec<u8>)>) {
    for (connection, sealed) in grants {
        give_back_grant(&app, &connection, &sealed).await;
    }
}

async fn files(tx: &mut WorkspaceTx) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut after: Option<MediaId> = None;
    loop {
        let page = media::keys(tx, after, PAGE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(files);
        };
        after = Some(*last);
        files.extend(page.into_iter().flat_map(|(_, keys)| keys));
    }
}

async fn grants(tx: &mut WorkspaceTx) -> Result<Vec<(Connection, Vec<u8>)>> {
    let mut grants = Vec::new();
    let mut after = None;
    loop {
        let page = connections::list(tx, None, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(grants);
        };
        after = Some(last.id);
        for connection in page {
            if let Some(sealed) = connections::sealed_credentials(tx, connection.id).await? {
                grants.push((connection, sealed));
            }
        }
    }
}
