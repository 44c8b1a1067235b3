//! Forgetting invitations that nobody took up.

use fanfare_store::{SystemTx, invitations};
use jiff::{SignedDuration, Timestamp};

use crate::Result;

/// An expired invitation stays listed for a while, to be sent again.
const EXPIRED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

pub(crate) async fn tidy(tx: &mut SystemTx, now: Timestamp) -> Result<()> {
    invitations::delete_expired(tx, now - EXPIRED_KEPT).await?;
    Ok(())
}
