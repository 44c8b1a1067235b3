//! The open invitations of a workspace.

use fanfare_domain::InvitationId;
use fanfare_store::invitations::{self, Invitation};

use crate::{App, AppError, Caller, Result};

/// The newest first, with expired ones for a month.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<InvitationId>,
    limit: u32,
) -> Result<Vec<Invitation>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(invitations::list(&mut tx, before, limit).await?)
}

/// One invitation.
///
/// # Errors
/// `not_found`.
pub async fn read(app: &App, caller: &Caller, id: InvitationId) -> Result<Invitation> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    invitations::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("invitation"))
}
