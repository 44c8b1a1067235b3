//! What somebody who opens the interface needs to know first.

use fanfare_domain::WorkspaceId;
use fanfare_store::users::{self, User};
use fanfare_store::workspaces::{self, Membership};

use super::authenticate::{choose, note_use, took_two_steps};
use super::session::{self, Shown};
use crate::{App, Result};

/// Who is signed in, if anybody, and whether one could register.
#[derive(Debug, Clone)]
pub struct Status {
    pub user: Option<User>,
    /// They have a second step, or came by a passkey: workspaces that ask for two steps let them in.
    pub took_two_steps: bool,
    pub workspaces: Vec<Membership>,
    /// The workspace in which requests act that do not name one.
    pub current: Option<WorkspaceId>,
    /// An administrator exists.
    pub set_up: bool,
    pub registration_open: bool,
}

/// Tells anybody, signed in or not.
pub async fn status(app: &App, shown: Option<&Shown>) -> Result<Status> {
    let mut tx = app
        .store
        .as_system("who is this, and is anybody")
        .read()
        .await?;
    let set_up = users::has_administrator(&mut tx).await?;
    let mut status = Status {
        user: None,
        took_two_steps: false,
        workspaces: Vec::new(),
        current: None,
        set_up,
        registration_open: !set_up || app.config.registration_open,
    };
    let Some(shown) = shown else {
        return Ok(status);
    };
    let found = session::find(&mut tx, &shown.token, app.now()).await?;
    let Some((session, user)) = found else {
        return Ok(status);
    };
    status.workspaces = workspaces::of_user(&mut tx, user.id).await?;
    drop(tx);
    status.took_two_steps = took_two_steps(&session, &user);
    status.user = Some(user);
    let current = choose(&session, &status.workspaces, None).ok();
    status.current = current.map(|one| one.workspace);
    note_use(app, &session, status.current, &shown.ip).await?;
    Ok(status)
}
