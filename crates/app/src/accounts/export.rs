//! What is kept about a person, to be taken along.

use fanfare_domain::UserId;
use fanfare_store::archive::{self, Part};
use fanfare_store::audit::{Acted, AuditFilter};
use fanfare_store::{
    SystemTx, email_changes, notification_preferences, notifications, oidc, passkeys, sessions,
    users, workspaces,
};
use serde_json::{Map, Value as Json, json};

use super::not_authenticated;
use crate::{App, Person, Result};

/// The newest of what the person did, in each workspace.
const MOST_EVENTS: u32 = 10_000;
const MOST_SESSIONS: u32 = 1_000;
const PAGE: u32 = 500;

/// Everything that is kept about the person: the account, how and where they are signed in, their keys and filters, what was mailed to them, the
/// workspaces they belong to, and what they did there. Posts and files belong to the workspaces, which have exports of their own.
pub async fn export(app: &App, person: &Person) -> Result<Json> {
    let id = person.user.id;
    let now = app.now();
    let mut tx = app
        .store
        .as_system("what is kept about a person")
        .snapshot()
        .await?;
    let (user, _) = users::to_confirm(&mut tx, id)
        .await?
        .ok_or_else(not_authenticated)?;
    let pending = email_changes::of_user(&mut tx, id, now).await?;
    let sessions = sessions::of_user(&mut tx, id, now, None, MOST_SESSIONS).await?;
    let memberships = workspaces::of_user(&mut tx, id).await?;
    let passkeys = passkeys::of_user(&mut tx, id).await?;
    let sign_ins = oidc::of_user(&mut tx, id).await?;
    let told = notifications::of_user(&mut tx, id, MOST_EVENTS).await?;
    let said = notification_preferences::of_user(&mut tx, id).await?;
    let mut tables = Map::new();
    for part in archive::OF_PERSON {
        tables.insert(part.name.to_owned(), whole(&mut tx, part, id).await?);
    }
    drop(tx);
    let mut parts = Vec::with_capacity(memberships.len());
    for membership in memberships {
        let filter = AuditFilter {
            actor: Some(Acted::Person(id)),
            ..AuditFilter::default()
        };
        let mut tx = app.store.in_workspace(membership.workspace).read().await?;
        let events = fanfare_store::audit::list(&mut tx, &filter, None, MOST_EVENTS).await?;
        let did: Vec<Json> = events
            .into_iter()
            .map(|found| {
                let event = found.event;
                json!({
                    "at": event.at,
                    "action": event.action,
                    "subject_kind": event.subject_kind,
                    "subject_id": event.subject_id,
                })
            })
            .collect();
        parts.push(json!({
            "id": membership.workspace,
            "name": membership.name,
            "role": membership.role,
            "did": did,
        }));
    }
    let mut export = json!({
        "exported_at": now,
        "account": {
            "id": user.id,
            "email": user.email,
            "pending_email": pending.map(|change| change.new_email),
            "name": user.name,
            "language": user.language,
            "is_admin": user.is_admin,
            "email_verified_at": user.email_verified_at,
            "two_factor_at": user.two_factor_at,
            "created_at": user.created_at,
        },
        "sessions": sessions
            .into_iter()
            .map(|session| json!({
                "device": session.device_name,
                "browser": session.user_agent,
                "ip": session.ip,
                "created_at": session.created_at,
                "last_used_at": session.last_used_at,
            }))
            .collect::<Vec<Json>>(),
        "passkeys": passkeys
            .into_iter()
            .map(|passkey| json!({
                "name": passkey.name,
                "created_at": passkey.created_at,
                "last_used_at": passkey.last_used_at,
            }))
            .collect::<Vec<Json>>(),
        "sign_ins": sign_ins
            .into_iter()
            .map(|one| json!({
                "issuer": one.issuer,
                "subject": one.subject,
                "email": one.email,
                "created_at": one.created_at,
                "last_used_at": one.last_used_at,
            }))
            .collect::<Vec<Json>>(),
        "notifications": told
            .into_iter()
            .map(|one| json!({
                "workspace_id": one.workspace,
                "kind": one.kind,
                "title": one.title,
                "what": one.what,
                "platform": one.platform,
                "account": one.account,
                "count": one.count,
                "at": one.at,
                "read_at": one.read_at,
                "in_app": one.in_app,
                "email": one.email,
            }))
            .collect::<Vec<Json>>(),
        "notification_preferences": said
            .into_iter()
            .map(|one| json!({ "kind": one.kind, "channel": one.channel, "wanted": one.wanted }))
            .collect::<Vec<Json>>(),
        "workspaces": parts,
    });
    if let Some(export) = export.as_object_mut() {
        export.extend(tables);
    }
    Ok(export)
}

async fn whole(tx: &mut SystemTx, part: &Part, user: UserId) -> Result<Json> {
    let (owner, mut after) = (user.to_string(), String::new());
    let mut all = Vec::new();
    while let Some((last, items)) = archive::read(tx, part, &owner, &after, PAGE).await? {
        after = last;
        all.extend(items);
    }
    Ok(Json::Array(all))
}
