//! Workspaces and who belongs to them.

use fanfare_domain::role::Role;
use fanfare_domain::{UserId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// A workspace as one of its members sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
}

/// Makes a workspace with its first member.
pub async fn insert(
    tx: &mut SystemTx,
    membership: &Membership,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!("INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3)"),
        binds![membership.workspace, &membership.name, now],
    )
    .await?;
    tx.execute(
        sql!(
            "INSERT INTO members (workspace_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)"
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
            "SELECT m.workspace_id, m.role, w.name
             FROM members m JOIN workspaces w ON w.id = m.workspace_id
             WHERE m.user_id = $1 ORDER BY m.created_at, m.workspace_id LIMIT 1000"
        ),
        binds![user],
        |row| {
            Ok(Membership {
                workspace: row.id("workspace_id")?,
                name: row.text("name")?,
                role: row.named("role", Role::parse)?,
            })
        },
    )
    .await
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
