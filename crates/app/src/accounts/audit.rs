//! Lines of the audit log about people's own doings.

use fanfare_domain::WorkspaceId;
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

/// Tells every workspace that somebody belongs to what they, or somebody in their name, did with their account; the installation, where
/// they belong to none.
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
    let happened = || about(&actor, user, now, action, detail.clone());
    if record_in_workspaces(tx, user, happened).await? == 0 {
        // Whoever belongs to none is the installation's concern: nothing goes unrecorded.
        audit::record_for_installation(tx, &happened()).await?;
    }
    Ok(())
}

/// Tells the workspace that somebody acts in; the installation, where they act in none.
pub(super) async fn record_where_they_act(
    tx: &mut SystemTx,
    workspace: Option<WorkspaceId>,
    event: &AuditEvent,
) -> Result<()> {
    match workspace {
        Some(workspace) => audit::record_in(tx, workspace, event).await?,
        None => audit::record_for_installation(tx, event).await?,
    }
    Ok(())
}

async fn record_in_workspaces(
    tx: &mut SystemTx,
    user: &User,
    event: impl Fn() -> AuditEvent,
) -> Result<usize> {
    let memberships = workspaces::of_user(tx, user.id).await?;
    for membership in &memberships {
        // Each is an event of its own.
        audit::record_in(tx, membership.workspace, &event()).await?;
    }
    Ok(memberships.len())
}

fn about(actor: &Actor, user: &User, now: Timestamp, action: &str, detail: Json) -> AuditEvent {
    AuditEvent {
        actor: actor.clone(),
        detail,
        ..event(user, now, action, "user", &user.id.to_string())
    }
}

/// What somebody did with an account: told to every workspace that its person belongs to, and to the installation in any case.
pub(super) async fn record_for_installation_too(
    tx: &mut SystemTx,
    actor: &Actor,
    user: &User,
    now: Timestamp,
    action: &str,
    detail: Json,
) -> Result<()> {
    let happened = || about(actor, user, now, action, detail.clone());
    record_in_workspaces(tx, user, happened).await?;
    Ok(audit::record_for_installation(tx, &happened()).await?)
}
