//! The workspaces that a person is a member of.

use fanfare_store::workspaces::{self, Membership};

use crate::{App, Caller, Result};

/// All of the caller's workspaces, whichever they act in.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Membership>> {
    let mut tx = app.store.as_system("a person's workspaces").read().await?;
    Ok(workspaces::of_user(&mut tx, caller.user).await?)
}
