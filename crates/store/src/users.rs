//! People with an account on this installation.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, Tx, binds, sql};

/// In the place of a hash: no password fits. For people who sign in with another provider.
pub const NO_PASSWORD: &str = "";

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    /// Trimmed and in lower case; what people sign in by.
    pub email: String,
    pub name: String,
    pub is_admin: bool,
    pub email_verified_at: Option<Timestamp>,
    /// Since when signing in takes a second step; absent while it does not.
    pub two_factor_at: Option<Timestamp>,
    /// The language in which they are written to.
    pub language: String,
    pub created_at: Timestamp,
}

/// A person as an administrator of the installation sees them.
#[derive(Debug, Clone)]
pub struct UserInList {
    pub user: User,
    pub disabled_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
    pub workspaces: i64,
}

/// Adds a person. The e-mail address being taken is a `Conflict`.
pub async fn insert(tx: &mut SystemTx, user: &User, password_hash: &str) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO users (id, email, name, password_hash, is_admin, email_verified_at, language, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        binds![
            user.id,
            &user.email,
            &user.name,
            password_hash,
            user.is_admin,
            user.email_verified_at,
            &user.language,
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
            "SELECT id, email, name, is_admin, email_verified_at, two_factor_at, language, created_at, password_hash
             FROM users WHERE email = $1 AND disabled_at IS NULL"
        ),
        binds![email],
        |row| Ok((read(row)?, row.text("password_hash")?)),
    )
    .await
}

/// The person, unless disabled, and the hash of their password.
pub async fn to_confirm(tx: &mut SystemTx, id: UserId) -> Result<Option<(User, String)>> {
    tx.optional(
        sql!(
            "SELECT id, email, name, is_admin, email_verified_at, two_factor_at, language, created_at, password_hash
             FROM users WHERE id = $1 AND disabled_at IS NULL"
        ),
        binds![id],
        |row| Ok((read(row)?, row.text("password_hash")?)),
    )
    .await
}

/// The person, unless disabled.
pub async fn working(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    tx.optional(
        sql!(
            "SELECT id, email, name, is_admin, email_verified_at, two_factor_at, language, created_at
             FROM users WHERE id = $1 AND disabled_at IS NULL"
        ),
        binds![id],
        read,
    )
    .await
}

/// The person, disabled or not.
pub async fn get(tx: &mut SystemTx, id: UserId) -> Result<Option<UserInList>> {
    tx.optional(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at, u.disabled_at,
                    (SELECT max(s.last_used_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at,
                    (SELECT count(*) FROM members m WHERE m.user_id = u.id) AS workspaces
             FROM users u WHERE u.id = $1"
        ),
        binds![id],
        read_in_list,
    )
    .await
}

/// People after `after`, in the order in which they came; those whose name or address contains `search` when it is not empty.
pub async fn list(
    tx: &mut SystemTx,
    search: &str,
    after: Option<UserId>,
    limit: u32,
) -> Result<Vec<UserInList>> {
    let pattern = format!("%{}%", escaped(&search.to_lowercase()));
    let after = after.map_or_else(String::new, |id| id.to_string());
    tx.all(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at, u.disabled_at,
                    (SELECT max(s.last_used_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at,
                    (SELECT count(*) FROM members m WHERE m.user_id = u.id) AS workspaces
             FROM users u
             WHERE u.id > $1 AND (lower(u.name) LIKE $2 ESCAPE '!' OR u.email LIKE $2 ESCAPE '!')
             ORDER BY u.id LIMIT $3"
        ),
        binds![after, pattern, limit],
        read_in_list,
    )
    .await
}

/// What a pattern of LIKE is to take as it stands.
fn escaped(text: &str) -> String {
    text.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

pub async fn rename(tx: &mut SystemTx, id: UserId, name: &str) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET name = $2 WHERE id = $1"),
        binds![id, name],
    )
    .await?;
    Ok(())
}

pub async fn set_language(tx: &mut SystemTx, id: UserId, language: &str) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET language = $2 WHERE id = $1"),
        binds![id, language],
    )
    .await?;
    Ok(())
}

pub async fn set_password(tx: &mut SystemTx, id: UserId, password_hash: &str) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET password_hash = $2 WHERE id = $1"),
        binds![id, password_hash],
    )
    .await?;
    Ok(())
}

/// Whether there is a password that lets the person in.
pub async fn has_password(tx: &mut SystemTx, id: UserId) -> Result<bool> {
    let kept = tx
        .optional(
            sql!("SELECT password_hash FROM users WHERE id = $1"),
            binds![id],
            |row| row.text("password_hash"),
        )
        .await?;
    Ok(kept.is_some_and(|kept| kept != NO_PASSWORD))
}

/// Gives the person another address, which is known to be theirs. The address being taken is a `Conflict`.
pub async fn set_email(
    tx: &mut SystemTx,
    id: UserId,
    email: &str,
    verified_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET email = $2, email_verified_at = $3 WHERE id = $1"),
        binds![id, email, verified_at],
    )
    .await?;
    Ok(())
}

/// Notes that the address is theirs.
pub async fn verify(tx: &mut SystemTx, id: UserId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET email_verified_at = $2 WHERE id = $1 AND email_verified_at IS NULL"),
        binds![id, now],
    )
    .await?;
    Ok(())
}

/// Shuts somebody out, or lets them in again.
pub async fn set_disabled(
    tx: &mut SystemTx,
    id: UserId,
    disabled_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET disabled_at = $2 WHERE id = $1"),
        binds![id, disabled_at],
    )
    .await?;
    Ok(())
}

pub async fn set_admin(tx: &mut SystemTx, id: UserId, is_admin: bool) -> Result<()> {
    tx.execute(
        sql!("UPDATE users SET is_admin = $2 WHERE id = $1"),
        binds![id, is_admin],
    )
    .await?;
    Ok(())
}

/// How many could administer the installation now. The rows stay as they are until the transaction ends.
pub async fn working_administrators(tx: &mut SystemTx) -> Result<Vec<UserId>> {
    // Touching the rows holds them on PostgreSQL, so that two who unmake each other at once do not leave none.
    tx.all(
        sql!(
            "UPDATE users SET is_admin = TRUE WHERE is_admin AND disabled_at IS NULL RETURNING id"
        ),
        binds![],
        |row| row.id("id"),
    )
    .await
}

pub async fn delete(tx: &mut SystemTx, id: UserId) -> Result<()> {
    tx.execute(sql!("DELETE FROM users WHERE id = $1"), binds![id])
        .await?;
    Ok(())
}

/// Whether an account with that e-mail address exists, disabled or not.
pub async fn is_taken(tx: &mut SystemTx, email: &str) -> Result<bool> {
    Ok(with_email(tx, email).await?.is_some())
}

/// The language in which somebody is written to.
pub async fn language(tx: &mut Tx, id: UserId) -> Result<String> {
    tx.one(
        sql!("SELECT language FROM users WHERE id = $1"),
        binds![id],
        |row| row.text("language"),
    )
    .await
}

/// Who has that e-mail address, disabled or not.
pub async fn with_email(tx: &mut SystemTx, email: &str) -> Result<Option<UserId>> {
    tx.optional(
        sql!("SELECT id FROM users WHERE email = $1"),
        binds![email],
        |row| row.id("id"),
    )
    .await
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
        two_factor_at: row.optional_instant("two_factor_at")?,
        language: row.text("language")?,
        created_at: row.instant("created_at")?,
    })
}

fn read_in_list(row: &Row) -> Result<UserInList> {
    Ok(UserInList {
        user: read(row)?,
        disabled_at: row.optional_instant("disabled_at")?,
        last_seen_at: row.optional_instant("last_seen_at")?,
        workspaces: row.int("workspaces")?,
    })
}
