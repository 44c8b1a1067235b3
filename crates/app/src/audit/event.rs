//! A line of the log.

use std::fmt::Display;

use fanfare_domain::AuditEventId;
use fanfare_store::audit::{Actor, AuditEvent};
use jiff::Timestamp;
use serde_json::Value as Json;

/// `actor` did `action` to the thing of that kind and id.
#[must_use]
pub fn event(
    now: Timestamp,
    actor: Actor,
    action: &str,
    (subject_kind, subject_id): (&str, impl Display),
    detail: Json,
) -> AuditEvent {
    AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor,
        action: action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id: subject_id.to_string(),
        post_id: None,
        detail,
    }
}
