//! From a right password to a session, when signing in takes a second step.

use fanfare_domain::{ErrorCode, Limit, Secret, UserId};
use fanfare_store::account_tokens::TokenPurpose;
use fanfare_store::users::User;
use fanfare_store::{SystemTx, account_tokens, users};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::audit::record_everywhere;
use super::log_in::{By, begin_session};
use super::session::{SignedIn, Visitor, hash};
use super::two_factor::{self, Step};
use super::{alerts, tokens};
use crate::limits::place;
use crate::mail::{self, Letter};
use crate::notifications::tell_of_account;
use crate::{App, AppError, RefusalKind, Result};

/// A right password is good for so long without its second step.
const TICKET_WORKS_FOR: SignedDuration = SignedDuration::from_mins(10);
/// A lost device is waited for: whoever stole the password cannot come in before its owner has read the notice.
const RECOVERY_WAITS: SignedDuration = SignedDuration::from_hours(24);
const RECOVERY_WORKS_FOR: SignedDuration = SignedDuration::from_hours(48);

/// Says that the password was right, to whoever holds it.
pub(super) async fn ticket(tx: &mut SystemTx, user: &User, now: Timestamp) -> Result<Secret> {
    let purpose = TokenPurpose::SecondStep;
    tokens::make(tx, user.id, purpose, now, TICKET_WORKS_FOR, now).await
}

/// Takes the second step.
///
/// # Errors
/// `ticket_expired`; `code_invalid`; `too_many_requests`.
pub async fn log_in_second_step(
    app: &App,
    ticket: &Secret,
    code: &str,
    visitor: &Visitor,
) -> Result<SignedIn> {
    let id = holder(app, ticket).await?;
    let step = two_factor::pass(app, id, code).await?;
    let now = app.now();
    let mut tx = app
        .store
        .as_system("the second step was taken")
        .write()
        .await?;
    // Used up only now, so that a mistyped code does not cost the ticket.
    let used = account_tokens::take(&mut tx, &hash(ticket), TokenPurpose::SecondStep, now).await?;
    used.ok_or_else(ticket_expired)?;
    let (user, _) = users::to_confirm(&mut tx, id)
        .await?
        .ok_or_else(ticket_expired)?;
    if let Step::ByBackupCode { left } = step {
        record_everywhere(
            &mut tx,
            &user,
            now,
            "user.backup_code_used",
            json!({ "left": left }),
        )
        .await?;
        let values = json!({ "left": left });
        alerts::send_with(app, &mut tx, &user, visitor, "backup_code_used", values).await?;
    }
    tx.commit().await?;
    begin_session(app, user, By::SecondStep, visitor).await
}

/// Begins the recovery of an account whose device is lost; answers from when on the link works. The notice leaves at once.
///
/// # Errors
/// `ticket_expired`; `mail_not_configured`; `too_many_requests`.
pub async fn begin_recovery(app: &App, ticket: &Secret) -> Result<Timestamp> {
    if !app.mail.can_send() {
        return Err(AppError::conflict(
            ErrorCode::MailNotConfigured,
            "This installation sends no mail, so it cannot write to you. Ask an administrator: they can switch two-factor \
             authentication off for you.",
        ));
    }
    let id = holder(app, ticket).await?;
    let now = app.now();
    let found = {
        let mut tx = app.store.as_system("whose device is lost").read().await?;
        users::to_confirm(&mut tx, id).await?
    };
    let (user, _) = found.ok_or_else(ticket_expired)?;
    app.limit(Limit::MailToAddress, &user.email).await?;
    let mut tx = app.store.as_system("a device is lost").write().await?;
    let available_at = now + RECOVERY_WAITS;
    account_tokens::withdraw(&mut tx, id, TokenPurpose::RecoverTwoFactor).await?;
    let (recover, stop) = (TokenPurpose::RecoverTwoFactor, TokenPurpose::StopRecovery);
    let token = tokens::make(&mut tx, id, recover, available_at, RECOVERY_WORKS_FOR, now).await?;
    let stop =
        tokens::make_only(&mut tx, id, stop, RECOVERY_WAITS + RECOVERY_WORKS_FOR, now).await?;
    let values = json!({
        "url": app.link("recover-two-factor", "token", &token),
        "stop_url": app.link("recover-two-factor", "stop", &stop),
        "available_at": available_at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    });
    mail::post(
        app,
        &mut tx,
        Letter::to_user(&user, "recover_two_factor", values),
    )
    .await?;
    // Who is still signed in somewhere may see it there sooner than in the mail.
    tell_of_account(app, &mut tx, id, "recovery_begun", "").await?;
    record_everywhere(&mut tx, &user, now, "user.recovery_begun", json!({})).await?;
    tx.commit().await?;
    Ok(available_at)
}

/// Lets somebody in whose device is lost, and switches the second step off.
///
/// # Errors
/// `link_invalid`; `too_early`.
pub async fn recover(app: &App, token: &Secret, visitor: &Visitor) -> Result<SignedIn> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let now = app.now();
    let purpose = TokenPurpose::RecoverTwoFactor;
    let mut tx = app.store.as_system("recover an account").write().await?;
    let (_, from) = tokens::look(&mut tx, token, purpose, now)
        .await?
        .ok_or_else(tokens::link_invalid)?;
    if from > now {
        return Err(AppError::conflict(
            ErrorCode::TooEarly,
            format!(
                "This link works from {} on. Until then the owner of the account can stop it.",
                from.strftime("%Y-%m-%d %H:%M UTC")
            ),
        ));
    }
    let id = tokens::take(&mut tx, token, purpose, now).await?;
    let (user, _) = users::to_confirm(&mut tx, id)
        .await?
        .ok_or_else(tokens::link_invalid)?;
    two_factor::switch_off(app, &mut tx, &user, visitor).await?;
    tx.commit().await?;
    let user = User {
        two_factor_at: None,
        ..user
    };
    begin_session(app, user, By::Recovery, visitor).await
}

/// Stops a recovery that was not the owner's doing.
///
/// # Errors
/// `link_invalid`.
pub async fn stop_recovery(app: &App, token: &Secret, visitor: &Visitor) -> Result<()> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let now = app.now();
    let mut tx = app.store.as_system("stop a recovery").write().await?;
    let id = tokens::take(&mut tx, token, TokenPurpose::StopRecovery, now).await?;
    account_tokens::withdraw(&mut tx, id, TokenPurpose::RecoverTwoFactor).await?;
    if let Some((user, _)) = users::to_confirm(&mut tx, id).await? {
        record_everywhere(&mut tx, &user, now, "user.recovery_stopped", json!({})).await?;
        alerts::send(app, &mut tx, &user, visitor, "recovery_stopped").await?;
    }
    Ok(tx.commit().await?)
}

async fn holder(app: &App, ticket: &Secret) -> Result<UserId> {
    let mut tx = app.store.as_system("whose ticket is it").read().await?;
    let found = tokens::look(&mut tx, ticket, TokenPurpose::SecondStep, app.now()).await?;
    found.map(|(id, _)| id).ok_or_else(ticket_expired)
}

fn ticket_expired() -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::TicketExpired,
        "That took too long. Sign in again with your password.",
    )
}
