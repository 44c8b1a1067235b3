//! The workspaces that a person is a member of.

use fanfare_domain::{ErrorCode, WorkspaceId};
use fanfare_store::workspaces::{self, Membership};

use crate::{App, AppError, Caller, Person, RefusalKind, Result};

/// All of the caller's workspaces, whichever they act in. A key knows its own only.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Membership>> {
    let mut tx = app.store.as_system("a person's workspaces").read().await?;
    let mut own = workspaces::of_user(&mut tx, caller.user).await?;
    if caller.session().is_none() {
        own.retain(|one| one.workspace == caller.workspace);
    }
    Ok(own)
}

/// One of a person's workspaces.
///
/// # Errors
/// `not_found` when they are not a member.
pub async fn own(app: &App, person: &Person, workspace: WorkspaceId) -> Result<Membership> {
    let mut tx = app.store.as_system("a person's workspaces").read().await?;
    one_of(
        workspaces::of_user(&mut tx, person.user.id).await?,
        workspace,
    )
}

/// The caller as what they are in that workspace, and the workspace as they see it.
///
/// # Errors
/// `not_found`; `two_factor_required`.
pub(super) async fn there(
    app: &App,
    caller: &Caller,
    workspace: WorkspaceId,
) -> Result<(Caller, Membership)> {
    let membership = one_of(list(app, caller).await?, workspace)?;
    Ok((caller.there(&membership)?, membership))
}

fn one_of(own: Vec<Membership>, workspace: WorkspaceId) -> Result<Membership> {
    own.into_iter()
        .find(|one| one.workspace == workspace)
        .ok_or_else(not_yours)
}

/// Whether there is such a workspace is nobody else's business.
pub(crate) fn not_yours() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "There is no such workspace, or you are not a member of it.",
    )
}
