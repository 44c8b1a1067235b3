//! Passkeys, and what authenticators are being asked to sign.

use fanfare_domain::{PasskeyId, SessionId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, binds, sql};

/// One passkey of a person.
#[derive(Debug, Clone)]
pub struct KeptPasskey {
    pub id: PasskeyId,
    pub user: UserId,
    /// As the authenticator names it.
    pub credential_id: String,
    /// As the library keeps it.
    pub credential: String,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// A challenge to be.
#[derive(Debug, Clone)]
pub struct NewChallenge<'a> {
    pub id: &'a str,
    pub browser_hash: &'a str,
    /// Whose passkey is to be made; absent for signing in.
    pub session: Option<SessionId>,
    pub kept: &'a str,
    pub expires_at: Timestamp,
}

/// A challenge that was just used up.
#[derive(Debug, Clone)]
pub struct UsedChallenge {
    pub session: Option<SessionId>,
    pub kept: String,
    pub expires_at: Timestamp,
}

/// Adds one. An authenticator's name for it that is known already is a `Conflict`.
pub async fn insert(tx: &mut SystemTx, passkey: &KeptPasskey) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO passkeys (id, user_id, credential_id, credential, name, created_at, last_used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        binds![
            passkey.id,
            passkey.user,
            &passkey.credential_id,
            &passkey.credential,
            &passkey.name,
            passkey.created_at,
            passkey.last_used_at,
        ],
    )
    .await?;
    Ok(())
}

/// A person's, the oldest first.
pub async fn of_user(tx: &mut SystemTx, user: UserId) -> Result<Vec<KeptPasskey>> {
    tx.all(
        sql!(
            "SELECT id, user_id, credential_id, credential, name, created_at, last_used_at FROM passkeys
             WHERE user_id = $1 ORDER BY id"
        ),
        binds![user],
        read,
    )
    .await
}

/// The one that an authenticator names so. The row stays as it is until the transaction ends.
pub async fn locked(tx: &mut SystemTx, credential_id: &str) -> Result<Option<KeptPasskey>> {
    // Touching the row holds it on PostgreSQL, so that two sign-ins with the same counter are told apart.
    tx.optional(
        sql!(
            "UPDATE passkeys SET name = name WHERE credential_id = $1
             RETURNING id, user_id, credential_id, credential, name, created_at, last_used_at"
        ),
        binds![credential_id],
        read,
    )
    .await
}

/// Keeps what changed by using it.
pub async fn note_use(
    tx: &mut SystemTx,
    id: PasskeyId,
    credential: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE passkeys SET credential = $2, last_used_at = $3 WHERE id = $1"),
        binds![id, credential, now],
    )
    .await?;
    Ok(())
}

/// Answers whether the person has it.
pub async fn rename(tx: &mut SystemTx, user: UserId, id: PasskeyId, name: &str) -> Result<bool> {
    let changed = tx
        .execute(
            sql!("UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2"),
            binds![id, user, name],
        )
        .await?;
    Ok(changed == 1)
}

/// Answers what it was called, if the person had it.
pub async fn delete(tx: &mut SystemTx, user: UserId, id: PasskeyId) -> Result<Option<String>> {
    tx.optional(
        sql!("DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name"),
        binds![id, user],
        |row| row.text("name"),
    )
    .await
}

pub async fn insert_challenge(tx: &mut SystemTx, challenge: NewChallenge<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO passkey_challenges (id, browser_hash, session_id, kept, expires_at) VALUES ($1, $2, $3, $4, $5)"
        ),
        binds![
            challenge.id,
            challenge.browser_hash,
            challenge.session,
            challenge.kept,
            challenge.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// Uses a challenge up: whoever deletes the row has it, so it is answered once.
pub async fn consume_challenge(
    tx: &mut SystemTx,
    id: &str,
    browser_hash: &str,
) -> Result<Option<UsedChallenge>> {
    tx.optional(
        sql!(
            "DELETE FROM passkey_challenges WHERE id = $1 AND browser_hash = $2
             RETURNING session_id, kept, expires_at"
        ),
        binds![id, browser_hash],
        |row| {
            Ok(UsedChallenge {
                session: row.optional_id("session_id")?,
                kept: row.text("kept")?,
                expires_at: row.instant("expires_at")?,
            })
        },
    )
    .await
}

/// Sweeps out what was never answered.
pub async fn delete_expired_challenges(tx: &mut SystemTx, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM passkey_challenges WHERE expires_at <= $1"),
        binds![now],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<KeptPasskey> {
    Ok(KeptPasskey {
        id: row.id("id")?,
        user: row.id("user_id")?,
        credential_id: row.text("credential_id")?,
        credential: row.text("credential")?,
        name: row.text("name")?,
        created_at: row.instant("created_at")?,
        last_used_at: row.optional_instant("last_used_at")?,
    })
}
