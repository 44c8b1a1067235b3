//! What the tables hold, as they hold it.

use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_store::archive;

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

/// Answers the names of the files.
pub(super) async fn write(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for part in archive::OF_WORKSPACE {
        let name = format!("{}.json", part.name);
        let mut file = ListFile::create(folder, &name).await?;
        let (owner, mut after) = (workspace.to_string(), String::new());
        loop {
            let mut tx = app.store.in_workspace(workspace).read().await?;
            let page = archive::read(&mut tx, part, &owner, &after, PAGE).await?;
            drop(tx);
            let Some((last, items)) = page else {
                break;
            };
            after = last;
            for item in &items {
                file.add(item).await?;
            }
        }
        file.finish().await?;
        names.push(name);
    }
    Ok(names)
}
