//! Another role for a member.

use fanfare_domain::UserId;
use fanfare_domain::role::Role;
use fanfare_store::members::{self, Member};
use serde_json::json;

use super::rules::{acting, refuse_last_owner, refuse_making_owner};
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// Gives a member another role; it counts from their next request on, and for their keys.
///
/// # Errors
/// `not_found`; `forbidden` where an owner is needed; `last_owner`.
pub async fn change_role(app: &App, caller: &Caller, user: UserId, role: Role) -> Result<Member> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let caller = acting(&mut tx, caller).await?;
    let before = members::get(&mut tx, user)
        .await
        .map_err(AppError::or_missing("member"))?;
    if before.role == role {
        return Ok(before);
    }
    refuse_making_owner(&caller, &[before.role, role])?;
    if before.role == Role::Owner {
        refuse_last_owner(&mut tx, user).await?;
    }
    members::set_role(&mut tx, user, role).await?;
    let happened = Happened {
        action: "member.role_changed",
        subject_kind: "user",
        subject_id: user.to_string(),
        detail: json!({ "name": before.name, "from": before.role, "to": role }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    tx.commit().await?;
    Ok(Member { role, ..before })
}
