//! The tries of a whole post that ended nothing: what its history tells besides the audit log.

use fanfare_domain::{DeliveryId, ErrorCode, PostId};

use super::Attempt;
use crate::{Result, WorkspaceTx, binds, sql};

/// Tries after which another followed, of all deliveries of the post, oldest first.
pub async fn inconclusive(
    tx: &mut WorkspaceTx,
    post: PostId,
) -> Result<Vec<(DeliveryId, Attempt)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT a.delivery_id, a.number, a.started_at, a.finished_at, a.outcome, a.code, a.detail, a.log
             FROM deliveries d JOIN delivery_attempts a ON a.delivery_id = d.id
             WHERE d.workspace_id = $1 AND d.post_id = $2 AND a.workspace_id = $1 AND a.outcome = 'retry'
             ORDER BY a.id LIMIT 500"
        ),
        binds![workspace, post],
        |row| {
            let attempt = Attempt {
                number: row.int("number")?,
                started_at: row.instant("started_at")?,
                finished_at: row.instant("finished_at")?,
                outcome: row.text("outcome")?,
                code: row.optional_text("code")?.as_deref().and_then(ErrorCode::parse),
                detail: row.text("detail")?,
                log: row.text("log")?,
            };
            Ok((row.id("delivery_id")?, attempt))
        },
    )
    .await
}
