//! Another name for a workspace.

use fanfare_domain::{Action, ErrorCode, WorkspaceId};
use fanfare_store::audit;
use fanfare_store::workspaces::{self, Membership};

use super::name::valid_name;
use crate::audit::event;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// Renames any workspace that the caller owns or administers.
///
/// # Errors
/// `not_found` when they are not a member, `forbidden` when their role does not allow it, `invalid_input`.
pub async fn rename(
    app: &App,
    caller: &Caller,
    workspace: WorkspaceId,
    name: &str,
) -> Result<Membership> {
    let own = super::list(app, caller).await?;
    let Some(before) = own.into_iter().find(|one| one.workspace == workspace) else {
        return Err(AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            "There is no such workspace, or you are not a member of it.",
        ));
    };
    let there = Caller {
        workspace,
        role: before.role,
        ..caller.clone()
    };
    there.require(Action::WorkspaceSettings)?;
    let name = valid_name("name", name).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    workspaces::rename(&mut tx, &name).await?;
    let event = event(
        now,
        caller.actor(),
        "workspace.renamed",
        ("workspace", workspace),
        serde_json::json!({ "from": before.name, "to": name }),
    );
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(Membership { name, ..before })
}
