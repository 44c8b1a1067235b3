//! What nobody needs any more.

use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// Throws away up to `limit` of those that happened before `instant`; answers how many.
pub async fn delete_older(tx: &mut SystemTx, instant: Timestamp, limit: u32) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE at < $1 ORDER BY at LIMIT $2)"),
        binds![instant, limit],
    )
    .await
}

/// Leaves each person the newest `read` of all, and of the older ones those that are unread, up to `unread`; at most `limit` go at once.
pub async fn delete_beyond(tx: &mut SystemTx, read: u32, unread: u32, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM notifications WHERE id IN
                 (SELECT id FROM
                     (SELECT id, read_at, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY at DESC, id DESC) AS place FROM notifications) placed
                  WHERE (place > $1 AND read_at IS NOT NULL) OR place > $2 ORDER BY id LIMIT $3)"
        ),
        binds![read, unread, limit],
    )
    .await
}
