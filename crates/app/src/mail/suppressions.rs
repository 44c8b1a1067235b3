//! Addresses that told to be left alone, as an administrator sees and releases them.

use fanfare_domain::ErrorCode;
use fanfare_store::audit::{self, Actor};
use fanfare_store::mail_suppressions::{self, Suppression};
use fanfare_store::{Store, SystemTx};
use jiff::Timestamp;
use serde_json::json;

use crate::accounts::normal_email;
use crate::audit::event;
use crate::{App, AppError, RefusalKind, Result};

/// Addresses after `after`, one more than `limit`.
pub async fn suppressions(app: &App, after: Option<&str>, limit: u32) -> Result<Vec<Suppression>> {
    let mut tx = app.store.as_system("addresses left alone").read().await?;
    Ok(mail_suppressions::list(&mut tx, after, limit + 1).await?)
}

/// Lets an address be written to again.
///
/// # Errors
/// `not_found` when it is written to already.
pub async fn release(store: &Store, actor: &Actor, address: &str, now: Timestamp) -> Result<()> {
    let mut tx = store.as_system("write to an address again").write().await?;
    if !release_in(&mut tx, actor, &normal_email(address), now).await? {
        return Err(AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            "Nothing is held back from this address.",
        ));
    }
    Ok(tx.commit().await?)
}

/// The same within another change. False when nothing was held back.
pub(super) async fn release_in(
    tx: &mut SystemTx,
    actor: &Actor,
    address: &str,
    now: Timestamp,
) -> Result<bool> {
    let Some(told) = mail_suppressions::find(tx, address).await? else {
        return Ok(false);
    };
    mail_suppressions::delete(tx, address).await?;
    let released = event(
        now,
        actor.clone(),
        "mail_address.released",
        ("mail_address", hidden(address)),
        json!({ "refusal": told.refusal }),
    );
    audit::record_for_installation(tx, &released).await?;
    Ok(true)
}

/// As much of an address as tells an administrator which one it was. The log outlives the account that it belongs to.
fn hidden(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_holds_no_address() {
        assert_eq!(hidden("ada@example.com"), "a…@example.com");
        assert_eq!(hidden(""), "…@");
    }
}
