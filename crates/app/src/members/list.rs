//! Everybody in the caller's workspace.

use fanfare_domain::UserId;
use fanfare_store::members::{self, Member};

use crate::{App, Caller, Result};

/// The members after `after`, in the order of their accounts.
pub async fn list(
    app: &App,
    caller: &Caller,
    after: Option<UserId>,
    limit: u32,
) -> Result<Vec<Member>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(members::list(&mut tx, after, limit).await?)
}
