//! Forgets what was told long ago.

use fanfare_domain::ids_from;
use fanfare_store::outgoing;
use jiff::SignedDuration;

use crate::App;

/// Messages and their attempts are kept this long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Rows that go in one transaction.
const BATCH: u32 = 500;
/// Transactions in one hour: what is left goes in the next.
const ROUNDS: usize = 200;

pub(crate) async fn forget_old(app: &App) -> anyhow::Result<()> {
    let before = ids_from(app.now() - KEPT);
    for _ in 0..ROUNDS {
        let mut tx = app.store.as_system("forget old messages").write().await?;
        let gone = outgoing::delete_older(&mut tx, &before, BATCH).await?;
        tx.commit().await?;
        if gone < u64::from(BATCH) {
            break;
        }
    }
    Ok(())
}
