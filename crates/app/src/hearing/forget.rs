//! Forgets what was told long ago.

use fanfare_domain::ids_from;
use fanfare_store::{catch_ups, webhook_events, webhook_receipts};
use jiff::SignedDuration;

use crate::App;

/// Events of which nothing comes any more are kept this long, and so is what is known of deleted ones: much longer than platforms tell
/// again what nobody answered (Meta for a day and a half, WhatsApp for a week).
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Rows that go in one transaction.
const BATCH: u32 = 1_000;
/// Transactions in one hour: what is left goes in the next.
const ROUNDS: usize = 200;

pub(crate) async fn forget_old(app: &App) -> anyhow::Result<()> {
    let kept_from = app.now() - KEPT;
    let before = ids_from(kept_from);
    for _ in 0..ROUNDS {
        let mut tx = app.store.as_system("forget old events").write().await?;
        let events = webhook_events::delete_older(&mut tx, &before, BATCH).await?;
        let deleted = webhook_events::forget_deleted(&mut tx, kept_from, BATCH).await?;
        let receipts = webhook_receipts::delete_older(&mut tx, &before, BATCH).await?;
        let read = catch_ups::delete_older(&mut tx, kept_from, BATCH).await?;
        tx.commit().await?;
        if [events, deleted, receipts, read]
            .iter()
            .all(|gone| *gone < u64::from(BATCH))
        {
            break;
        }
    }
    Ok(())
}
