//! Files of this machine that belong to no library: those on their way into one, and archives that wait to be fetched.
//!
//! What the library keeps lies behind [`fanfare_domain::media_files::MediaFiles`], which may be a part of this directory too.

use std::io;
use std::path::{Path, PathBuf};

use fanfare_domain::{ExportId, MediaId};
use tokio::task::spawn_blocking;

/// The directory they lie in.
#[derive(Debug, Clone)]
pub struct LocalFiles {
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

impl LocalFiles {
    /// Opens the directory `dir`, which is made when missing.
    ///
    /// # Errors
    /// When the directory cannot be made.
    pub fn open(dir: impl Into<PathBuf>) -> io::Result<Self> {
        let root = dir.into();
        std::fs::create_dir_all(root.join(INCOMING))?;
        std::fs::create_dir_all(root.join(EXPORTS))?;
        Ok(Self { root })
    }

    /// The directory itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
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

    /// Where files on their way in lie. What is left there is cleared up after a day.
    #[must_use]
    pub fn incoming_folder(&self) -> PathBuf {
        self.root.join(INCOMING)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incoming_file_goes_when_nobody_keeps_it() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = LocalFiles::open(dir.path()).unwrap().incoming();
        let path = incoming.path().to_owned();
        std::fs::write(&path, b"bytes").unwrap();
        drop(incoming);
        assert!(!path.exists());
    }
}
