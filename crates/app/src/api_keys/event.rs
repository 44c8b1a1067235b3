//! Lines of the audit log about keys.

use fanfare_domain::{ApiKeyId, AuditEventId};
use fanfare_store::WorkspaceTx;
use fanfare_store::api_keys::ApiKey;
use fanfare_store::audit::{self, AuditEvent};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::{Caller, Result};

pub(super) async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    key: ApiKeyId,
    detail: Json,
    now: Timestamp,
) -> Result<()> {
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: caller.actor(),
        action: action.to_owned(),
        subject_kind: "api_key".to_owned(),
        subject_id: key.to_string(),
        post_id: None,
        detail,
    };
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
