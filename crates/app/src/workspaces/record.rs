//! Lines of the audit log about a workspace and who belongs to it.

use fanfare_store::WorkspaceTx;
use fanfare_store::audit::{self, Actor};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::Result;
use crate::audit::event;

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
    let subject = (happened.subject_kind, happened.subject_id);
    let event = event(now, actor, happened.action, subject, happened.detail);
    Ok(audit::record(tx, &event).await?)
}
