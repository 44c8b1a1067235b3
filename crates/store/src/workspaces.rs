//! Workspaces as those who belong to them see them.

use fanfare_domain::role::Role;
use fanfare_domain::{UserId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, SystemTx, Tx, WorkspaceTx, binds, sql};

/// A workspace as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
    /// Who has no second factor may do nothing there.
    pub requires_two_factor: bool,
}

/// Makes a workspace with its first member, who is there already.
pub async fn insert(
    tx: &mut SystemTx,
    membership: &Membership,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO workspaces (id, name, requires_two_factor, created_at) VALUES ($1, $2, $3, $4)"
        ),
        binds![
            membership.workspace,
            &membership.name,
            membership.requires_two_factor,
            now
        ],
    )
    .await?;
    tx.execute(
        sql!(
            "INSERT INTO members (workspace_id, user_id, role, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)"
        ),
        binds![membership.workspace, user, membership.role, now],
    )
    .await?;
    Ok(())
}

/// All workspaces of a person, the first joined first.
pub async fn of_user(tx: &mut SystemTx, user: UserId) -> Result<Vec<Membership>> {
    tx.all(
        sql!(
            "SELECT m.workspace_id, m.role, w.name, w.requires_two_factor
             FROM members m JOIN workspaces w ON w.id = m.workspace_id
             WHERE m.user_id = $1 ORDER BY m.created_at, m.workspace_id LIMIT 1000"
        ),
        binds![user],
        |row| {
            Ok(Membership {
                workspace: row.id("workspace_id")?,
                name: row.text("name")?,
                role: row.named("role", Role::parse)?,
                requires_two_factor: row.bool("requires_two_factor")?,
            })
        },
    )
    .await
}

/// What the transaction's workspace is called.
pub async fn name(tx: &mut WorkspaceTx) -> Result<String> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT name FROM workspaces WHERE id = $1"),
        binds![workspace],
        |row| row.text("name"),
    )
    .await
}

/// Makes everybody wait who changes the members or settings of the transaction's workspace, until it ends. `NotFound` when the workspace
/// is gone.
pub async fn lock(tx: &mut WorkspaceTx) -> Result<()> {
    let workspace = tx.workspace();
    lock_one(tx, workspace).await
}

/// The same for any workspace.
pub async fn lock_one(tx: &mut Tx, workspace: WorkspaceId) -> Result<()> {
    let rows = tx
        .execute(
            sql!("UPDATE workspaces SET name = name WHERE id = $1"),
            binds![workspace],
        )
        .await?;
    if rows == 1 {
        Ok(())
    } else {
        Err(crate::StoreError::NotFound)
    }
}

/// Gives the transaction's workspace another name.
pub async fn rename(tx: &mut WorkspaceTx, name: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE workspaces SET name = $2 WHERE id = $1"),
        binds![workspace, name],
    )
    .await?;
    Ok(())
}

/// Says whether the transaction's workspace wants a second factor of its members.
pub async fn require_two_factor(tx: &mut WorkspaceTx, is_required: bool) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE workspaces SET requires_two_factor = $2 WHERE id = $1"),
        binds![workspace, is_required],
    )
    .await?;
    Ok(())
}

/// Deletes the transaction's workspace, and with it every row that names it: the foreign keys of all tables of a workspace say so.
pub async fn delete(tx: &mut WorkspaceTx) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM workspaces WHERE id = $1"),
        binds![workspace],
    )
    .await?;
    Ok(())
}
