//! Signing out.

use fanfare_store::sessions::{self, Session};
use fanfare_store::users::User;
use fanfare_store::{SystemTx, workspaces};
use jiff::Timestamp;

use super::audit::{event, record_where_they_act};
use super::authenticate::choose;
use super::session::{SessionToken, find_to_end};
use crate::{App, Result};

/// Ends the token's session, and with a device's all tokens that it was given. One that has ended already is as good.
pub async fn log_out(app: &App, token: &SessionToken) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("a session ends").write().await?;
    let Some((session, user)) = find_to_end(&mut tx, token, now).await? else {
        return Ok(());
    };
    end(&mut tx, &session, &user, now).await?;
    Ok(tx.commit().await?)
}

/// Ends a session, and tells of it where its person acts.
pub(super) async fn end(
    tx: &mut SystemTx,
    session: &Session,
    user: &User,
    now: Timestamp,
) -> Result<()> {
    let memberships = workspaces::of_user(tx, user.id).await?;
    sessions::delete(tx, session.id).await?;
    let current = choose(session, &memberships, None).ok();
    let id = session.id.to_string();
    let event = event(user, now, "session.ended", "session", &id);
    record_where_they_act(tx, current.map(|one| one.workspace), &event).await
}
