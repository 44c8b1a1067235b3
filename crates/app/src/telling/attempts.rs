//! The log of attempts.

use fanfare_domain::{WebhookAttemptId, WebhookEndpointId};
use fanfare_store::outgoing::{self, Attempt, AttemptFilter};

use super::endpoints::get;
use crate::{App, Caller, Result};

/// Attempts to tell an endpoint something, the newest first.
///
/// # Errors
/// `not_found`.
pub async fn list_attempts(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
    filter: &AttemptFilter,
    before: Option<WebhookAttemptId>,
    limit: u32,
) -> Result<Vec<Attempt>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    get(&mut tx, id).await?;
    Ok(outgoing::attempts(&mut tx, id, filter, before, limit).await?)
}
