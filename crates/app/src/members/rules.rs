//! What holds whoever changes the members of a workspace, decided in the transaction that does it: two people who act at once are heard
//! one after the other, so that two owners cannot remove each other.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, ErrorCode, UserId};
use fanfare_store::members::{self, Member};
use fanfare_store::{StoreError, WorkspaceTx, sessions, workspaces};

use crate::workspaces::not_yours;
use crate::{AppError, Caller, RefusalKind, Result};

/// The person as the member they are by now. Nobody else changes members or settings until the transaction ends.
///
/// # Errors
/// `not_found` when they are none, or the workspace is gone.
pub(crate) async fn locked(tx: &mut WorkspaceTx, user: UserId) -> Result<Member> {
    let or_not_yours = |error| match error {
        StoreError::NotFound => not_yours(),
        other => other.into(),
    };
    workspaces::lock(tx).await.map_err(or_not_yours)?;
    members::get(tx, user).await.map_err(or_not_yours)
}

/// The caller with the role that they have by now, if it lets them manage members.
///
/// # Errors
/// As [`locked`]; `forbidden`.
pub(crate) async fn acting(tx: &mut WorkspaceTx, caller: &Caller) -> Result<Caller> {
    let own = locked(tx, caller.user).await?;
    let caller = Caller {
        role: own.role,
        ..caller.clone()
    };
    caller.require(Action::MembersManage)?;
    Ok(caller)
}

/// Refuses to let anybody but an owner make or unmake an owner, be it by an invitation.
///
/// # Errors
/// `forbidden`.
pub(crate) fn refuse_making_owner(caller: &Caller, roles: &[Role]) -> Result<()> {
    if caller.role == Role::Owner || !roles.contains(&Role::Owner) {
        return Ok(());
    }
    Err(AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::Forbidden,
        "Only owners of the workspace decide who is an owner. Ask one of them.",
    ))
}

/// Refuses to leave a workspace without an owner who can sign in.
///
/// # Errors
/// `last_owner`.
pub(crate) async fn refuse_last_owner(tx: &mut WorkspaceTx, owner: UserId) -> Result<()> {
    let workspace = tx.workspace();
    if members::has_another_owner(tx, workspace, owner).await? {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::LastOwner,
        "A workspace needs an owner, and this is its only one. Make somebody else an owner first, or delete the workspace.",
    ))
}

/// Ends a membership: the person's sessions choose another workspace when they are used next, and their keys of this one have no owner.
pub(crate) async fn part(tx: &mut WorkspaceTx, user: UserId) -> Result<()> {
    members::remove(tx, user).await?;
    Ok(sessions::turn_away(tx, user).await?)
}

pub(crate) fn no_such_member() -> AppError {
    AppError::not_found("member")
}
