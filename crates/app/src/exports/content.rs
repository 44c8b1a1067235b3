//! What an archive says of a workspace, as JSON files. Nothing that is sealed or secret is read here: no tokens, no keys, no passwords, and not
//! what platforms said in their own words.

use std::path::Path;

use fanfare_domain::WorkspaceId;
use jiff::Timestamp;

use super::list_file;
use crate::App;

mod audit;
mod connections;
mod media;
mod posts;
mod tables;
mod templates;
mod webhooks;
mod workspace;

pub(super) use media::LibraryFile;

/// Rows that are read at once.
const PAGE: u32 = 200;

/// Explains the archive to whoever opens it.
const README: &str = include_str!("content/README.txt");

/// Writes all JSON files into `folder`; answers their names, and the library's files.
pub(super) async fn write(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
    now: Timestamp,
) -> anyhow::Result<(Vec<String>, Vec<LibraryFile>)> {
    tokio::fs::write(folder.join("README.txt"), README).await?;
    workspace::write(app, workspace, folder, now).await?;
    workspace::write_members(app, workspace, folder).await?;
    connections::write(app, workspace, folder).await?;
    connections::write_channels(app, workspace, folder).await?;
    posts::write(app, workspace, folder).await?;
    templates::write(app, workspace, folder).await?;
    templates::write_hashtag_groups(app, workspace, folder).await?;
    let parts = tables::write(app, workspace, folder).await?;
    webhooks::write(app, workspace, folder).await?;
    let library = media::write(app, workspace, folder).await?;
    audit::write(app, workspace, folder).await?;
    let mut names = [
        "README.txt",
        "workspace.json",
        "members.json",
        "connections.json",
        "channels.json",
        "posts.json",
        "templates.json",
        "hashtag-groups.json",
        "webhooks.json",
        "webhook-attempts.json",
        "media.json",
        "audit.json",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(parts);
    Ok((names, library))
}
