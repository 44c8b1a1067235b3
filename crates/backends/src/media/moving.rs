//! Moving what is kept from a folder into a bucket, or back.

use std::io;
use std::path::Path;

use fanfare_domain::media_files::{ByteStream, Listed, MediaFiles};
use futures::TryStreamExt as _;
use futures::stream::BoxStream;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::DiskFirst;

/// Whereto.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    ToBucket,
    ToDisk,
}

/// So many files, and so large all together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub files: u64,
    pub bytes: u64,
}

/// How much there is to move.
///
/// # Errors
/// When it cannot be listed.
pub async fn to_move(files: &DiskFirst, direction: Direction) -> io::Result<Moved> {
    let mut all = Moved::default();
    let mut listed = all_of(files, direction);
    while let Some(file) = listed.try_next().await? {
        all.files += 1;
        all.bytes += file.bytes;
    }
    Ok(all)
}

/// Moves file by file: each is first kept whole in its new place and only then deleted in its old one, so it can be stopped at any time,
/// begun again, and done while Fanfare runs. `workbench` is a folder on the disk's own file system. Each step is told.
///
/// # Errors
/// When a file cannot be read or kept; it is still in its old place.
pub async fn move_all(
    files: &DiskFirst,
    direction: Direction,
    workbench: &Path,
    mut tell: impl FnMut(Moved),
) -> io::Result<Moved> {
    let mut listed = all_of(files, direction);
    let mut moved = Moved::default();
    while let Some(file) = listed.try_next().await? {
        let is_there = match direction {
            Direction::ToBucket => to_bucket(files, &file).await?,
            Direction::ToDisk => to_disk(files, &file, workbench).await?,
        };
        if is_there {
            moved.files += 1;
            moved.bytes += file.bytes;
            tell(moved);
        }
    }
    Ok(moved)
}

fn all_of(files: &DiskFirst, direction: Direction) -> BoxStream<'static, io::Result<Listed>> {
    match direction {
        Direction::ToBucket => files.disk.list(),
        Direction::ToDisk => files.bucket.list(),
    }
}

/// False when it was deleted meanwhile.
async fn to_bucket(files: &DiskFirst, file: &Listed) -> io::Result<bool> {
    match files
        .bucket
        .send(&files.disk.path(&file.key), &file.key)
        .await
    {
        Err(_) if !files.disk.path(&file.key).exists() => return Ok(false),
        sent => sent?,
    }
    agrees(files.bucket.length(&file.key).await?, file)?;
    files.disk.delete(&file.key).await?;
    Ok(true)
}

/// False when it was deleted meanwhile.
async fn to_disk(files: &DiskFirst, file: &Listed, workbench: &Path) -> io::Result<bool> {
    let content = match files.bucket.read(&file.key, 0..file.bytes).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    // Of its own, should two be at it at once.
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    let path = workbench.join(format!("moving-{:032x}", u128::from_be_bytes(random)));
    let kept = keep_on_disk(files, file, content, &path).await;
    // A second name of what is kept by now, or the beginning of what is not.
    tokio::fs::remove_file(&path).await.or_else(gone_is_fine)?;
    kept?;
    files.bucket.delete(&file.key).await?;
    Ok(true)
}

async fn keep_on_disk(
    files: &DiskFirst,
    file: &Listed,
    mut content: ByteStream,
    path: &Path,
) -> io::Result<()> {
    let mut copy = File::create_new(path).await?;
    while let Some(bytes) = content.try_next().await? {
        copy.write_all(&bytes).await?;
    }
    copy.flush().await?;
    agrees(copy.metadata().await?.len(), file)?;
    files.disk.keep(path, &file.key).await
}

fn gone_is_fine(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

fn agrees(length: u64, file: &Listed) -> io::Result<()> {
    if length == file.bytes {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "{} has {} bytes, and {length} in its new place",
        file.key, file.bytes
    )))
}
