//! Tokens that prove something about a person, once. The table holds their hashes.

use fanfare_domain::{UserId, named};
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

named! {
    /// What a token is good for. One for something else is none.
    pub enum TokenPurpose {
        VerifyEmail = "verify_email",
        ResetPassword = "reset_password",
        AgreeByOldEmail = "agree_by_old_email",
        AgreeByNewEmail = "agree_by_new_email",
        /// The password was right; the second step is still to be taken.
        SecondStep = "second_step",
        RecoverTwoFactor = "recover_two_factor",
        StopRecovery = "stop_recovery",
    }
}

/// A token to be.
#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    pub hash: &'a str,
    pub user: UserId,
    pub purpose: TokenPurpose,
    /// It works from then on …
    pub valid_from: Timestamp,
    /// … until then.
    pub expires_at: Timestamp,
}

pub async fn insert(tx: &mut SystemTx, token: NewToken<'_>, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO account_tokens (hash, user_id, purpose, valid_from, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        binds![
            token.hash,
            token.user,
            token.purpose,
            token.valid_from,
            token.expires_at,
            now,
        ],
    )
    .await?;
    Ok(())
}

/// Whose token it is and from when on it works, without using it up.
pub async fn look(
    tx: &mut SystemTx,
    hash: &str,
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<(UserId, Timestamp)>> {
    tx.optional(
        sql!(
            "SELECT user_id, valid_from FROM account_tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $3"
        ),
        binds![hash, purpose, now],
        |row| Ok((row.id("user_id")?, row.instant("valid_from")?)),
    )
    .await
}

/// Uses a token up and answers whose it was. Of two that use it at once, one is told that there is none.
pub async fn take(
    tx: &mut SystemTx,
    hash: &str,
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<UserId>> {
    tx.optional(
        sql!(
            "DELETE FROM account_tokens WHERE hash = $1 AND purpose = $2 AND valid_from <= $3 AND expires_at > $3
             RETURNING user_id"
        ),
        binds![hash, purpose, now],
        |row| row.id("user_id"),
    )
    .await
}

/// Takes all of a person's tokens for one thing away.
pub async fn withdraw(tx: &mut SystemTx, user: UserId, purpose: TokenPurpose) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM account_tokens WHERE user_id = $1 AND purpose = $2"),
        binds![user, purpose],
    )
    .await
}

pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM account_tokens WHERE expires_at <= $1"),
        binds![now],
    )
    .await
}
