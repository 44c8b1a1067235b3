//! Read, unread and gone.

use fanfare_domain::{NotificationId, UserId};
use jiff::Timestamp;

use super::list::Place;
use crate::{DatabaseKind, Result, WorkspaceTx, binds, dialect, sql};

/// How many were marked, and when: what takes it back names that instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    pub at: Timestamp,
    pub count: u64,
}

/// Marks one as read. Read already, it stays as it was.
pub async fn mark_read(
    tx: &mut WorkspaceTx,
    user: UserId,
    id: NotificationId,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE notifications SET read_at = $4
                 WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND id = $3 AND read_at IS NULL"
            ),
            binds![user, workspace, id, now],
        )
        .await?;
    Ok(rows == 1)
}

/// Marks all as read that stand at `last` or before it, or simply all.
pub async fn mark_read_up_to(
    tx: &mut WorkspaceTx,
    user: UserId,
    last: Option<Place>,
    now: Timestamp,
) -> Result<Marked> {
    let workspace = tx.workspace();
    let (at, id) = last.map_or((i64::MAX, "g".to_owned()), |place| {
        (place.at.as_millisecond(), place.id.to_string())
    });
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::MARK_READ_UP_TO,
        DatabaseKind::Sqlite => dialect::sqlite::MARK_READ_UP_TO,
    };
    let count = tx
        .execute(text, binds![user, workspace, at, id, now])
        .await?;
    Ok(Marked { at: now, count })
}

/// Marks one as unread again, unless another about the same has come meanwhile: that one counts for it. `Conflict` when it comes at this
/// very moment.
pub async fn mark_unread(tx: &mut WorkspaceTx, user: UserId, id: NotificationId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE notifications SET read_at = NULL
                 WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND id = $3 AND read_at IS NOT NULL
                     AND NOT EXISTS (SELECT 1 FROM notifications other
                         WHERE other.user_id = notifications.user_id AND other.workspace_id = notifications.workspace_id
                             AND other.kind = notifications.kind AND other.subject = notifications.subject AND other.read_at IS NULL)"
            ),
            binds![user, workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Takes back what was marked as read at that instant. `Conflict` when another about the same comes at this very moment.
pub async fn mark_unread_since(
    tx: &mut WorkspaceTx,
    user: UserId,
    read_at: Timestamp,
) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE notifications SET read_at = NULL
             WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND read_at = $3
                 AND NOT EXISTS (SELECT 1 FROM notifications other
                     WHERE other.user_id = notifications.user_id AND other.workspace_id = notifications.workspace_id
                         AND other.kind = notifications.kind AND other.subject = notifications.subject AND other.read_at IS NULL)"
        ),
        binds![user, workspace, read_at],
    )
    .await
}

/// False when the person has no such one.
pub async fn delete(tx: &mut WorkspaceTx, user: UserId, id: NotificationId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "DELETE FROM notifications WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND id = $3"
            ),
            binds![user, workspace, id],
        )
        .await?;
    Ok(rows == 1)
}
