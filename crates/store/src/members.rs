//! Who belongs to a workspace, and with which role.

use fanfare_domain::role::Role;
use fanfare_domain::{UserId, WorkspaceId};
use jiff::Timestamp;

use crate::users::{self, User};
use crate::{Result, Row, SystemTx, Tx, WorkspaceTx, binds, sql};

/// A person as a member of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// They sign in with a second factor.
    pub two_factor: bool,
    pub joined_at: Timestamp,
    /// When they acted here last, as far as it is noted.
    pub last_seen_at: Option<Timestamp>,
}

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

/// Those with the longest-standing accounts first; those after `after` only.
pub async fn list(tx: &mut WorkspaceTx, after: Option<UserId>, limit: u32) -> Result<Vec<Member>> {
    let workspace = tx.workspace();
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(
        sql!(
            "SELECT m.user_id, u.name, u.email, m.role, u.two_factor_at IS NOT NULL AS two_factor, m.created_at, m.last_seen_at
             FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.workspace_id = $1 AND m.user_id > $2 ORDER BY m.user_id LIMIT $3"
        ),
        binds![workspace, after, limit],
        read,
    )
    .await
}

/// One member, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, user: UserId) -> Result<Member> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT m.user_id, u.name, u.email, m.role, u.two_factor_at IS NOT NULL AS two_factor, m.created_at, m.last_seen_at
             FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.workspace_id = $1 AND m.user_id = $2"
        ),
        binds![workspace, user],
        read,
    )
    .await
}

/// Those who can mend what is wrong with a workspace: its owners and admins who can sign in.
pub async fn managers(tx: &mut SystemTx, workspace: WorkspaceId) -> Result<Vec<User>> {
    tx.all(
        sql!(
            "SELECT u.id, u.email, u.name, u.is_admin, u.email_verified_at, u.two_factor_at, u.language, u.created_at
             FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.workspace_id = $1 AND m.role IN ('owner', 'admin') AND u.disabled_at IS NULL
             ORDER BY u.id LIMIT 200"
        ),
        binds![workspace],
        users::read,
    )
    .await
}

/// Those who run the installation, and of each the workspace in which they are told of it: the first that they came to.
pub async fn administrators(tx: &mut SystemTx) -> Result<Vec<(UserId, WorkspaceId)>> {
    tx.all(
        sql!(
            "SELECT u.id AS user_id, MIN(m.workspace_id) AS workspace_id
             FROM users u JOIN members m ON m.user_id = u.id
             WHERE u.is_admin AND u.disabled_at IS NULL GROUP BY u.id ORDER BY u.id LIMIT 200"
        ),
        binds![],
        |row| Ok((row.id("user_id")?, row.id("workspace_id")?)),
    )
    .await
}

/// Whether somebody with that e-mail address is a member.
pub async fn has_email(tx: &mut WorkspaceTx, email: &str) -> Result<bool> {
    let workspace = tx.workspace();
    let found = tx
        .optional(
            sql!(
                "SELECT m.user_id FROM members m JOIN users u ON u.id = m.user_id
                 WHERE m.workspace_id = $1 AND u.email = $2"
            ),
            binds![workspace, email],
            |_| Ok(()),
        )
        .await?;
    Ok(found.is_some())
}

/// Whether an owner would be left who can sign in, were it not for this one.
pub async fn has_another_owner(tx: &mut Tx, workspace: WorkspaceId, than: UserId) -> Result<bool> {
    let found = tx
        .optional(
            sql!(
                "SELECT m.user_id FROM members m JOIN users u ON u.id = m.user_id
                 WHERE m.workspace_id = $1 AND m.role = 'owner' AND m.user_id <> $2 AND u.disabled_at IS NULL LIMIT 1"
            ),
            binds![workspace, than],
            |_| Ok(()),
        )
        .await?;
    Ok(found.is_some())
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

/// Notes that a member acted in the workspace.
pub async fn note_seen(
    tx: &mut Tx,
    workspace: WorkspaceId,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE members SET last_seen_at = $3 WHERE workspace_id = $1 AND user_id = $2"),
        binds![workspace, user, now],
    )
    .await?;
    Ok(())
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

fn read(row: &Row) -> Result<Member> {
    Ok(Member {
        user: row.id("user_id")?,
        name: row.text("name")?,
        email: row.text("email")?,
        role: row.named("role", Role::parse)?,
        two_factor: row.bool("two_factor")?,
        joined_at: row.instant("created_at")?,
        last_seen_at: row.optional_instant("last_seen_at")?,
    })
}
