//! Taking an invitation back.

use fanfare_domain::InvitationId;
use fanfare_store::invitations;
use serde_json::json;

use crate::members::acting;
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// The link works no more.
///
/// # Errors
/// `not_found`.
pub async fn withdraw(app: &App, caller: &Caller, id: InvitationId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let caller = acting(&mut tx, caller).await?;
    let gone = invitations::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("invitation"))?;
    // Somebody may accept it right now, without waiting for us: then it is theirs.
    if !invitations::delete(&mut tx, id).await? {
        return Err(AppError::not_found("invitation"));
    }
    let happened = Happened {
        action: "invitation.withdrawn",
        subject_kind: "invitation",
        subject_id: id.to_string(),
        detail: json!({ "email": gone.email }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    Ok(tx.commit().await?)
}
