//! Proving that an e-mail address is one's own.

use fanfare_domain::{ErrorCode, Limit, Secret, UserId};
use fanfare_store::account_tokens::TokenPurpose;
use fanfare_store::users::User;
use fanfare_store::{SystemTx, users};
use jiff::SignedDuration;
use serde_json::json;

use super::audit::record_everywhere;
use super::session::Visitor;
use super::tokens;
use crate::limits::place;
use crate::mail::{self, Letter};
use crate::{App, AppError, RefusalKind, Result};

const WORKS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Sends the link by which somebody proves that the address is theirs.
pub(crate) async fn send_link(app: &App, tx: &mut SystemTx, user: &User) -> Result<()> {
    if user.email_verified_at.is_some() || !app.mail.can_send() {
        return Ok(());
    }
    let purpose = TokenPurpose::VerifyEmail;
    let token = tokens::make_only(tx, user.id, purpose, WORKS_FOR, app.now()).await?;
    let values = json!({
        "url": app.link("verify-email", "token", &token),
        "hours": WORKS_FOR.as_hours(),
    });
    mail::post(app, tx, Letter::to_user(user, "verify_email", values)).await
}

/// Sends the link again to somebody who asks for it. Nothing happens when the address is proved already.
///
/// # Errors
/// `too_many_requests`.
pub async fn resend_verification(app: &App, user: UserId) -> Result<()> {
    let found = {
        let mut tx = app.store.as_system("who asks for the link").read().await?;
        users::to_confirm(&mut tx, user).await?
    };
    let (user, _) = found.ok_or_else(super::not_authenticated)?;
    app.limit(Limit::MailToAddress, &user.email).await?;
    let mut tx = app.store.as_system("send the link again").write().await?;
    send_link(app, &mut tx, &user).await?;
    Ok(tx.commit().await?)
}

/// Takes the link's token as proof.
///
/// # Errors
/// `link_invalid`.
pub async fn verify_email(app: &App, token: &Secret, visitor: &Visitor) -> Result<User> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let now = app.now();
    let mut tx = app.store.as_system("an address is proved").write().await?;
    let id = tokens::take(&mut tx, token, TokenPurpose::VerifyEmail, now).await?;
    users::verify(&mut tx, id, now).await?;
    let (user, _) = users::to_confirm(&mut tx, id)
        .await?
        .ok_or_else(tokens::link_invalid)?;
    record_everywhere(&mut tx, &user, now, "user.email_verified", json!({})).await?;
    tx.commit().await?;
    Ok(user)
}

/// Whether somebody may do what takes a proved address. Without mail there is nothing to prove it by.
#[must_use]
pub fn is_verified(app: &App, user: &User) -> bool {
    user.email_verified_at.is_some() || !app.mail.arrives()
}

/// Refuses what only somebody may do whose address is proved.
pub(crate) fn not_verified() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::EmailNotVerified,
        "Confirm your e-mail address first: follow the link that we sent you, or have it sent again.",
    )
}
