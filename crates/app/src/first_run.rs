//! The first run of a workspace: what the interface cannot tell from what is there already.

use fanfare_domain::PostId;
use fanfare_store::first_runs::{self, FirstRun};
use fanfare_store::posts;
use jiff::Timestamp;

use crate::{App, AppError, Caller, Result};

pub use fanfare_store::first_runs::FirstRun as Progress;

/// What is to be remembered anew; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub workspace_named: Option<bool>,
    pub post_id: Option<PostId>,
    pub dismissed: Option<bool>,
}

pub async fn read(app: &App, caller: &Caller) -> Result<Progress> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(first_runs::get(&mut tx).await?)
}

/// Remembers a step. It is a note about the interface, not about the workspace, so the audit log does not tell it.
///
/// # Errors
/// `not_found` when the post is not in this workspace.
pub async fn remember(app: &App, caller: &Caller, change: Change) -> Result<Progress> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if let Some(post) = change.post_id {
        posts::get(&mut tx, post)
            .await
            .map_err(AppError::or_missing("post"))?;
    }
    let before = first_runs::get(&mut tx).await?;
    let since = |wanted: Option<bool>, before: Option<Timestamp>| match wanted {
        None => before,
        Some(true) => before.or(Some(now)),
        Some(false) => None,
    };
    let after = FirstRun {
        named_at: since(change.workspace_named, before.named_at),
        post_id: change.post_id.or(before.post_id),
        dismissed_at: since(change.dismissed, before.dismissed_at),
    };
    first_runs::put(&mut tx, &after).await?;
    tx.commit().await?;
    Ok(after)
}
