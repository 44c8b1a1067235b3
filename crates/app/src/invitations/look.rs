//! What an invitation says to whoever has its link.

use fanfare_domain::Secret;
use fanfare_store::invitations::{self, Invitation};
use fanfare_store::users;

use super::link;
use crate::accounts::hash;
use crate::{App, Result};

/// An invitation, before it is accepted.
#[derive(Debug, Clone)]
pub struct Looked {
    pub invitation: Invitation,
    pub workspace_name: String,
    /// Whoever has this address signs in; otherwise accepting makes the account.
    pub has_account: bool,
}

/// Reads it by the token of its link.
///
/// # Errors
/// `link_invalid`.
pub async fn look(app: &App, token: &Secret) -> Result<Looked> {
    let mut tx = app
        .store
        .as_system("only the token knows the workspace")
        .read()
        .await?;
    let found = invitations::of_token(&mut tx, &hash(token), app.now()).await?;
    let (invitation, workspace_name) = found.ok_or_else(link::invalid)?;
    Ok(Looked {
        has_account: users::is_taken(&mut tx, &invitation.email).await?,
        invitation,
        workspace_name,
    })
}
