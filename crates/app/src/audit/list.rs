//! Reading the log of a workspace, and that of the installation.

use fanfare_domain::{AuditEventId, WorkspaceId};
use fanfare_store::audit::{self, AuditFilter, Chained};

use crate::{App, Result};

/// The workspace's events that `filter` wants, from before `before`, the newest first.
pub async fn list_events(
    app: &App,
    workspace: WorkspaceId,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: u32,
) -> Result<Vec<Chained>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    Ok(audit::list(&mut tx, filter, before, limit).await?)
}

/// The installation's own events that `filter` wants, from before `before`, the newest first.
pub async fn list_installation_events(
    app: &App,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: u32,
) -> Result<Vec<Chained>> {
    let mut tx = app
        .store
        .as_system("the installation's audit log")
        .read()
        .await?;
    Ok(audit::list_of_installation(&mut tx, filter, before, limit).await?)
}
