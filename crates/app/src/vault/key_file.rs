//! The file that holds a key ring, for its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use fanfare_domain::Secret;

use super::KeyRing;

const OWNER_ONLY: u32 = 0o600;

/// A key file. Clones remember together what they have read.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
    seen: Arc<Mutex<Option<Stamp>>>,
}

/// Which state of the file that was.
type Stamp = (u64, i64, i64, u64);

impl KeyFile {
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            seen: Arc::default(),
        }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The ring, if there is a file.
    ///
    /// # Errors
    /// When it cannot be read, or there is no ring in it.
    pub fn read(&self) -> anyhow::Result<Option<KeyRing>> {
        let stamp = self.stamp();
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => Secret::new(text.trim()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be read", self.shown()));
            }
        };
        let ring =
            KeyRing::parse(&text).with_context(|| format!("{} holds no key ring", self.shown()))?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
        Ok(Some(ring))
    }

    /// The ring, or a new one where there is no file yet.
    ///
    /// # Errors
    /// When it can be neither read nor written.
    pub fn read_or_make(&self) -> anyhow::Result<KeyRing> {
        if let Some(ring) = self.read()? {
            return Ok(ring);
        }
        let ring = KeyRing::generate();
        match self.put(&self.path, &ring) {
            Ok(()) => Ok(ring),
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.read()?.context("the key ring vanished")
            }
            Err(error) => Err(error).with_context(|| format!("{} cannot be written", self.shown())),
        }
    }

    /// Puts another ring in place, as a whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, ring: &KeyRing) -> anyhow::Result<()> {
        let new = self.path.with_extension("new");
        let written = remove_if_there(&new)
            .and_then(|()| self.put(&new, ring))
            .and_then(|()| fs::rename(&new, &self.path))
            .and_then(|()| self.sync_folder());
        written.with_context(|| format!("{} cannot be written", self.shown()))
    }

    /// The ring, if the file is another than what was last read and holds one.
    pub(super) fn read_if_changed(&self) -> Option<KeyRing> {
        let stamp = self.stamp()?;
        if *self.seen.lock().unwrap_or_else(PoisonError::into_inner) == Some(stamp) {
            return None;
        }
        match self.read() {
            Ok(ring) => ring,
            Err(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the key ring was changed and cannot be used; the one before stays"
                );
                None
            }
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        let facts = fs::metadata(&self.path).ok()?;
        Some((facts.ino(), facts.mtime(), facts.mtime_nsec(), facts.len()))
    }

    fn put(&self, path: &Path, ring: &KeyRing) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(OWNER_ONLY)
            .open(path)?;
        writeln!(file, "{}", ring.text().expose())?;
        // Tokens sealed by a key that a power cut took would be lost.
        file.sync_all()?;
        self.sync_folder()
    }

    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    }

    fn shown(&self) -> impl std::fmt::Display + '_ {
        self.path.display()
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_ring_is_made_once_and_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("secret-keys"));
        assert!(file.read().unwrap().is_none());
        let ring = file.read_or_make().unwrap();
        assert_eq!(
            file.read_or_make().unwrap().text().expose(),
            ring.text().expose()
        );
        assert_eq!(mode(file.path()), OWNER_ONLY);
        let (_, two) = ring.with_new_key(&[]).unwrap();
        file.write(&two).unwrap();
        assert_eq!(file.read().unwrap().unwrap().ids(), [2, 1]);
        assert_eq!(mode(file.path()), OWNER_ONLY);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_ring_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("secret-keys"));
        file.read_or_make().unwrap();
        fs::write(file.path(), "nonsense, but long enough to be seen").unwrap();
        assert!(file.read_if_changed().is_none());
        assert!(file.read().is_err());
    }
}
