//! Signing in with another provider: what is remembered while somebody is away there, and who they are there.

use fanfare_domain::{SessionId, UserId};
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// A state to be. It works once, and only for the browser that began.
#[derive(Debug, Clone)]
pub struct NewState<'a> {
    pub hash: &'a str,
    pub browser_hash: &'a str,
    /// A local path.
    pub return_to: &'a str,
    /// The session whose account is to be linked.
    pub session: Option<SessionId>,
    pub expires_at: Timestamp,
}

/// A state that was just used up.
#[derive(Debug, Clone)]
pub struct UsedState {
    pub return_to: String,
    pub session: Option<SessionId>,
    pub expires_at: Timestamp,
}

/// Who somebody is at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    pub user: UserId,
    /// As the provider said it last.
    pub email: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

pub async fn insert_state(tx: &mut SystemTx, state: NewState<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO oidc_states (state_hash, browser_hash, return_to, session_id, expires_at)
             VALUES ($1, $2, $3, $4, $5)"
        ),
        binds![
            state.hash,
            state.browser_hash,
            state.return_to,
            state.session,
            state.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// Uses a state up: whoever deletes the row has it, so it works once however many ask at the same time.
pub async fn consume_state(
    tx: &mut SystemTx,
    hash: &str,
    browser_hash: &str,
) -> Result<Option<UsedState>> {
    tx.optional(
        sql!(
            "DELETE FROM oidc_states WHERE state_hash = $1 AND browser_hash = $2
             RETURNING return_to, session_id, expires_at"
        ),
        binds![hash, browser_hash],
        |row| {
            Ok(UsedState {
                return_to: row.text("return_to")?,
                session: row.optional_id("session_id")?,
                expires_at: row.instant("expires_at")?,
            })
        },
    )
    .await
}

/// Sweeps out what nobody came back for.
pub async fn delete_expired_states(tx: &mut SystemTx, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM oidc_states WHERE expires_at <= $1"),
        binds![now],
    )
    .await?;
    Ok(())
}

/// Links a person. Either of the two being linked already is a `Conflict`.
pub async fn link(tx: &mut SystemTx, identity: &Identity) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO oidc_identities (issuer, subject, user_id, email, created_at, last_used_at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        binds![
            &identity.issuer,
            &identity.subject,
            identity.user,
            &identity.email,
            identity.created_at,
            identity.last_used_at,
        ],
    )
    .await?;
    Ok(())
}

/// Whose identity it is.
pub async fn user_of(tx: &mut SystemTx, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    tx.optional(
        sql!("SELECT user_id FROM oidc_identities WHERE issuer = $1 AND subject = $2"),
        binds![issuer, subject],
        |row| row.id("user_id"),
    )
    .await
}

/// Notes that somebody signed in by it.
pub async fn note_use(
    tx: &mut SystemTx,
    issuer: &str,
    subject: &str,
    email: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE oidc_identities SET email = $3, last_used_at = $4 WHERE issuer = $1 AND subject = $2"
        ),
        binds![issuer, subject, email, now],
    )
    .await?;
    Ok(())
}

/// All identities of a person, the oldest first.
pub async fn of_user(tx: &mut SystemTx, user: UserId) -> Result<Vec<Identity>> {
    tx.all(
        sql!(
            "SELECT issuer, subject, user_id, email, created_at, last_used_at FROM oidc_identities
             WHERE user_id = $1 ORDER BY created_at, issuer"
        ),
        binds![user],
        |row| {
            Ok(Identity {
                issuer: row.text("issuer")?,
                subject: row.text("subject")?,
                user: row.id("user_id")?,
                email: row.text("email")?,
                created_at: row.instant("created_at")?,
                last_used_at: row.optional_instant("last_used_at")?,
            })
        },
    )
    .await
}

/// Answers whether there was one.
pub async fn unlink(tx: &mut SystemTx, user: UserId, issuer: &str) -> Result<bool> {
    let removed = tx
        .execute(
            sql!("DELETE FROM oidc_identities WHERE user_id = $1 AND issuer = $2"),
            binds![user, issuer],
        )
        .await?;
    Ok(removed == 1)
}
