//! Lines of the audit log about a workspace and who belongs to it.

use fanfare_domain::AuditEventId;
use fanfare_store::WorkspaceTx;
use fanfare_store::audit::{self, Actor, AuditEvent};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::Result;

/// What happened to which thing.
pub(crate) struct Happened<'a> {
    pub action: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: String,
    pub detail: Json,
}

pub(crate) async fn record(
    tx: &mut WorkspaceTx,
    actor: Actor,
    happened: Happened<'_>,
    now: Timestamp,
) -> Result<()> {
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor,
        action: happened.action.to_owned(),
        subject_kind: happened.subject_kind.to_owned(),
        subject_id: happened.subject_id,
        post_id: None,
        detail: happened.detail,
    };
    Ok(audit::record(tx, &event).await?)
}
