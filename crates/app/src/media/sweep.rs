//! Clearing up what an interruption left: bytes that no row knows, and uploads that nobody finished.

use std::io;
use std::path::{Path, PathBuf};

use fanfare_domain::MediaId;
use fanfare_store::{media, media_imports, media_uploads};
use jiff::{SignedDuration, Timestamp};

use super::blobs::{self, BlobStore, blocking};
use crate::{App, Result};

/// What was cleared up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub uploads: u64,
    pub files: u64,
}

/// Younger files may belong to something under way. Uploads have as long to finish.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Clears up. May run at any time and on several machines at once.
///
/// # Errors
/// When the disk or the database fails; what was cleared up by then stays so.
pub async fn sweep(app: &App) -> Result<Swept> {
    let now = app.now();
    let mut tx = app
        .store
        .as_system("uploads of all workspaces end")
        .write()
        .await?;
    let uploads = media_uploads::delete_expired(&mut tx, now).await?
        + media_imports::delete_expired(&mut tx, now).await?;
    tx.commit().await?;

    let (blobs, before) = (app.blobs.clone(), now - GRACE);
    let listing = blocking(move || old_files(&blobs, before)).await;
    let mut files = 0;
    for folder in listing.map_err(anyhow::Error::from)? {
        for path in orphans(app, folder).await? {
            blobs::remove(&path).await.map_err(anyhow::Error::from)?;
            files += 1;
        }
    }
    Ok(Swept { uploads, files })
}

/// Old files, folder by folder, each with the id that its name begins with.
type Folder = Vec<(Option<MediaId>, PathBuf)>;

fn old_files(blobs: &BlobStore, before: Timestamp) -> io::Result<Vec<Folder>> {
    let mut folders = blobs.folders()?;
    folders.push(blobs.incoming_folder());
    folders
        .iter()
        .map(|folder| old_files_in(folder, before))
        .collect()
}

fn old_files_in(folder: &Path, before: Timestamp) -> io::Result<Folder> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(about) = entry.metadata() else {
            continue;
        };
        let changed = Timestamp::try_from(about.modified()?).unwrap_or(Timestamp::MAX);
        if about.is_file() && changed < before {
            let name = entry.file_name();
            let id = name
                .to_str()
                .and_then(|name| name.split('.').next()?.parse().ok());
            files.push((id, entry.path()));
        }
    }
    Ok(files)
}

/// Those that neither a file of the library nor one on its way there explains.
async fn orphans(app: &App, folder: Folder) -> Result<Vec<PathBuf>> {
    let ids: Vec<_> = folder.iter().filter_map(|(id, _)| *id).collect();
    let mut tx = app
        .store
        .as_system("files of all workspaces share the disk")
        .read()
        .await?;
    let mut known = media::existing(&mut tx, &ids).await?;
    known.extend(media_uploads::existing(&mut tx, &ids).await?);
    known.extend(media_imports::existing(&mut tx, &ids).await?);
    let is_known = |id: &Option<MediaId>| id.is_some_and(|id| known.contains(&id));
    Ok(folder
        .into_iter()
        .filter(|(id, _)| !is_known(id))
        .map(|(_, path)| path)
        .collect())
}
