//! What a workspace is called, and what it asks of its members.

use fanfare_domain::{Action, ErrorCode, UserId, WorkspaceId};
use fanfare_store::workspaces::{self, Membership};
use fanfare_store::{WorkspaceTx, members};
use serde_json::json;

use super::list::there;
use super::name::valid_name;
use super::record::{Happened, record};
use crate::{App, AppError, Caller, RefusalKind, Result};

/// What is absent stays.
#[derive(Debug, Clone, Default)]
pub struct WorkspaceChange {
    pub name: Option<String>,
    pub requires_two_factor: Option<bool>,
}

/// Changes any workspace that the caller owns or administers.
///
/// # Errors
/// `not_found` when they are not a member, `forbidden` when their role does not allow it, `invalid_input`.
pub async fn change(
    app: &App,
    caller: &Caller,
    workspace: WorkspaceId,
    change: WorkspaceChange,
) -> Result<Membership> {
    let (caller, before) = there(app, caller, workspace).await?;
    caller.require(Action::WorkspaceSettings)?;
    refuse_by_key(&caller, &change)?;
    let name = change.name.map(|name| valid_name("name", &name));
    let name = name
        .transpose()
        .map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let mut after = before.clone();
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let about = |action, detail| Happened {
        action,
        subject_kind: "workspace",
        subject_id: workspace.to_string(),
        detail,
    };
    if let Some(name) = name {
        workspaces::rename(&mut tx, &name).await?;
        let detail = json!({ "from": before.name, "to": name });
        let news = about("workspace.renamed", detail);
        record(&mut tx, caller.actor(), news, now).await?;
        after.name = name;
    }
    if let Some(is_required) = change.requires_two_factor {
        if is_required {
            refuse_without_own(&mut tx, caller.user).await?;
        }
        workspaces::require_two_factor(&mut tx, is_required).await?;
        let detail = json!({ "required": is_required });
        let news = about("workspace.two_factor_requirement_changed", detail);
        record(&mut tx, caller.actor(), news, now).await?;
        after.requires_two_factor = is_required;
    }
    tx.commit().await?;
    Ok(after)
}

/// Who asks it of others without having it would shut themselves out at once.
async fn refuse_without_own(tx: &mut WorkspaceTx, user: UserId) -> Result<()> {
    if members::get(tx, user).await?.two_factor {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::TwoFactorRequired,
        "Set up two-factor authentication for your own account first; then you can ask it of the others.",
    ))
}

/// A key that leaked must not be able to take a wall down.
fn refuse_by_key(caller: &Caller, change: &WorkspaceChange) -> Result<()> {
    if change.requires_two_factor.is_none() || caller.session().is_some() {
        return Ok(());
    }
    Err(AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::Forbidden,
        "No API key may say whether members need a second factor. Sign in and do it yourself.",
    ))
}
