//! The workspace itself, and who belongs to it.

use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_store::{members, workspaces};
use jiff::Timestamp;
use serde_json::json;

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

pub(super) async fn write(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
    now: Timestamp,
) -> anyhow::Result<()> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let name = workspaces::name(&mut tx).await?;
    drop(tx);
    let about = json!({
        "id": workspace,
        "name": name,
        "exported_at": now,
        "fanfare": app.config.version,
    });
    tokio::fs::write(folder.join("workspace.json"), format!("{about:#}\n")).await?;
    Ok(())
}

pub(super) async fn write_members(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "members.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = members::list(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.user);
        for member in &page {
            let item = json!({
                "user_id": member.user,
                "name": member.name,
                "email": member.email,
                "role": member.role,
                "joined_at": member.joined_at,
                "last_seen_at": member.last_seen_at,
            });
            file.add(&item).await?;
        }
    }
}
