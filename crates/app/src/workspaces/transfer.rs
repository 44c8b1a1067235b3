//! Handing a workspace over.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, UserId, WorkspaceId};
use fanfare_store::members;
use serde_json::json;

use super::list::there;
use super::record::{Happened, record};
use crate::members::{locked, no_such_member};
use crate::{App, AppError, Caller, Result};

/// Makes another member the owner; the caller stays as an admin.
///
/// # Errors
/// `not_found` when the caller or the other is not a member, `forbidden` for who is no owner, `invalid_input` for handing it to oneself.
pub async fn transfer(
    app: &App,
    caller: &Caller,
    workspace: WorkspaceId,
    to: Option<UserId>,
) -> Result<()> {
    let (caller, _) = there(app, caller, workspace).await?;
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let own = locked(&mut tx, caller.user).await?;
    let caller = Caller {
        role: own.role,
        ..caller
    };
    caller.require(Action::WorkspaceDelete)?;
    let to = to.ok_or_else(no_such_member)?;
    if to == own.user {
        return Err(AppError::invalid_field(
            "user_id",
            fanfare_domain::ErrorCode::NotAllowed,
            "You own this workspace already. Choose another member.",
        ));
    }
    let other = members::get(&mut tx, to)
        .await
        .map_err(AppError::or_missing("member"))?;
    members::set_role(&mut tx, other.user, Role::Owner).await?;
    members::set_role(&mut tx, own.user, Role::Admin).await?;
    let happened = Happened {
        action: "workspace.transferred",
        subject_kind: "workspace",
        subject_id: workspace.to_string(),
        detail: json!({ "from_id": own.user, "to_id": other.user }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    Ok(tx.commit().await?)
}
