//! Where a person is signed in, and ending that.

use fanfare_domain::SessionId;
use fanfare_store::SystemTx;
use fanfare_store::sessions::{self, Place, Session};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::audit::{event, record_where_they_act};
use super::user_agent;
use crate::{App, AppError, Person, Result};

/// A session as its person sees it.
#[derive(Debug, Clone)]
pub struct ListedSession {
    pub session: Session,
    /// Browser and system, or what the device is called.
    pub name: String,
    /// The one that asks.
    pub is_current: bool,
}

/// A person's sessions after `after`, the one used last first; up to `limit`.
pub async fn list_sessions(
    app: &App,
    person: &Person,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<ListedSession>> {
    let mut tx = app.store.as_system("a person's sessions").read().await?;
    let own = sessions::of_user(&mut tx, person.user.id, app.now(), after, limit).await?;
    Ok(own
        .into_iter()
        .map(|session| ListedSession {
            name: name(&session),
            is_current: session.id == person.session,
            session,
        })
        .collect())
}

fn name(session: &Session) -> String {
    match &session.device_name {
        Some(name) => name.clone(),
        None => user_agent::in_words(&session.user_agent),
    }
}

/// Ends one of the person's sessions; it is out with its next request.
///
/// # Errors
/// `not_found`.
pub async fn revoke_session(app: &App, person: &Person, id: SessionId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("a session is revoked").write().await?;
    if !sessions::delete_of(&mut tx, person.user.id, id).await? {
        return Err(AppError::from(fanfare_store::StoreError::NotFound));
    }
    let about = ("session", id.to_string());
    tell(tx, person, "session.revoked", about, json!({}), now).await
}

/// Ends all sessions of the person but the one that asks; answers how many.
pub async fn revoke_other_sessions(app: &App, person: &Person) -> Result<u64> {
    let now = app.now();
    let mut tx = app.store.as_system("sessions are revoked").write().await?;
    let ended = sessions::delete_of_user(&mut tx, person.user.id, Some(person.session)).await?;
    let about = ("user", person.user.id.to_string());
    let detail = json!({ "ended": ended });
    tell(tx, person, "session.others_revoked", about, detail, now).await?;
    Ok(ended)
}

/// Ends the transaction, with a line in the audit log.
async fn tell(
    mut tx: SystemTx,
    person: &Person,
    action: &str,
    (kind, id): (&str, String),
    detail: Json,
    now: Timestamp,
) -> Result<()> {
    let mut event = event(&person.user, now, action, kind, &id);
    event.detail = detail;
    record_where_they_act(&mut tx, person.workspace, &event).await?;
    Ok(tx.commit().await?)
}
