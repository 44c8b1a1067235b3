//! Audit events of posts and deliveries.

use fanfare_domain::{AuditEventId, PostId};
use fanfare_store::WorkspaceTx;
use fanfare_store::audit::{self, Actor, AuditEvent};
use fanfare_store::deliveries::Delivery;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::Result;

pub(crate) async fn audit_post(
    tx: &mut WorkspaceTx,
    now: Timestamp,
    actor: Actor,
    action: &str,
    post: PostId,
    detail: Json,
) -> Result<()> {
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor,
        action: action.to_owned(),
        subject_kind: "post".to_owned(),
        subject_id: post.to_string(),
        post_id: Some(post),
        detail,
    };
    Ok(audit::record(tx, &event).await?)
}

/// `delivery.<state>` by default; the detail says why.
pub(crate) async fn audit_delivery(
    tx: &mut WorkspaceTx,
    now: Timestamp,
    actor: Actor,
    action: &str,
    delivery: &Delivery,
    detail: Json,
) -> Result<()> {
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor,
        action: action.to_owned(),
        subject_kind: "delivery".to_owned(),
        subject_id: delivery.id.to_string(),
        post_id: Some(delivery.post_id),
        detail,
    };
    Ok(audit::record(tx, &event).await?)
}
