//! Signed-in browsers and devices. The table holds the hash of a session's token, never the token.

use fanfare_domain::{SessionId, UserId, WorkspaceId};
use jiff::Timestamp;

use crate::users::{self, User};
use crate::{Result, Row, SystemTx, Tx, WorkspaceTx, binds, sql};

/// One signed-in browser or device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    /// The workspace that was used last.
    pub workspace: Option<WorkspaceId>,
    /// What a device is called; absent for a browser.
    pub device_name: Option<String>,
    /// It was begun by a passkey, which counts as both steps.
    pub by_passkey: bool,
    pub user_agent: String,
    pub ip: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Where one stands in a person's list, by when it was last used.
pub type Place = crate::place::Place<SessionId>;

/// Hashes of what a device holds, and until when it may ask by it.
#[derive(Debug, Clone)]
pub struct DeviceTokens {
    pub access_hash: String,
    pub access_until: Timestamp,
    /// Of the refresh token's part that stays.
    pub family_hash: String,
    pub refresh_hash: String,
}

/// Adds a browser's session.
pub async fn insert(tx: &mut SystemTx, session: &Session, token_hash: &str) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO sessions
                 (id, user_id, token_hash, user_agent, ip, workspace_id, created_at, last_used_at, expires_at, by_passkey)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        binds![
            session.id,
            session.user,
            token_hash,
            &session.user_agent,
            &session.ip,
            session.workspace,
            session.created_at,
            session.last_used_at,
            session.expires_at,
            session.by_passkey,
        ],
    )
    .await?;
    Ok(())
}

/// Adds a device's session.
pub async fn insert_device(
    tx: &mut SystemTx,
    session: &Session,
    tokens: &DeviceTokens,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO sessions
                 (id, user_id, token_hash, user_agent, ip, workspace_id, created_at, last_used_at, expires_at,
                  device_name, access_until, family_hash, refresh_hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        binds![
            session.id,
            session.user,
            &tokens.access_hash,
            &session.user_agent,
            &session.ip,
            session.workspace,
            session.created_at,
            session.last_used_at,
            session.expires_at,
            session.device_name.clone(),
            tokens.access_until,
            &tokens.family_hash,
            &tokens.refresh_hash,
        ],
    )
    .await?;
    Ok(())
}

/// Whether the person with that e-mail address is signed in from there.
pub async fn is_known_place(
    tx: &mut SystemTx,
    email: &str,
    ip: &str,
    now: Timestamp,
) -> Result<bool> {
    let found = tx
        .optional(
            sql!(
                "SELECT s.id FROM users u JOIN sessions s ON s.user_id = u.id
                 WHERE u.email = $1 AND s.ip = $2 AND s.ip <> '' AND s.expires_at > $3 LIMIT 1"
            ),
            binds![email, ip, now],
            |row| row.text("id"),
        )
        .await?;
    Ok(found.is_some())
}

/// The browser's session with that token and its person, while it has not expired and the person is not disabled.
pub async fn of_token(
    tx: &mut SystemTx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    tx.optional(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at,
                    s.id AS session_id, s.workspace_id, s.device_name, s.by_passkey, s.user_agent, s.ip, s.created_at AS session_created_at,
                    s.last_used_at, s.expires_at
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.device_name IS NULL AND s.expires_at > $2 AND u.disabled_at IS NULL"
        ),
        binds![token_hash, now],
        read_with_user,
    )
    .await
}

/// The device's session with that access token, if the token works after `after`, and its person.
pub async fn of_access_token(
    tx: &mut SystemTx,
    token_hash: &str,
    after: Timestamp,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    tx.optional(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at,
                    s.id AS session_id, s.workspace_id, s.device_name, s.by_passkey, s.user_agent, s.ip, s.created_at AS session_created_at,
                    s.last_used_at, s.expires_at
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.device_name IS NOT NULL AND s.access_until > $2 AND s.expires_at > $3
                   AND u.disabled_at IS NULL"
        ),
        binds![token_hash, after, now],
        read_with_user,
    )
    .await
}

/// The device's session whose refresh tokens are of that family, and its person.
pub async fn of_family(
    tx: &mut SystemTx,
    family_hash: &str,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    tx.optional(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at,
                    s.id AS session_id, s.workspace_id, s.device_name, s.by_passkey, s.user_agent, s.ip, s.created_at AS session_created_at,
                    s.last_used_at, s.expires_at
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.family_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL"
        ),
        binds![family_hash, now],
        read_with_user,
    )
    .await
}

/// Gives a device new tokens for its refresh token, where and when it asks. False when that is not its present one.
pub async fn rotate(
    tx: &mut SystemTx,
    session: &Session,
    refresh_hash: &str,
    tokens: &DeviceTokens,
) -> Result<bool> {
    let rows = tx
        .execute(
            sql!(
                "UPDATE sessions SET token_hash = $3, access_until = $4, refresh_hash = $5, ip = $6, user_agent = $7,
                     last_used_at = $8, expires_at = $9
                 WHERE id = $1 AND refresh_hash = $2"
            ),
            binds![
                session.id,
                refresh_hash,
                &tokens.access_hash,
                tokens.access_until,
                &tokens.refresh_hash,
                &session.ip,
                &session.user_agent,
                session.last_used_at,
                session.expires_at,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// A person's sessions after `after` (or from the first on), the one used last first.
pub async fn of_user(
    tx: &mut SystemTx,
    user: UserId,
    now: Timestamp,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<Session>> {
    // Ids are hexadecimal: `g` sorts after all of them.
    let (at, id) = after.map_or((i64::MAX, "g".to_owned()), |place| {
        (place.at.as_millisecond(), place.id.to_string())
    });
    tx.all(
        sql!(
            "SELECT s.id AS session_id, s.user_id AS id, s.workspace_id, s.device_name, s.by_passkey, s.user_agent, s.ip,
                    s.created_at AS session_created_at, s.last_used_at, s.expires_at
             FROM sessions s WHERE s.user_id = $1 AND s.expires_at > $2 AND (s.last_used_at, s.id) < ($3, $4)
             ORDER BY s.last_used_at DESC, s.id DESC LIMIT $5"
        ),
        binds![user, now, at, id, limit],
        read,
    )
    .await
}

fn read_with_user(row: &Row) -> Result<(Session, User)> {
    Ok((read(row)?, users::read(row)?))
}

/// The person's id is `id`, as in every statement that reads them too.
fn read(row: &Row) -> Result<Session> {
    Ok(Session {
        id: row.id("session_id")?,
        user: row.id("id")?,
        workspace: row.optional_id("workspace_id")?,
        device_name: row.optional_text("device_name")?,
        by_passkey: row.bool("by_passkey")?,
        user_agent: row.text("user_agent")?,
        ip: row.text("ip")?,
        created_at: row.instant("session_created_at")?,
        last_used_at: row.instant("last_used_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

/// Notes that a session was used, which workspace it moved to and from where, and until when it now lasts. Where it moves
/// nowhere, the workspace stays, and from nowhere known, the place.
pub async fn touch(
    tx: &mut SystemTx,
    session: SessionId,
    moved_to: Option<WorkspaceId>,
    ip: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE sessions SET workspace_id = COALESCE($2, workspace_id), last_used_at = $3, expires_at = $4,
                 ip = CASE WHEN CAST($5 AS TEXT) = '' THEN ip ELSE $5 END
             WHERE id = $1"
        ),
        binds![session, moved_to, now, expires_at, ip],
    )
    .await?;
    Ok(())
}

/// When somebody signed in for that session.
pub async fn began_at(tx: &mut SystemTx, session: SessionId) -> Result<Option<Timestamp>> {
    tx.optional(
        sql!("SELECT created_at FROM sessions WHERE id = $1"),
        binds![session],
        |row| row.instant("created_at"),
    )
    .await
}

/// Has a session act in that workspace from now on.
pub async fn set_workspace(tx: &mut Tx, session: SessionId, workspace: WorkspaceId) -> Result<()> {
    tx.execute(
        sql!("UPDATE sessions SET workspace_id = $2 WHERE id = $1"),
        binds![session, workspace],
    )
    .await?;
    Ok(())
}

/// Has a person's sessions choose another workspace than the transaction's when they are used next.
pub async fn turn_away(tx: &mut WorkspaceTx, user: UserId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE sessions SET workspace_id = NULL WHERE user_id = $1 AND workspace_id = $2"),
        binds![user, workspace],
    )
    .await?;
    Ok(())
}

/// The same for everybody's sessions.
pub async fn turn_all_away(tx: &mut WorkspaceTx) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE sessions SET workspace_id = NULL WHERE workspace_id = $1"),
        binds![workspace],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut SystemTx, session: SessionId) -> Result<()> {
    tx.execute(sql!("DELETE FROM sessions WHERE id = $1"), binds![session])
        .await?;
    Ok(())
}

/// Ends one of a person's sessions. False when it is none of theirs.
pub async fn delete_of(tx: &mut SystemTx, user: UserId, session: SessionId) -> Result<bool> {
    let rows = tx
        .execute(
            sql!("DELETE FROM sessions WHERE user_id = $1 AND id = $2"),
            binds![user, session],
        )
        .await?;
    Ok(rows == 1)
}

/// Ends all of a person's sessions but one, or all; answers how many.
pub async fn delete_of_user(
    tx: &mut SystemTx,
    user: UserId,
    but: Option<SessionId>,
) -> Result<u64> {
    let but = but.map_or_else(String::new, |id| id.to_string());
    tx.execute(
        sql!("DELETE FROM sessions WHERE user_id = $1 AND id <> $2"),
        binds![user, but],
    )
    .await
}

/// Forgets sessions that have expired; answers how many.
pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM sessions WHERE expires_at <= $1"),
        binds![now],
    )
    .await
}
