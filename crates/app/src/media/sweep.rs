//! Clearing up what an interruption left: bytes that no row knows, and uploads that nobody finished.

use std::io;
use std::path::{Path, PathBuf};

use fanfare_domain::MediaId;
use fanfare_store::{SystemTx, media, media_imports, media_uploads};
use futures::future::ready;
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::{SignedDuration, Timestamp};

use super::local_files::{self, blocking};
use crate::{App, Result};

/// What was cleared up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub uploads: u64,
    pub files: u64,
}

/// Younger files may belong to something under way. Uploads have as long to finish.
const GRACE: SignedDuration = SignedDuration::from_hours(24);
const LOOKED_UP_AT_ONCE: usize = 500;

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

    let before = now - GRACE;
    let folder = app.local_files.incoming_folder();
    let listing = blocking(move || left_incoming(&folder, before)).await;
    let mut files = 0;
    for path in left_behind(app, listing.map_err(anyhow::Error::from)?).await? {
        local_files::remove(&path)
            .await
            .map_err(anyhow::Error::from)?;
        files += 1;
    }
    files += sweep_kept(app, before).await?;
    Ok(Swept { uploads, files })
}

/// Clears up among the files of libraries.
async fn sweep_kept(app: &App, before: Timestamp) -> Result<u64> {
    let old = app
        .media_files
        .list()
        .try_filter(|found| ready(found.changed_at < before))
        .map_ok(|found| (found.media, found.key));
    let mut pages = old.try_chunks(LOOKED_UP_AT_ONCE);
    let mut files = 0;
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| anyhow::Error::from(error.1))?;
        for key in orphans(app, page).await? {
            app.media_files
                .delete(&key)
                .await
                .map_err(anyhow::Error::from)?;
            files += 1;
        }
    }
    Ok(files)
}

/// Old files on their way in, each with the id that its name begins with.
fn left_incoming(folder: &Path, before: Timestamp) -> io::Result<Vec<(Option<MediaId>, PathBuf)>> {
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

/// Those on their way in that neither an upload nor an import explains. What is in a library came in.
async fn left_behind(app: &App, files: Vec<(Option<MediaId>, PathBuf)>) -> Result<Vec<PathBuf>> {
    let ids: Vec<_> = files.iter().filter_map(|(id, _)| *id).collect();
    let mut tx = read(app).await?;
    let mut known = media_uploads::existing(&mut tx, &ids).await?;
    known.extend(media_imports::existing(&mut tx, &ids).await?);
    let is_known = |id: &Option<MediaId>| id.is_some_and(|id| known.contains(&id));
    let left = files.into_iter().filter(|(id, _)| !is_known(id));
    Ok(left.map(|(_, path)| path).collect())
}

/// Those of libraries that no row explains, nor what may be about to write one.
async fn orphans(app: &App, files: Vec<(MediaId, String)>) -> Result<Vec<String>> {
    let ids: Vec<_> = files.iter().map(|(id, _)| *id).collect();
    let mut tx = read(app).await?;
    // Last what they become: what is asked for first may become that meanwhile.
    let mut known = media_uploads::existing(&mut tx, &ids).await?;
    known.extend(media_imports::existing(&mut tx, &ids).await?);
    known.extend(media::existing(&mut tx, &ids).await?);
    let left = files.into_iter().filter(|(id, _)| !known.contains(id));
    Ok(left.map(|(_, key)| key).collect())
}

async fn read(app: &App) -> Result<SystemTx> {
    let system = app.store.as_system("files of all workspaces lie together");
    Ok(system.read().await?)
}
