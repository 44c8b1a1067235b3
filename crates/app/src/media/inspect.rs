//! Looks at a file that came in: what it is, whether it can be used, and what of it is kept.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use fanfare_domain::media::MediaKind;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::file_type::{self, FileType};
use super::local_files::{Incoming, LocalFiles};
use super::picture::{self, unreadable};
use super::{sizes, video};
use crate::Result;

/// A file that can be used.
pub(super) struct Inspected {
    pub file_type: FileType,
    pub kind: MediaKind,
    pub width: u32,
    pub height: u32,
    pub duration_millis: Option<u64>,
    pub codec: Option<String>,
    pub bytes: u64,
    pub sha256: String,
    /// What is kept, where that is not the file itself.
    pub cleaned: Option<Incoming>,
    pub thumbnail: Option<(Incoming, FileType)>,
}

/// Pictures are held in memory whole, so they may not be as large as videos.
const LARGEST_PICTURE: u64 = 100 << 20;

/// How many files are looked at together: a large picture takes a processor and much memory.
static WORKBENCH: Semaphore = Semaphore::const_new(2);

/// Looks at the file at `path`. The notes of a video are blanked there; a picture is copied without its own.
///
/// # Errors
/// `unsupported_file`, `unreadable_file`, `picture_too_large`, `file_too_large`.
pub(super) async fn inspect(local_files: &LocalFiles, path: &Path) -> Result<Inspected> {
    let (local_files, path) = (local_files.clone(), path.to_owned());
    at_workbench(move || look(&local_files, &path)).await
}

/// Runs work on pixels where it may take its time, few at once.
pub(super) async fn at_workbench<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let place = WORKBENCH.acquire().await.map_err(anyhow::Error::from)?;
    // The work goes on when nobody waits for it any more, and keeps its place.
    let work = move || {
        let _place = place;
        work()
    };
    spawn_blocking(work).await.unwrap_or_else(|gave_up| {
        // A file that upsets its decoder is refused like any other that cannot be read.
        tracing::error!(%gave_up, "working on a file failed");
        Err(unreadable("it cannot be opened"))
    })
}

fn look(local_files: &LocalFiles, path: &Path) -> Result<Inspected> {
    let file_type = file_type::sniff(&head(path).map_err(anyhow::Error::from)?)?;
    match file_type {
        FileType::Mp4 | FileType::Mov | FileType::WebM => look_at_video(path, file_type),
        _ => look_at_picture(local_files, path, file_type),
    }
}

fn look_at_picture(
    local_files: &LocalFiles,
    path: &Path,
    file_type: FileType,
) -> Result<Inspected> {
    let size = std::fs::metadata(path).map_err(anyhow::Error::from)?.len();
    if size > LARGEST_PICTURE {
        return Err(sizes::too_large("The picture", LARGEST_PICTURE));
    }
    let original = std::fs::read(path).map_err(anyhow::Error::from)?;
    let picture = picture::read(&original, file_type)?;
    let cleaned = write(local_files, &picture.bytes)?;
    let thumbnail = write(local_files, &picture.thumbnail)?;
    Ok(Inspected {
        file_type,
        kind: picture.kind,
        width: picture.width,
        height: picture.height,
        duration_millis: picture.duration_millis,
        codec: None,
        bytes: picture.bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&picture.bytes)),
        cleaned: Some(cleaned),
        thumbnail: Some((thumbnail, picture.thumbnail_type)),
    })
}

fn look_at_video(path: &Path, file_type: FileType) -> Result<Inspected> {
    let video = video::read(path, file_type)?;
    let (bytes, sha256) = hash(path).map_err(anyhow::Error::from)?;
    Ok(Inspected {
        file_type,
        kind: MediaKind::Video,
        width: video.width,
        height: video.height,
        duration_millis: video.duration_millis,
        codec: video.codec,
        bytes,
        sha256,
        cleaned: None,
        thumbnail: None,
    })
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?
        .take(file_type::HEAD as u64)
        .read_to_end(&mut head)?;
    Ok(head)
}

fn write(local_files: &LocalFiles, bytes: &[u8]) -> Result<Incoming> {
    let file = local_files.incoming();
    std::fs::write(file.path(), bytes).map_err(anyhow::Error::from)?;
    Ok(file)
}

fn hash(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex::encode(hasher.finalize())));
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
}
