//! The workspaces that a person is a member of.

use fanfare_store::workspaces::{self, Membership};

use crate::{App, Caller, Result};

/// All of the caller's workspaces, whichever they act in. A key knows its own only.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Membership>> {
    let mut tx = app.store.as_system("a person's workspaces").read().await?;
    let mut own = workspaces::of_user(&mut tx, caller.user).await?;
    if caller.session().is_none() {
        own.retain(|one| one.workspace == caller.workspace);
    }
    Ok(own)
}
