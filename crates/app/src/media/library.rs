//! Looking at what is there.

use fanfare_domain::MediaId;
use fanfare_store::media::{self, Media};

use crate::{App, AppError, Caller, Result};

/// One file.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, caller: &Caller, id: MediaId) -> Result<Media> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    media::find(&mut tx, id)
        .await?
        .ok_or_else(|| AppError::not_found("picture or video"))
}

/// The newest files before `before` (or of all), newest first.
///
/// # Errors
/// Only when the database fails.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<MediaId>,
    limit: u32,
) -> Result<Vec<Media>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(media::list(&mut tx, before, limit).await?)
}
