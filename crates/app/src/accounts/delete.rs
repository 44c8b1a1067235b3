//! Deleting one's account, with everything that is only about oneself.

use std::sync::Arc;

use fanfare_domain::role::Role;
use fanfare_domain::{ErrorCode, Secret, UserId, WorkspaceId};
use fanfare_store::audit::{self, Actor};
use fanfare_store::users::User;
use fanfare_store::{
    StoreError, SystemTx, invitations, mail_messages, mail_suppressions, members, users, workspaces,
};
use serde_json::json;

use super::audit::record_for_installation_too;
use super::own::confirmed;
use super::two_factor;
use crate::members::locked;
use crate::undisturbed::undisturbed;
use crate::workspaces::{begin_deleting, delete_whole};
use crate::{App, AppError, Person, RefusalKind, Result};

/// Deletes the account for good. Workspaces in which nobody else is go with it; in others, what the person made stays, and the audit log
/// keeps that something happened but not who they were.
///
/// # Errors
/// `invalid_input` when the password is wrong; `code_invalid`; `last_owner`; `last_administrator`.
pub async fn delete_account(
    app: &Arc<App>,
    person: &Person,
    password: &Secret,
    code: Option<&str>,
) -> Result<()> {
    let user = confirmed(app, person, "password", password).await?;
    if user.two_factor_at.is_some() {
        let code = code.filter(|code| !code.is_empty()).ok_or_else(|| {
            let detail = "Enter a code of your device, or a backup code.";
            AppError::invalid_field("code", ErrorCode::Required, detail)
        })?;
        two_factor::pass(app, user.id, code).await?;
    }
    undisturbed(|| leave(app, person, &user)).await
}

async fn leave(app: &Arc<App>, person: &Person, user: &User) -> Result<()> {
    {
        // Before anything is deleted.
        let mut tx = app.store.as_system("may somebody leave").write().await?;
        refuse_last_administrator(&mut tx, user.id).await?;
    }
    let own = {
        let mut tx = app
            .store
            .as_system("workspaces of one who leaves")
            .read()
            .await?;
        workspaces::of_user(&mut tx, user.id).await?
    };
    let mut alone = Vec::new();
    for membership in own {
        if is_alone(app, person, membership.workspace).await? {
            alone.push(membership.workspace);
        }
    }
    let nobody = Actor {
        id: None,
        name: "Deleted account".to_owned(),
    };
    for workspace in alone {
        let tx = begin_deleting(app, workspace).await?;
        delete_whole(app, tx, &nobody).await?;
    }
    let now = app.now();
    let mut tx = app.store.as_system("an account is deleted").write().await?;
    refuse_last_of_all(&mut tx, user.id).await?;
    record_for_installation_too(&mut tx, &nobody, user, now, "user.deleted", json!({})).await?;
    audit::erase_person(&mut tx, user.id, &user.email, now).await?;
    users::delete(&mut tx, user.id).await?;
    forget_address(&mut tx, &user.email).await?;
    Ok(tx.commit().await?)
}

/// What was sent to the address before it had an account, and what is known of it by itself.
async fn forget_address(tx: &mut SystemTx, email: &str) -> Result<()> {
    invitations::delete_everywhere_for(tx, email).await?;
    mail_messages::delete_to(tx, email).await?;
    mail_suppressions::delete(tx, email).await?;
    Ok(())
}

/// Whether nobody else is in the workspace.
///
/// # Errors
/// `last_owner` when others are, but none of them is an owner.
async fn is_alone(app: &App, person: &Person, workspace: WorkspaceId) -> Result<bool> {
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let own = match locked(&mut tx, person.user.id).await {
        // Somebody deleted it, or put them out, meanwhile.
        Err(AppError::Refused(refusal)) if refusal.kind == RefusalKind::NotFound => {
            return Ok(false);
        }
        own => own?,
    };
    if members::list(&mut tx, None, 2).await?.len() == 1 {
        return Ok(true);
    }
    if own.role == Role::Owner && !members::has_another_owner(&mut tx, workspace, own.user).await? {
        let name = workspaces::name(&mut tx).await?;
        return Err(last_owner(&name));
    }
    Ok(false)
}

/// Looks once more, with all of them held: of two who leave at the same time, neither may count on the other.
async fn refuse_last_of_all(tx: &mut SystemTx, user: UserId) -> Result<()> {
    refuse_last_administrator(tx, user).await?;
    let mut own = workspaces::of_user(tx, user).await?;
    // In one order, so that two who leave do not wait for each other.
    own.sort_unstable_by_key(|membership| membership.workspace.to_string());
    for membership in own {
        match workspaces::lock_one(tx, membership.workspace).await {
            // Somebody deleted it meanwhile.
            Err(StoreError::NotFound) => continue,
            locked => locked?,
        }
        let is_owner = membership.role == Role::Owner;
        if is_owner && !members::has_another_owner(tx, membership.workspace, user).await? {
            return Err(last_owner(&membership.name));
        }
    }
    Ok(())
}

fn last_owner(workspace: &str) -> AppError {
    AppError::conflict(
        ErrorCode::LastOwner,
        format!(
            "You are the only owner of “{workspace}”, and others work there. Make one of them owner, or delete the workspace, and \
             then your account."
        ),
    )
}

async fn refuse_last_administrator(tx: &mut SystemTx, user: UserId) -> Result<()> {
    let working = users::working_administrators(tx).await?;
    if working == [user] {
        return Err(AppError::refused(
            RefusalKind::Conflict,
            ErrorCode::LastAdministrator,
            "You are the only administrator of this installation. Make somebody else administrator first.",
        ));
    }
    Ok(())
}
