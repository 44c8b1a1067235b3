//! People with an account on this installation.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, binds, sql};

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// Trimmed and in lower case; what people sign in by.
    pub email: String,
    pub name: String,
    pub is_admin: bool,
    pub email_verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Adds a person. The e-mail address being taken is a `Conflict`.
pub async fn insert(tx: &mut SystemTx, user: &User, password_hash: &str) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO users (id, email, name, password_hash, is_admin, email_verified_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        binds![
            user.id,
            &user.email,
            &user.name,
            password_hash,
            user.is_admin,
            user.email_verified_at,
            user.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// The person with that e-mail address, unless disabled, and the hash of their password.
pub async fn to_sign_in(tx: &mut SystemTx, email: &str) -> Result<Option<(User, String)>> {
    tx.optional(
        sql!(
            "SELECT id, email, name, is_admin, email_verified_at, created_at, password_hash
             FROM users WHERE email = $1 AND disabled_at IS NULL"
        ),
        binds![email],
        |row| Ok((read(row)?, row.text("password_hash")?)),
    )
    .await
}

/// Whether an account with that e-mail address exists, disabled or not.
pub async fn is_taken(tx: &mut SystemTx, email: &str) -> Result<bool> {
    let found = tx
        .optional(
            sql!("SELECT id FROM users WHERE email = $1"),
            binds![email],
            |_| Ok(()),
        )
        .await?;
    Ok(found.is_some())
}

/// Whether the installation has an administrator, that is, whether somebody set it up.
pub async fn has_administrator(tx: &mut SystemTx) -> Result<bool> {
    let found = tx
        .optional(
            sql!("SELECT id FROM users WHERE is_admin LIMIT 1"),
            binds![],
            |_| Ok(()),
        )
        .await?;
    Ok(found.is_some())
}

pub(crate) fn read(row: &Row) -> Result<User> {
    Ok(User {
        id: row.id("id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        is_admin: row.bool("is_admin")?,
        email_verified_at: row.optional_instant("email_verified_at")?,
        created_at: row.instant("created_at")?,
    })
}
