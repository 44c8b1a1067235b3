//! A folder of this machine. Keys are paths in it.

use std::fs::DirEntry;
use std::io::{self, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use fanfare_domain::MediaId;
use fanfare_domain::media_files::{ByteStream, Listed, MediaFiles, media_of_key};
use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio::task::spawn_blocking;
use tokio_util::io::ReaderStream;

const READ_AT_ONCE: usize = 64 * 1024;

/// Files in a folder, where others may lie as well.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Uses that folder, which is made when missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let root = folder.into();
        std::fs::create_dir_all(&root)?;
        Ok(Self { root })
    }

    /// Where the file with that key lies, whether or not it does.
    #[must_use]
    pub fn path(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }
}

#[async_trait]
impl MediaFiles for Disk {
    /// Links or moves it, so it has to lie on the same disk.
    async fn keep(&self, file: &Path, key: &str) -> io::Result<()> {
        let (from, to) = (file.to_owned(), self.path(key));
        blocking(move || {
            let folder = to.parent().expect("a key names a file in a folder");
            std::fs::File::open(&from)?.sync_all()?;
            std::fs::create_dir_all(folder)?;
            // A second name: whoever brought it still has the first, should its row not be written.
            std::fs::hard_link(&from, &to).or_else(|_| std::fs::rename(&from, &to))?;
            sync_folder(folder)?;
            sync_folder(folder.parent().expect("folders lie in the store"))
        })
        .await
    }

    async fn length(&self, key: &str) -> io::Result<u64> {
        Ok(tokio::fs::metadata(self.path(key)).await?.len())
    }

    async fn read(&self, key: &str, range: Range<u64>) -> io::Result<ByteStream> {
        let mut file = File::open(self.path(key)).await?;
        file.seek(SeekFrom::Start(range.start)).await?;
        let part = file.take(range.end.saturating_sub(range.start));
        Ok(ReaderStream::with_capacity(part, READ_AT_ONCE).boxed())
    }

    async fn delete(&self, key: &str) -> io::Result<()> {
        match tokio::fs::remove_file(self.path(key)).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    fn list(&self) -> BoxStream<'static, io::Result<Listed>> {
        let root = self.root.clone();
        stream::once(blocking(move || folders(&root)))
            .try_flatten()
            .and_then(|folder| blocking(move || files(&folder)))
            .try_flatten()
            .boxed()
    }
}

type Found<T> = stream::Iter<std::vec::IntoIter<io::Result<T>>>;

fn found<T>(all: Vec<T>) -> Found<T> {
    let all: Vec<io::Result<T>> = all.into_iter().map(Ok).collect();
    stream::iter(all)
}

fn folders(root: &Path) -> io::Result<Found<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(found(folders))
}

fn files(folder: &Path) -> io::Result<Found<Listed>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.extend(listed(&entry?)?);
    }
    Ok(found(files))
}

fn listed(entry: &DirEntry) -> io::Result<Option<Listed>> {
    let Some((key, media)) = key_of(&entry.path()) else {
        return Ok(None);
    };
    // Gone since it was listed.
    let Ok(about) = entry.metadata() else {
        return Ok(None);
    };
    Ok(about.is_file().then_some(Listed {
        key,
        media,
        bytes: about.len(),
        changed_at: Timestamp::try_from(about.modified()?).unwrap_or(Timestamp::MAX),
    }))
}

fn key_of(path: &Path) -> Option<(String, MediaId)> {
    let (folder, name) = (path.parent()?.file_name()?, path.file_name()?);
    let key = format!("{}/{}", folder.to_str()?, name.to_str()?);
    let media = media_of_key(&key)?;
    Some((key, media))
}

/// Runs work on files where it may take its time.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A new name in a folder lasts only once the folder itself is flushed.
fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg";

    async fn kept(folder: &Path) -> Disk {
        let disk = Disk::open(folder.join("media")).unwrap();
        let file = folder.join("new");
        std::fs::write(&file, b"some bytes").unwrap();
        disk.keep(&file, KEY).await.unwrap();
        disk
    }

    #[tokio::test]
    async fn a_kept_file_lies_under_its_key_until_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let disk = kept(folder.path()).await;
        assert_eq!(disk.length(KEY).await.unwrap(), 10);
        let part: Vec<_> = disk
            .read(KEY, 5..10)
            .await
            .unwrap()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(part.concat(), b"bytes");
        disk.delete(KEY).await.unwrap();
        let gone = disk.length(KEY).await.unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        let gone = disk.read(KEY, 0..1).await.err().unwrap();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        disk.delete(KEY).await.unwrap();
    }

    #[tokio::test]
    async fn what_is_no_file_of_ours_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        let disk = kept(folder.path()).await;
        for other in ["incoming/1", "exports/1.zip", "a7/notes.txt", "README"] {
            let path = disk.path(other);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, b"other").unwrap();
        }
        let all: Vec<Listed> = disk.list().try_collect().await.unwrap();
        let keys: Vec<_> = all
            .iter()
            .map(|one| (one.key.as_str(), one.bytes))
            .collect();
        assert_eq!(keys, [(KEY, 10)]);
    }
}
