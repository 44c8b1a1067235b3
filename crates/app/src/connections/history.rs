//! How renewing an account's access went so far.

use fanfare_domain::ConnectionId;
use fanfare_store::connections::{self, Renewed};

use super::read::missing;
use crate::{App, Caller, Result};

/// The tries to renew a connection, the latest first, from before `before`.
///
/// # Errors
/// `not_found`.
pub async fn refresh_history(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
    before: Option<&str>,
    limit: u32,
) -> Result<Vec<Renewed>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    Ok(connections::refresh_log(&mut tx, id, before, limit).await?)
}
