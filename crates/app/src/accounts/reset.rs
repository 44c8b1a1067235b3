//! A new password for somebody who has forgotten theirs.

use fanfare_domain::Secret;
use fanfare_store::account_tokens::TokenPurpose;
use fanfare_store::users::User;
use fanfare_store::{SystemTx, sessions, users};
use jiff::SignedDuration;
use serde_json::json;
use url::Url;

use super::audit::record_everywhere;
use super::session::Visitor;
use super::{alerts, email, password, tokens};
use crate::limits::Limit;
use crate::mail::{self, Letter};
use crate::{App, AppError, Result};

const WORKS_FOR: SignedDuration = SignedDuration::from_mins(30);

/// Sends a link by which a new password can be chosen, if there is an account with that address.
///
/// Whoever asks learns nothing of it: what takes time happens later, in a job, and unknown addresses count against the limit too.
///
/// # Errors
/// `too_many_requests`.
pub async fn forgot_password(app: &App, address: &str, visitor: &Visitor) -> Result<()> {
    let address = email::normal(address);
    app.limit(Limit::MailFromPlace, &visitor.ip)?;
    app.limit(Limit::MailToAddress, &address)?;
    if !app.mail.can_send() {
        return Ok(());
    }
    let mut tx = app
        .store
        .as_system("a password was forgotten")
        .write()
        .await?;
    let found = users::to_sign_in(&mut tx, &address).await?;
    if let Some((user, _)) = found {
        send_link(app, &mut tx, &user).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends the link, or answers it where no mail can be sent.
pub(super) async fn send_link(app: &App, tx: &mut SystemTx, user: &User) -> Result<Url> {
    let purpose = TokenPurpose::ResetPassword;
    let token = tokens::make_only(tx, user.id, purpose, WORKS_FOR, app.now()).await?;
    let link = app.link("reset-password", "token", &token);
    let values = json!({ "url": link, "minutes": WORKS_FOR.as_mins() });
    mail::post(app, tx, Letter::to_user(user, "reset_password", values)).await?;
    Ok(link)
}

/// Puts a new password in the place of the forgotten one and ends all sessions. The second step stays as it is.
///
/// # Errors
/// `link_invalid`, or `invalid_input` when the password is too easy to guess; the link then still works.
pub async fn reset_password(
    app: &App,
    token: &Secret,
    new: &Secret,
    visitor: &Visitor,
) -> Result<()> {
    app.limit(Limit::Links, &visitor.ip)?;
    let now = app.now();
    // Looked at before anything is used up: a weak password must not cost the link.
    let user = owner(app, token).await?;
    refuse_weak(new, &user)?;
    let hash = app.passwords.hash(new).await?;
    let mut tx = app.store.as_system("a new password").write().await?;
    let id = tokens::take(&mut tx, token, TokenPurpose::ResetPassword, now).await?;
    users::set_password(&mut tx, id, &hash).await?;
    // The link came to the address, so it is theirs.
    users::verify(&mut tx, id, now).await?;
    sessions::delete_of_user(&mut tx, id, None).await?;
    record_everywhere(&mut tx, &user, now, "user.password_reset", json!({})).await?;
    alerts::password_changed(app, &mut tx, &user, visitor).await?;
    Ok(tx.commit().await?)
}

async fn owner(app: &App, token: &Secret) -> Result<User> {
    let mut tx = app.store.as_system("whose link is it").read().await?;
    let found = tokens::look(&mut tx, token, TokenPurpose::ResetPassword, app.now()).await?;
    let Some((id, _)) = found else {
        return Err(tokens::link_invalid());
    };
    let found = users::to_confirm(&mut tx, id).await?;
    found.map(|(user, _)| user).ok_or_else(tokens::link_invalid)
}

pub(super) fn refuse_weak(password: &Secret, user: &User) -> Result<()> {
    match password::weakness(password, &[&user.email, &user.name]) {
        Some(wrong) => Err(AppError::invalid(vec![wrong])),
        None => Ok(()),
    }
}
