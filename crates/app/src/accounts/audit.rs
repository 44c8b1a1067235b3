//! Lines of the audit log about people's own doings.

use fanfare_store::audit::{self, Actor, AuditEvent};
use fanfare_store::users::User;
use fanfare_store::{SystemTx, workspaces};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::Result;

/// `user` did `action` to the thing of that kind and id.
pub(super) fn event(
    user: &User,
    now: Timestamp,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
) -> AuditEvent {
    let actor = Actor {
        id: Some(user.id),
        name: user.name.clone(),
    };
    crate::audit::event(
        now,
        actor,
        action,
        (subject_kind, subject_id),
        serde_json::json!({}),
    )
}

/// Tells every workspace that somebody belongs to what they, or somebody in their name, did with their account.
pub(super) async fn record_everywhere(
    tx: &mut SystemTx,
    user: &User,
    now: Timestamp,
    action: &str,
    detail: Json,
) -> Result<()> {
    let actor = Actor {
        id: Some(user.id),
        name: user.name.clone(),
    };
    record_everywhere_as(tx, &actor, user, now, action, detail).await
}

/// The same for what an administrator did with somebody's account.
pub(super) async fn record_everywhere_as(
    tx: &mut SystemTx,
    actor: &Actor,
    user: &User,
    now: Timestamp,
    action: &str,
    detail: Json,
) -> Result<()> {
    for membership in workspaces::of_user(tx, user.id).await? {
        let event = AuditEvent {
            actor: actor.clone(),
            detail: detail.clone(),
            ..event(user, now, action, "user", &user.id.to_string())
        };
        audit::record_in(tx, membership.workspace, &event).await?;
    }
    Ok(())
}

/// What an administrator did with somebody's account: told to every workspace of theirs, and to the installation, which also has people that
/// belong to none.
pub(super) async fn record_by_administrator(
    tx: &mut SystemTx,
    actor: &Actor,
    user: &User,
    now: Timestamp,
    action: &str,
    detail: Json,
) -> Result<()> {
    record_everywhere_as(tx, actor, user, now, action, detail.clone()).await?;
    let event = AuditEvent {
        actor: actor.clone(),
        detail,
        ..event(user, now, action, "user", &user.id.to_string())
    };
    audit::record_for_installation(tx, &event).await?;
    Ok(())
}
