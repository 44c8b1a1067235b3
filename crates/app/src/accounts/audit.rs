//! Lines of the audit log about people's own doings.

use fanfare_domain::AuditEventId;
use fanfare_store::audit::{Actor, AuditEvent};
use fanfare_store::users::User;
use jiff::Timestamp;

/// `user` did `action` to the thing of that kind and id.
pub(super) fn event(
    user: &User,
    now: Timestamp,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
) -> AuditEvent {
    AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: Actor {
            id: Some(user.id),
            name: user.name.clone(),
        },
        action: action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject_id: subject_id.to_owned(),
        post_id: None,
        detail: serde_json::json!({}),
    }
}
