//! The accounts that are connected, and the channels that are published to.

use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_store::{channels, connections};
use serde_json::json;

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

pub(super) async fn write(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "connections.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = connections::list(&mut tx, None, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.id);
        for connection in &page {
            let item = json!({
                "id": connection.id,
                "platform": connection.platform,
                "remote_id": connection.remote_id,
                "name": connection.name,
                "status": connection.status,
                "scopes": connection.scopes,
                "expires_at": connection.expires_at,
                "created_at": connection.created_at,
            });
            file.add(&item).await?;
        }
    }
}

pub(super) async fn write_channels(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "channels.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = channels::list(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(last.id);
        for channel in &page {
            let item = json!({
                "id": channel.id,
                "connection_id": channel.connection_id,
                "platform": channel.platform,
                "remote_id": channel.remote_id,
                "name": channel.name,
                "kind": channel.kind,
                "url": channel.url,
                "enabled": channel.enabled,
                "paused": channel.paused,
                "created_at": channel.created_at,
            });
            file.add(&item).await?;
        }
    }
}
