//! One's own account: what it says, and changing its name, language and password.

use fanfare_domain::{ErrorCode, Limit, Secret, UserId};
use fanfare_store::users::User;
use fanfare_store::{email_changes, sessions, two_factor, users};
use serde_json::json;

use super::audit::record_everywhere;
use super::session::Visitor;
use super::{alerts, fresh, not_authenticated, reset, tokens};
use crate::mail::LANGUAGES;
use crate::workspaces::valid_name;
use crate::{App, AppError, Person, Result};

/// A person's account as they see it themselves.
#[derive(Debug, Clone)]
pub struct Account {
    pub user: User,
    pub backup_codes_left: usize,
    /// The address that waits to be agreed to.
    pub pending_email: Option<String>,
    /// Without one, another provider or a passkey is what lets them in.
    pub has_password: bool,
}

pub async fn account(app: &App, user: UserId) -> Result<Account> {
    let mut tx = app.store.as_system("one's own account").read().await?;
    let (user, kept) = users::to_confirm(&mut tx, user)
        .await?
        .ok_or_else(not_authenticated)?;
    let codes = two_factor::code_hashes(&mut tx, user.id).await?;
    let change = email_changes::of_user(&mut tx, user.id, app.now()).await?;
    Ok(Account {
        user,
        backup_codes_left: codes.len(),
        pending_email: change.map(|change| change.new_email),
        has_password: kept != users::NO_PASSWORD,
    })
}

/// Changes what is given.
///
/// # Errors
/// `invalid_input`.
pub async fn change_account(
    app: &App,
    id: UserId,
    name: Option<&str>,
    language: Option<&str>,
) -> Result<Account> {
    let name = name
        .map(|name| valid_name("name", name))
        .transpose()
        .map_err(|wrong| AppError::invalid(vec![wrong]))?;
    if language.is_some_and(|language| !LANGUAGES.contains(&language)) {
        let detail = "Messages are written in en and es.";
        return Err(AppError::invalid_field(
            "language",
            ErrorCode::NotAllowed,
            detail,
        ));
    }
    let mut tx = app.store.as_system("change one's account").write().await?;
    if let Some(name) = name {
        users::rename(&mut tx, id, &name).await?;
    }
    if let Some(language) = language {
        users::set_language(&mut tx, id, language).await?;
    }
    tx.commit().await?;
    account(app, id).await
}

/// Puts a new password in the place of the present one, and ends all other sessions.
///
/// # Errors
/// `invalid_input` when the present password is wrong or the new one too easy to guess; `too_many_requests`.
pub async fn change_password(
    app: &App,
    person: &Person,
    current: &Secret,
    new: &Secret,
    visitor: &Visitor,
) -> Result<()> {
    let user = confirmed(app, person, "current_password", current).await?;
    let id = user.id;
    reset::refuse_weak(new, &user)?;
    let hash = app.passwords.hash(new).await?;
    let now = app.now();
    let mut tx = app.store.as_system("change a password").write().await?;
    users::set_password(&mut tx, id, &hash).await?;
    sessions::delete_of_user(&mut tx, id, Some(person.session)).await?;
    // Nor do a ticket by the old password, or links that somebody with it asked for.
    tokens::withdraw_ways_in(&mut tx, id).await?;
    record_everywhere(&mut tx, &user, now, "user.password_changed", json!({})).await?;
    alerts::password_changed(app, &mut tx, &user, visitor).await?;
    Ok(tx.commit().await?)
}

/// The person, if this is their password. Whoever has none signed in a short while ago.
///
/// # Errors
/// `invalid_input` naming `field`; `sign_in_again`; `too_many_requests`.
pub(super) async fn confirmed(
    app: &App,
    person: &Person,
    field: &str,
    password: &Secret,
) -> Result<User> {
    let id = person.user.id;
    app.limit(Limit::PasswordAgain, &id.to_string()).await?;
    let mut tx = app.store.as_system("is it their password").read().await?;
    let found = users::to_confirm(&mut tx, id).await?;
    let (user, kept) = found.ok_or_else(not_authenticated)?;
    if kept == users::NO_PASSWORD {
        let is_fresh = fresh::is_fresh(app, &mut tx, person).await?;
        return is_fresh.then_some(user).ok_or_else(fresh::sign_in_again);
    }
    drop(tx);
    if !app.passwords.verify(password, Some(kept)).await? {
        let detail = "This is not your password.";
        return Err(AppError::invalid_field(
            field,
            ErrorCode::WrongCredentials,
            detail,
        ));
    }
    app.unlimit(Limit::PasswordAgain, &id.to_string()).await;
    Ok(user)
}
