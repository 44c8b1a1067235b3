//! Posts that were deleted: gone for everybody, kept for a while so that it can be taken back.

use fanfare_domain::PostId;
use jiff::Timestamp;

use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// Makes the post invisible. Its deliveries stay with it.
pub async fn delete(tx: &mut WorkspaceTx, id: PostId, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE posts SET deleted_at = $3 WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL"
        ),
        binds![workspace, id, now],
    )
    .await?;
    Ok(())
}

/// Makes a post that was deleted since then visible again, and locks it as [`super::lock`] does. False when there is none.
pub async fn bring_back(tx: &mut WorkspaceTx, id: PostId, since: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE posts SET deleted_at = NULL WHERE workspace_id = $1 AND id = $2 AND deleted_at >= $3"
            ),
            binds![workspace, id, since],
        )
        .await?;
    Ok(rows == 1)
}

/// Removes for good what was deleted before `age`, with all that belongs to it; answers how many posts.
pub async fn sweep(tx: &mut SystemTx, age: Timestamp) -> Result<u64> {
    tx.execute(sql!("DELETE FROM posts WHERE deleted_at < $1"), binds![age])
        .await
}
