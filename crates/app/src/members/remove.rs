//! Removing a member.

use fanfare_domain::UserId;
use fanfare_domain::role::Role;
use fanfare_store::members;
use serde_json::json;

use super::rules::{acting, part, refuse_last_owner, refuse_making_owner};
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// Takes a member out of the workspace, from their next request on. What they made stays; their API keys of it stop working.
///
/// # Errors
/// `not_found`; `forbidden` where an owner is needed; `last_owner`.
pub async fn remove(app: &App, caller: &Caller, user: UserId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let caller = acting(&mut tx, caller).await?;
    let gone = members::get(&mut tx, user)
        .await
        .map_err(AppError::or_missing("member"))?;
    refuse_making_owner(&caller, &[gone.role])?;
    if gone.role == Role::Owner {
        refuse_last_owner(&mut tx, user).await?;
    }
    part(&mut tx, user).await?;
    let happened = Happened {
        action: "member.removed",
        subject_kind: "user",
        subject_id: user.to_string(),
        detail: json!({ "name": gone.name, "email": gone.email, "role": gone.role }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    Ok(tx.commit().await?)
}
