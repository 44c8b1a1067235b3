//! The library: what is said of each file, and which files are to come with it.

use std::collections::HashMap;
use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_domain::media_files::KeptFile;
use fanfare_store::media::Media;
use fanfare_store::media_folders;
use fanfare_store::media_list::{self, MediaFilter, MediaOrder};
use serde_json::json;

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

const MOST_FOLDERS: u32 = 10_000;

/// A file of the library, and where it is to lie in the archive.
pub(in crate::exports) struct LibraryFile {
    pub file: KeptFile,
    pub name: String,
}

pub(super) async fn write(
    app: &App,
    workspace: WorkspaceId,
    folder: &Path,
) -> anyhow::Result<Vec<LibraryFile>> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let folders = media_folders::all(&mut tx, MOST_FOLDERS).await?;
    drop(tx);
    let folders: HashMap<_, _> = folders.into_iter().map(|one| (one.id, one.name)).collect();
    let mut file = ListFile::create(folder, "media.json").await?;
    let mut library = Vec::new();
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let order = MediaOrder::Oldest(after);
        let page = media_list::list(&mut tx, &MediaFilter::default(), &order, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            file.finish().await?;
            return Ok(library);
        };
        after = Some(last.id);
        for media in &page {
            let name = name_in_archive(media);
            let item = json!({
                "id": media.id,
                "file": name,
                "file_name": media.file_name,
                "kind": media.kind,
                "mime": media.mime,
                "bytes": media.bytes,
                "width": media.width,
                "height": media.height,
                "alt": media.alt,
                "tags": media.tags,
                "folder": media.folder_id.and_then(|id| folders.get(&id)),
                "sha256": media.sha256,
                "created_by": media.created_by,
                "created_at": media.created_at,
            });
            file.add(&item).await?;
            library.push(LibraryFile {
                file: app.media_file(&media.storage_key),
                name,
            });
        }
    }
}

/// By its id, so that no name can lead out of the folder that an archive is unpacked into, and none is there twice.
fn name_in_archive(media: &Media) -> String {
    let ending = media.storage_key.rsplit('.').next().unwrap_or("bin");
    format!("media/{}.{ending}", media.id)
}
