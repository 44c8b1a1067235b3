//! How often files are added.

use fanfare_domain::Limit;

use crate::{App, Caller, Result};

/// Counts a file that somebody is about to add.
///
/// # Errors
/// `too_many_requests`.
pub(super) async fn keep_pace(app: &App, caller: &Caller) -> Result<()> {
    app.limit(Limit::UploadPerson, &caller.user.to_string())
        .await?;
    app.limit(Limit::UploadWorkspace, &caller.workspace.to_string())
        .await
}
