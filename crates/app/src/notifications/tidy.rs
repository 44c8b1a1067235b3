//! Throws away what nobody looks for any more.

use fanfare_store::notifications;
use jiff::SignedDuration;

use crate::App;

const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// A person keeps so many, the newest; what they have not read stays a while longer.
const EACH: u32 = 1_000;
const EACH_UNREAD: u32 = 5_000;
/// Rows that go in one transaction.
const BATCH: u32 = 1_000;
/// Transactions in one hour: what is left goes in the next.
const ROUNDS: usize = 200;

pub(crate) async fn forget_old(app: &App) -> anyhow::Result<()> {
    let before = app.now() - KEPT;
    for _ in 0..ROUNDS {
        let mut tx = app
            .store
            .as_system("forget old notifications")
            .write()
            .await?;
        let old = notifications::delete_older(&mut tx, before, BATCH).await?;
        let beyond = notifications::delete_beyond(&mut tx, EACH, EACH_UNREAD, BATCH).await?;
        tx.commit().await?;
        if old < u64::from(BATCH) && beyond < u64::from(BATCH) {
            break;
        }
    }
    Ok(())
}
