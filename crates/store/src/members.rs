//! Who belongs to a workspace, and with which role.

use fanfare_domain::UserId;
use fanfare_domain::role::Role;
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, sql};

pub async fn add(tx: &mut WorkspaceTx, user: UserId, role: Role, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO members (workspace_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)"
        ),
        binds![workspace, user, role, now],
    )
    .await?;
    Ok(())
}

/// False when there is no such member.
pub async fn set_role(tx: &mut WorkspaceTx, user: UserId, role: Role) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("UPDATE members SET role = $3 WHERE workspace_id = $1 AND user_id = $2"),
            binds![workspace, user, role],
        )
        .await?;
    Ok(rows == 1)
}

/// False when there is no such member.
pub async fn remove(tx: &mut WorkspaceTx, user: UserId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM members WHERE workspace_id = $1 AND user_id = $2"),
            binds![workspace, user],
        )
        .await?;
    Ok(rows == 1)
}
