//! Gives up what a lost key sealed.

use fanfare_domain::ErrorCode;
use fanfare_store::Store;
use fanfare_store::connections::{self, LastError};
use fanfare_store::sealed::SEALED;
use jiff::Timestamp;

use crate::Result;

/// Throws away what that key sealed, and says at the accounts that they have to be connected again.
pub async fn forget(store: &Store, key: u8, now: Timestamp) -> Result<()> {
    let error = LastError {
        code: ErrorCode::CredentialsUnreadable,
        detail: "The key by which this access was kept is lost. Reconnect the account.".to_owned(),
        advice: "reconnect".to_owned(),
    };
    let mut tx = store.as_system("a key is lost").write().await?;
    connections::withdraw_sealed_by(&mut tx, key, &error, now).await?;
    for sealed in SEALED {
        sealed.forget(&mut tx, key).await?;
    }
    Ok(tx.commit().await?)
}
