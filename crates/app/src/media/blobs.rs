//! Where the bytes of pictures and videos lie: a directory on this machine.
//!
//! A file is written under `incoming/`, flushed, and only then moved to its place, so a file in its place is always whole.

use std::io;
use std::path::{Path, PathBuf};

use fanfare_domain::{ExportId, MediaId};
use tokio::task::spawn_blocking;

/// The store of all files' bytes.
#[derive(Debug, Clone)]
pub struct BlobStore {
    root: PathBuf,
}

/// A file that has no place yet; it goes when this is dropped.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
}

const INCOMING: &str = "incoming";
/// Archives of workspaces, each under its id.
const EXPORTS: &str = "exports";

impl BlobStore {
    /// Opens the store in `dir`, which is made when missing.
    ///
    /// # Errors
    /// When the directory cannot be made.
    pub fn open(dir: impl Into<PathBuf>) -> io::Result<Self> {
        let root = dir.into();
        std::fs::create_dir_all(root.join(INCOMING))?;
        std::fs::create_dir_all(root.join(EXPORTS))?;
        Ok(Self { root })
    }

    /// Where the file with that key lies, whether or not it does.
    #[must_use]
    pub fn path(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }

    /// A name for a new file, which nobody else uses.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn incoming(&self) -> Incoming {
        let mut random = [0; 16];
        getrandom::fill(&mut random).expect("the operating system gives randomness");
        Incoming {
            path: self.root.join(INCOMING).join(hex::encode(random)),
        }
    }

    /// Where the pieces of a large file are gathered.
    #[must_use]
    pub fn upload_path(&self, id: MediaId) -> PathBuf {
        self.root.join(INCOMING).join(id.to_string())
    }

    /// Moves a file to its place. When it returns, a power cut cannot take the file away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep(&self, file: &Path, key: &str) -> io::Result<()> {
        let (from, to) = (file.to_owned(), self.path(key));
        blocking(move || {
            let folder = to.parent().expect("a key names a file in a folder");
            std::fs::File::open(&from)?.sync_all()?;
            std::fs::create_dir_all(folder)?;
            std::fs::rename(&from, &to)?;
            sync_folder(folder)?;
            sync_folder(folder.parent().expect("folders lie in the store"))
        })
        .await
    }

    /// Deletes the file; one that is gone already is no error.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn delete(&self, key: &str) -> io::Result<()> {
        remove(&self.path(key)).await
    }

    /// Where an archive lies.
    #[must_use]
    pub fn export_path(&self, id: ExportId) -> PathBuf {
        self.root.join(EXPORTS).join(format!("{id}.zip"))
    }

    /// The folder in which its parts are gathered.
    #[must_use]
    pub fn export_parts(&self, id: ExportId) -> PathBuf {
        self.root.join(EXPORTS).join(format!("{id}.parts"))
    }

    /// Deletes an archive; one that is gone already is no error.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn delete_export(&self, id: ExportId) -> io::Result<()> {
        remove(&self.export_path(id)).await
    }

    /// The names of all that lies among the archives.
    pub(crate) async fn exports(&self) -> io::Result<Vec<String>> {
        let folder = self.root.join(EXPORTS);
        blocking(move || {
            let entries = std::fs::read_dir(folder)?;
            let names = entries.map(|entry| Ok(entry?.file_name().into_string()));
            let names: io::Result<Vec<_>> = names.collect();
            Ok(names?.into_iter().flatten().collect())
        })
        .await
    }

    /// Deletes what has that name among the archives: a file, or a folder with all that is in it.
    pub(crate) async fn delete_in_exports(&self, name: &str) -> io::Result<()> {
        let path = self.root.join(EXPORTS).join(name);
        match tokio::fs::remove_dir_all(&path).await {
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => remove(&path).await,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    pub(super) fn incoming_folder(&self) -> PathBuf {
        self.root.join(INCOMING)
    }

    /// The folders that keys point into.
    pub(super) fn folders(&self) -> io::Result<Vec<PathBuf>> {
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(&self.root)? {
            let entry = entry?;
            let is_ours = entry.file_name() == INCOMING || entry.file_name() == EXPORTS;
            if entry.file_type()?.is_dir() && !is_ours {
                folders.push(entry.path());
            }
        }
        Ok(folders)
    }
}

impl Incoming {
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Gone already when it was moved to its place.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The key of a file's content. Ids begin with the time, so the folder is taken from their random end.
#[must_use]
pub(super) fn content_key(id: MediaId, extension: &str) -> String {
    format!("{}/{id}.{extension}", folder_of(id))
}

/// The key of its thumbnail.
#[must_use]
pub(super) fn thumbnail_key(id: MediaId, extension: &str) -> String {
    format!("{}/{id}.thumbnail.{extension}", folder_of(id))
}

fn folder_of(id: MediaId) -> String {
    let id = id.to_string();
    id[id.len() - 2..].to_owned()
}

/// Removes a file, if it is there.
pub(super) async fn remove(path: &Path) -> io::Result<()> {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Runs work on files where it may take its time.
pub(super) async fn blocking<T: Send + 'static>(
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

    fn id() -> MediaId {
        "01890a5d-ac96-774b-bcce-b302099a80a7".parse().unwrap()
    }

    #[tokio::test]
    async fn a_kept_file_lies_under_its_key_until_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = BlobStore::open(dir.path().join("media")).unwrap();
        let incoming = blobs.incoming();
        std::fs::write(incoming.path(), b"bytes").unwrap();

        let key = content_key(id(), "jpg");
        blobs.keep(incoming.path(), &key).await.unwrap();
        drop(incoming);

        assert_eq!(key, "a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg");
        assert_eq!(std::fs::read(blobs.path(&key)).unwrap(), b"bytes");
        blobs.delete(&key).await.unwrap();
        assert!(!blobs.path(&key).exists());
        blobs.delete(&key).await.unwrap();
    }

    #[test]
    fn an_incoming_file_goes_when_nobody_keeps_it() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = BlobStore::open(dir.path()).unwrap().incoming();
        let path = incoming.path().to_owned();
        std::fs::write(&path, b"bytes").unwrap();
        drop(incoming);
        assert!(!path.exists());
    }
}
