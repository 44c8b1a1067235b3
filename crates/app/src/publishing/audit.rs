//! Audit events of posts and deliveries.

use fanfare_domain::PostId;
use fanfare_store::WorkspaceTx;
use fanfare_store::audit::{self, Actor, AuditEvent};
use fanfare_store::deliveries::Delivery;
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::Result;
use crate::audit::event;

pub(crate) async fn audit_post(
    tx: &mut WorkspaceTx,
    now: Timestamp,
    actor: Actor,
    action: &str,
    post: PostId,
    detail: Json,
) -> Result<()> {
    let event = AuditEvent {
        post_id: Some(post),
        ..event(now, actor, action, ("post", post), detail)
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
        post_id: Some(delivery.post_id),
        ..event(now, actor, action, ("delivery", delivery.id), detail)
    };
    Ok(audit::record(tx, &event).await?)
}
