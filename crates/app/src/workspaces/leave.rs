//! Leaving a workspace.

use fanfare_domain::WorkspaceId;
use fanfare_domain::role::Role;
use serde_json::json;

use super::record::{Happened, record};
use crate::members::{locked, part, refuse_last_owner};
use crate::{App, Person, Result};

/// Ends the person's membership. What they made stays; their API keys of that workspace stop working.
///
/// # Errors
/// `not_found` when they are not a member, `last_owner`.
pub async fn leave(app: &App, person: &Person, workspace: WorkspaceId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let own = locked(&mut tx, person.user.id).await?;
    if own.role == Role::Owner {
        refuse_last_owner(&mut tx, own.user).await?;
    }
    part(&mut tx, own.user).await?;
    let happened = Happened {
        action: "member.left",
        subject_kind: "user",
        subject_id: own.user.to_string(),
        detail: json!({ "name": own.name, "role": own.role }),
    };
    record(&mut tx, person.actor(), happened, now).await?;
    Ok(tx.commit().await?)
}
