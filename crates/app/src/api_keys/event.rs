//! Lines of the audit log about keys.

use fanfare_domain::ApiKeyId;
use fanfare_store::WorkspaceTx;
use fanfare_store::api_keys::ApiKey;
use fanfare_store::audit;
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::audit::event;
use crate::{Caller, Result};

pub(super) async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    key: ApiKeyId,
    detail: Json,
    now: Timestamp,
) -> Result<()> {
    let event = event(now, caller.actor(), action, ("api_key", key), detail);
    Ok(audit::record(tx, &event).await?)
}

/// What can be chosen about a key.
pub(super) fn settings(key: &ApiKey) -> Json {
    json!({
        "name": key.name,
        "scopes": key.scopes,
        "allowed_ips": key.allowed_ips,
        "rate_per_minute": key.rate_per_minute,
        "expires_at": key.expires_at,
    })
}
