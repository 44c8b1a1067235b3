//! What an administrator of the installation does with people's accounts, in the interface or at the command line.

use fanfare_domain::{ErrorCode, UserId};
use fanfare_store::audit::Actor;
use fanfare_store::users::{User, UserInList};
use fanfare_store::{SystemTx, sessions, two_factor, users};
use serde_json::{Value as Json, json};
use url::Url;

use super::audit::record_for_installation_too;
use super::{alerts, reset, tokens};
use crate::{App, AppError, Result};

/// What is to become of an account. What is absent stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct AccountChange {
    pub disabled: Option<bool>,
    pub is_admin: Option<bool>,
    /// Switches the second step off, for somebody who has lost device and backup codes.
    pub without_two_factor: bool,
}

/// A link by which somebody chooses a new password.
#[derive(Debug, Clone)]
pub struct ResetLink {
    pub mailed: bool,
    /// To be handed over where no mail can be sent.
    pub link: Option<Url>,
}

/// People after `after`, one more than `limit`.
pub async fn people(
    app: &App,
    search: &str,
    after: Option<UserId>,
    limit: u32,
) -> Result<Vec<UserInList>> {
    let mut tx = app
        .store
        .as_system("people of the installation")
        .read()
        .await?;
    Ok(users::list(&mut tx, search.trim(), after, limit + 1).await?)
}

/// The person with that e-mail address, disabled or not.
///
/// # Errors
/// `not_found`.
pub async fn person_with(app: &App, email: &str) -> Result<UserInList> {
    let email = super::email::normal(email);
    let mut tx = app.store.as_system("who has this address").read().await?;
    let id = users::with_email(&mut tx, &email).await?;
    let id = id.ok_or_else(|| AppError::not_found("person"))?;
    get(&mut tx, id).await
}

/// Changes an account; its sessions end when it is shut out.
///
/// # Errors
/// `not_found`; `last_administrator`; `conflict` for shutting oneself out.
pub async fn change_person(
    app: &App,
    actor: &Actor,
    id: UserId,
    change: AccountChange,
) -> Result<UserInList> {
    let now = app.now();
    let mut tx = app
        .store
        .as_system("change somebody's account")
        .write()
        .await?;
    let before = get(&mut tx, id).await?;
    if change.disabled == Some(true) && actor.id == Some(id) {
        return Err(AppError::conflict(
            ErrorCode::NotAllowed,
            "You cannot shut yourself out. Ask another administrator.",
        ));
    }
    let loses_power = change.disabled == Some(true) || change.is_admin == Some(false);
    if loses_power && before.user.is_admin {
        let working = users::working_administrators(&mut tx).await?;
        if working.iter().all(|other| *other == id) {
            return Err(AppError::conflict(
                ErrorCode::LastAdministrator,
                "This is the only administrator who can sign in. Make somebody else administrator first.",
            ));
        }
    }
    let user = &before.user;
    if let Some(disabled) = change
        .disabled
        .filter(|new| *new != before.disabled_at.is_some())
    {
        users::set_disabled(&mut tx, id, disabled.then_some(now)).await?;
        if disabled {
            sessions::delete_of_user(&mut tx, id, None).await?;
        }
        let action = if disabled {
            "user.disabled"
        } else {
            "user.enabled"
        };
        record_for_installation_too(&mut tx, actor, user, now, action, whose(user)).await?;
    }
    if let Some(is_admin) = change.is_admin.filter(|new| *new != user.is_admin) {
        users::set_admin(&mut tx, id, is_admin).await?;
        let action = if is_admin {
            "user.made_admin"
        } else {
            "user.unmade_admin"
        };
        record_for_installation_too(&mut tx, actor, user, now, action, whose(user)).await?;
    }
    if change.without_two_factor && two_factor::switch_off(&mut tx, id).await? {
        let action = "user.two_factor_off";
        record_for_installation_too(&mut tx, actor, user, now, action, whose(user)).await?;
        // No link around a step that is gone.
        tokens::withdraw_recovery(&mut tx, id).await?;
        alerts::two_factor_taken_off(app, &mut tx, user).await?;
    }
    let after = get(&mut tx, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// Makes somebody choose a new password: ends their sessions and sends the link, or answers it where no mail can be sent.
///
/// # Errors
/// `not_found`.
pub async fn reset_somebodys_password(app: &App, actor: &Actor, id: UserId) -> Result<ResetLink> {
    let mut tx = app
        .store
        .as_system("a new password for somebody")
        .write()
        .await?;
    let person = get(&mut tx, id).await?;
    sessions::delete_of_user(&mut tx, id, None).await?;
    tokens::withdraw_ways_in(&mut tx, id).await?;
    let link = reset::send_link(app, &mut tx, &person.user).await?;
    let action = "user.password_reset_asked";
    let detail = whose(&person.user);
    record_for_installation_too(&mut tx, actor, &person.user, app.now(), action, detail).await?;
    tx.commit().await?;
    let mailed = app.mail.can_send();
    Ok(ResetLink {
        mailed,
        link: (!mailed).then_some(link),
    })
}

/// Says in the log to whom it was done, not only by which id.
fn whose(user: &User) -> Json {
    json!({ "email": user.email })
}

async fn get(tx: &mut SystemTx, id: UserId) -> Result<UserInList> {
    let found = users::get(tx, id).await?;
    found.ok_or_else(|| AppError::not_found("person"))
}
