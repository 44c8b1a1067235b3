//! The audit log, with the hashes that chain it.

use std::path::Path;

use fanfare_domain::{AuditEventId, WorkspaceId};
use fanfare_store::audit::{self, AuditFilter, Chained};

use super::PAGE;
use super::list_file::ListFile;
use crate::{App, Result};

pub(super) async fn write(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "audit.json").await?;
    let mut before = None;
    loop {
        let page = audit_page(app, workspace, before).await?;
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.event.id);
        for line in &page {
            file.add(&crate::audit::json_line(line)).await?;
        }
    }
}

async fn audit_page(
    app: &App,
    workspace: WorkspaceId,
    before: Option<AuditEventId>,
) -> Result<Vec<Chained>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    Ok(audit::list(&mut tx, &AuditFilter::default(), before, PAGE).await?)
}
