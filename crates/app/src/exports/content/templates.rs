//! What posts are begun with: content templates and hashtag groups.

use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_store::{content_templates, hashtag_groups};
use serde_json::json;

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

pub(super) async fn write(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "templates.json").await?;
    let mut before = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = content_templates::list(&mut tx, before, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.id);
        for template in &page {
            let item = json!({
                "id": template.id,
                "name": template.name,
                "content": template.content,
                "created_by": template.created_by,
                "created_at": template.created_at,
                "updated_at": template.updated_at,
            });
            file.add(&item).await?;
        }
    }
}

pub(super) async fn write_hashtag_groups(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "hashtag-groups.json").await?;
    let mut before = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = hashtag_groups::list(&mut tx, before, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(file.finish().await?);
        };
        before = Some(last.id);
        for group in &page {
            let item = json!({
                "id": group.id,
                "name": group.name,
                "hashtags": group.hashtags,
                "created_by": group.created_by,
                "created_at": group.created_at,
                "updated_at": group.updated_at,
            });
            file.add(&item).await?;
        }
    }
}
