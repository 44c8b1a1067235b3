//! Decides that a first comment is written, and keeps its job and its audit events.

use fanfare_domain::comment::CommentState;
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{DeliveryId, JobId};
use fanfare_platform_kit::roles::FIRST_COMMENT;
use fanfare_store::WorkspaceTx;
use fanfare_store::audit::{self, Actor, AuditEvent};
use fanfare_store::deliveries::Delivery;
use fanfare_store::first_comments::{self, FirstComment};
use fanfare_store::jobs::{self, NewJob};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::Result;
use crate::audit::event;
use crate::publishing::deadline;

/// The kind of the job that writes a first comment.
pub(super) const COMMENT: &str = "comment";

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CommentIds {
    pub delivery: DeliveryId,
}

/// The key under which a comment's one job is known.
pub(super) fn comment_key(delivery: DeliveryId) -> String {
    // The watchdog's statement spells this out too.
    format!("{COMMENT}:{delivery}")
}

/// Records the delivery's first comment and its job, if the delivery asks for one, in the transaction that records that the post is
/// out.
pub(in crate::publishing) async fn decide(
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<()> {
    let Some(comment) = asked_for(delivery, now) else {
        return Ok(());
    };
    if !first_comments::insert(tx, &comment).await? {
        return Ok(());
    }
    enqueue(tx, delivery.id, now, now).await?;
    let detail = json!({});
    audit_comment(tx, now, Actor::fanfare(), delivery, &comment, detail).await
}

/// The comment that a delivery will have once it is out, for showing it before; absent where none is asked for or none will come.
#[must_use]
pub fn planned_comment(delivery: &Delivery) -> Option<FirstComment> {
    let may_come = !matches!(
        delivery.state,
        DeliveryState::Draft | DeliveryState::Published | DeliveryState::Cancelled
    );
    asked_for(delivery, delivery.updated_at).filter(|_| may_come)
}

fn asked_for(delivery: &Delivery, now: Timestamp) -> Option<FirstComment> {
    let text = delivery.options.get(FIRST_COMMENT)?.as_str()?.trim();
    (!text.is_empty()).then(|| FirstComment {
        delivery_id: delivery.id,
        text: text.to_owned(),
        state: CommentState::Scheduled,
        next_attempt_at: None,
        deadline_at: deadline(now),
        attempts: 0,
        began_at: None,
        progress: Json::Null,
        intended_at: None,
        remote_id: None,
        permalink: None,
        published_at: None,
        receipt: None,
        error: None,
        created_at: now,
        updated_at: now,
    })
}

/// Makes sure that the comment's job runs at `at`.
pub(super) async fn enqueue(
    tx: &mut WorkspaceTx,
    delivery: DeliveryId,
    at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let payload = serde_json::to_string(&CommentIds { delivery }).expect("ids are plain JSON");
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(tx.workspace()),
        kind: COMMENT,
        payload,
        key: Some(comment_key(delivery)),
        due_at: at,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

/// `first_comment.<state>`, about the delivery; the detail says why.
pub(super) async fn audit_comment(
    tx: &mut WorkspaceTx,
    now: Timestamp,
    actor: Actor,
    delivery: &Delivery,
    comment: &FirstComment,
    detail: Json,
) -> Result<()> {
    let action = format!("first_comment.{}", comment.state);
    audit_as(tx, now, actor, &action, delivery, detail).await
}

/// An event that is no change of state by that name.
pub(super) async fn audit_as(
    tx: &mut WorkspaceTx,
    now: Timestamp,
    actor: Actor,
    action: &str,
    delivery: &Delivery,
    detail: Json,
) -> Result<()> {
    let event = AuditEvent {
        post_id: Some(delivery.post_id),
        ..event(now, actor, action, ("first_comment", delivery.id), detail)
    };
    Ok(audit::record(tx, &event).await?)
}
