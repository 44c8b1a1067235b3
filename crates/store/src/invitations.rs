//! Open invitations to workspaces. The table holds the hash of a link's token, never the token.

use fanfare_domain::role::Role;
use fanfare_domain::{InvitationId, UserId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// One invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub workspace: WorkspaceId,
    /// Trimmed and in lower case.
    pub email: String,
    pub role: Role,
    /// Absent once their account is gone.
    pub invited_by: Option<UserId>,
    /// Empty once their account is gone.
    pub invited_by_name: String,
    /// The link went to the address by mail, and to nobody else.
    pub mailed: bool,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Adds an invitation to the transaction's workspace. One for the same address being there is a `Conflict`.
pub async fn insert(tx: &mut WorkspaceTx, invitation: &Invitation, token_hash: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO invitations
                 (id, workspace_id, email, role, token_hash, invited_by, mailed, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        binds![
            invitation.id,
            workspace,
            &invitation.email,
            invitation.role,
            token_hash,
            invitation.invited_by,
            invitation.mailed,
            invitation.created_at,
            invitation.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// The workspace's invitations, the newest first; those made before `before` only.
pub async fn list(
    tx: &mut WorkspaceTx,
    before: Option<InvitationId>,
    limit: u32,
) -> Result<Vec<Invitation>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT i.id, i.workspace_id, i.email, i.role, i.invited_by, u.name AS invited_by_name, i.mailed, i.created_at, i.expires_at
             FROM invitations i LEFT JOIN users u ON u.id = i.invited_by
             WHERE i.workspace_id = $1 AND i.id < $2 ORDER BY i.id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, id: InvitationId) -> Result<Invitation> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT i.id, i.workspace_id, i.email, i.role, i.invited_by, u.name AS invited_by_name, i.mailed, i.created_at, i.expires_at
             FROM invitations i LEFT JOIN users u ON u.id = i.invited_by
             WHERE i.workspace_id = $1 AND i.id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// How many the workspace has.
pub async fn count(tx: &mut WorkspaceTx) -> Result<i64> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT COUNT(*) AS open FROM invitations WHERE workspace_id = $1"),
        binds![workspace],
        |row| row.int("open"),
    )
    .await
}

/// The one whose link has that token, while it has not expired, and what its workspace is called.
pub async fn of_token(
    tx: &mut SystemTx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Invitation, String)>> {
    tx.optional(
        sql!(
            "SELECT i.id, i.workspace_id, i.email, i.role, i.invited_by, u.name AS invited_by_name, i.mailed, i.created_at, i.expires_at,
                    w.name AS workspace_name
             FROM invitations i JOIN workspaces w ON w.id = i.workspace_id LEFT JOIN users u ON u.id = i.invited_by
             WHERE i.token_hash = $1 AND i.expires_at > $2"
        ),
        binds![token_hash, now],
        |row| Ok((read(row)?, row.text("workspace_name")?)),
    )
    .await
}

/// The newest one for that address that has not expired.
pub async fn newest_for(
    tx: &mut SystemTx,
    email: &str,
    now: Timestamp,
) -> Result<Option<Invitation>> {
    tx.optional(
        sql!(
            "SELECT i.id, i.workspace_id, i.email, i.role, i.invited_by, u.name AS invited_by_name, i.mailed, i.created_at, i.expires_at
             FROM invitations i LEFT JOIN users u ON u.id = i.invited_by
             WHERE i.email = $1 AND i.expires_at > $2 ORDER BY i.id DESC LIMIT 1"
        ),
        binds![email, now],
        read,
    )
    .await
}

/// Uses it up for somebody whose address was proved in another way than by its link. False when somebody was faster.
pub async fn withdraw(tx: &mut SystemTx, id: InvitationId) -> Result<bool> {
    let rows = tx
        .execute(sql!("DELETE FROM invitations WHERE id = $1"), binds![id])
        .await?;
    Ok(rows == 1)
}

/// Gives it another link, mailed or not, and its new end. The link before works no more.
pub async fn renew(tx: &mut WorkspaceTx, invitation: &Invitation, token_hash: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE invitations SET token_hash = $3, expires_at = $4, mailed = $5 WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            invitation.id,
            token_hash,
            invitation.expires_at,
            invitation.mailed
        ],
    )
    .await?;
    Ok(())
}

/// Uses the link up. False when somebody was faster, or it is another link by now: then nobody joins by it.
pub async fn consume(tx: &mut SystemTx, id: InvitationId, token_hash: &str) -> Result<bool> {
    let rows = tx
        .execute(
            sql!("DELETE FROM invitations WHERE id = $1 AND token_hash = $2"),
            binds![id, token_hash],
        )
        .await?;
    Ok(rows == 1)
}

/// False when it was gone already.
pub async fn delete(tx: &mut WorkspaceTx, id: InvitationId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM invitations WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Takes back the one for that address, if there is one.
pub async fn delete_for(tx: &mut WorkspaceTx, email: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM invitations WHERE workspace_id = $1 AND email = $2"),
        binds![workspace, email],
    )
    .await?;
    Ok(())
}

/// Takes back those of all workspaces for that address.
pub async fn delete_everywhere_for(tx: &mut SystemTx, email: &str) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM invitations WHERE email = $1"),
        binds![email],
    )
    .await
}

/// Forgets those of all workspaces that expired before `age`; answers how many.
pub async fn delete_expired(tx: &mut SystemTx, age: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM invitations WHERE expires_at < $1"),
        binds![age],
    )
    .await
}

fn read(row: &Row) -> Result<Invitation> {
    Ok(Invitation {
        id: row.id("id")?,
        workspace: row.id("workspace_id")?,
        email: row.text("email")?,
        role: row.named("role", Role::parse)?,
        invited_by: row.optional_id("invited_by")?,
        invited_by_name: row.optional_text("invited_by_name")?.unwrap_or_default(),
        mailed: row.bool("mailed")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
    })
}
