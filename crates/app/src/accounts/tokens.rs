//! Tokens in links and tickets: made here, known by their hash, good for one thing and once.

use fanfare_domain::{ErrorCode, Secret, UserId};
use fanfare_store::SystemTx;
use fanfare_store::account_tokens::{self, NewToken, TokenPurpose};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::change_email;
use super::session::{hash, new_token};
use crate::{App, AppError, RefusalKind, Result};

/// Makes a token that works from `valid_from` on, for so long. Others for the same thing go on working.
pub(super) async fn make(
    tx: &mut SystemTx,
    user: UserId,
    purpose: TokenPurpose,
    valid_from: Timestamp,
    works_for: SignedDuration,
    now: Timestamp,
) -> Result<Secret> {
    let token = new_token();
    let new = NewToken {
        hash: &hash(&token),
        user,
        purpose,
        valid_from,
        expires_at: valid_from + works_for,
    };
    account_tokens::insert(tx, new, now).await?;
    Ok(token)
}

/// Makes a token that works at once, in the place of all others for the same thing.
pub(super) async fn make_only(
    tx: &mut SystemTx,
    user: UserId,
    purpose: TokenPurpose,
    works_for: SignedDuration,
    now: Timestamp,
) -> Result<Secret> {
    account_tokens::withdraw(tx, user, purpose).await?;
    make(tx, user, purpose, now, works_for, now).await
}

/// Withdraws the links to set a new password, to get around a lost device and to change the address, and the tickets of sign-ins that wait for
/// their second step: whoever has them is not who may get in by now.
pub(super) async fn withdraw_ways_in(tx: &mut SystemTx, user: UserId) -> Result<()> {
    account_tokens::withdraw(tx, user, TokenPurpose::ResetPassword).await?;
    account_tokens::withdraw(tx, user, TokenPurpose::SecondStep).await?;
    change_email::end(tx, user).await?;
    withdraw_recovery(tx, user).await
}

/// Withdraws the links around a lost device.
pub(super) async fn withdraw_recovery(tx: &mut SystemTx, user: UserId) -> Result<()> {
    account_tokens::withdraw(tx, user, TokenPurpose::RecoverTwoFactor).await?;
    account_tokens::withdraw(tx, user, TokenPurpose::StopRecovery).await?;
    Ok(())
}

/// Uses a token up.
///
/// # Errors
/// `link_invalid`.
pub(super) async fn take(
    tx: &mut SystemTx,
    token: &Secret,
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<UserId> {
    let user = account_tokens::take(tx, &hash(token), purpose, now).await?;
    user.ok_or_else(link_invalid)
}

/// Whose token it is, and from when on it works, without using it up.
pub(super) async fn look(
    tx: &mut SystemTx,
    token: &Secret,
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<(UserId, Timestamp)>> {
    Ok(account_tokens::look(tx, &hash(token), purpose, now).await?)
}

pub(crate) fn link_invalid() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::LinkInvalid,
        "This link has been used, has been replaced by a newer one, or has ended. Ask for a new one.",
    )
}

impl App {
    /// A page of the interface with a token in its address. The host is the configured one, never what a request named.
    pub(crate) fn link(&self, page: &str, name: &str, token: &Secret) -> Url {
        let mut url = fanfare_platform_kit::settings::join(&self.config.public_url, page);
        url.query_pairs_mut().append_pair(name, token.expose());
        url
    }
}
