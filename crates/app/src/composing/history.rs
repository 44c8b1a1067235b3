//! Everything that happened to a post: what people and Fanfare did, and each try at a platform that led to another.

use fanfare_store::audit::{self, Actor, AuditEvent};
use fanfare_store::{Result, WorkspaceTx, deliveries};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::detail::PostDetail;

/// One thing that happened to a post or a delivery.
#[derive(Debug, Clone)]
pub struct Happening {
    pub at: Timestamp,
    pub actor: Actor,
    /// Such as `post.scheduled`, `delivery.tried` or `delivery.published`.
    pub action: String,
    pub subject_id: String,
    pub detail: Json,
}

/// Oldest first. How a last try ended is an audit event; the tries before it are told from the delivery's log.
pub(super) async fn history(tx: &mut WorkspaceTx, detail: &PostDetail) -> Result<Vec<Happening>> {
    let id = detail.post.id;
    let mut happened: Vec<Happening> = audit::of_post(tx, id)
        .await?
        .into_iter()
        .map(Happening::from)
        .collect();
    if detail
        .deliveries
        .iter()
        .any(|delivery| delivery.attempts > 0)
    {
        for (delivery, attempt) in deliveries::inconclusive(tx, id).await? {
            happened.push(Happening {
                at: attempt.finished_at,
                actor: Actor::fanfare(),
                action: "delivery.tried".to_owned(),
                subject_id: delivery.to_string(),
                detail: json!({ "attempt": attempt.number, "code": attempt.code, "detail": attempt.detail }),
            });
        }
        // Stable: what is of one instant stays in the order it was written.
        happened.sort_by_key(|one| one.at);
    }
    Ok(happened)
}

impl From<AuditEvent> for Happening {
    fn from(event: AuditEvent) -> Self {
        Self {
            at: event.at,
            actor: event.actor,
            action: event.action,
            subject_id: event.subject_id,
            detail: event.detail,
        }
    }
}
