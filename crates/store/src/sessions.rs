//! Signed-in browsers. The table holds the hash of a session's token, never the token.

use fanfare_domain::{SessionId, UserId, WorkspaceId};
use jiff::Timestamp;

use crate::users::{self, User};
use crate::{Result, SystemTx, Tx, WorkspaceTx, binds, sql};

/// One signed-in browser or device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    /// The workspace that was used last.
    pub workspace: Option<WorkspaceId>,
    pub user_agent: String,
    pub ip: String,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert(tx: &mut SystemTx, session: &Session, token_hash: &str) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO sessions
                 (id, user_id, token_hash, user_agent, ip, workspace_id, created_at, last_used_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
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
        ],
    )
    .await?;
    Ok(())
}

/// The session with that token and its person, while it has not expired and the person is not disabled.
pub async fn of_token(
    tx: &mut SystemTx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    tx.optional(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.created_at,
                    s.id AS session_id, s.workspace_id, s.user_agent, s.ip, s.created_at AS session_created_at,
                    s.last_used_at, s.expires_at
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL"
        ),
        binds![token_hash, now],
        |row| {
            let user = users::read(row)?;
            let session = Session {
                id: row.id("session_id")?,
                user: user.id,
                workspace: row.optional_id("workspace_id")?,
                user_agent: row.text("user_agent")?,
                ip: row.text("ip")?,
                created_at: row.instant("session_created_at")?,
                last_used_at: row.instant("last_used_at")?,
                expires_at: row.instant("expires_at")?,
            };
            Ok((session, user))
        },
    )
    .await
}

/// Notes that a session was used, in which workspace, and until when it now lasts.
pub async fn touch(
    tx: &mut SystemTx,
    session: SessionId,
    workspace: Option<WorkspaceId>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE sessions SET workspace_id = $2, last_used_at = $3, expires_at = $4 WHERE id = $1"),
        binds![session, workspace, now, expires_at],
    )
    .await?;
    Ok(())
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

/// Forgets sessions that have expired; answers how many.
pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM sessions WHERE expires_at <= $1"),
        binds![now],
    )
    .await
}
