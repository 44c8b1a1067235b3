//! The folder in which an installation keeps what is its own.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use fanfare_app::KeyRing;
use fanfare_domain::Secret;

/// The data directory.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

/// Held for as long as the process may write to the data directory's database. The system lets go of it when the process ends,
/// however it ends.
#[derive(Debug)]
pub struct DataLock(#[expect(dead_code, reason = "held, not read")] File);

const LOCK: &str = "lock";
const SECRET_KEYS: &str = "secret-keys";
const OWNER_ONLY: u32 = 0o600;

impl DataDir {
    /// Opens the folder; it is made when missing, for its owner alone.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .with_context(|| cannot_make(path))?;
        let path = path.canonicalize().with_context(|| cannot_make(path))?;
        Ok(Self(path))
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where pictures and videos lie.
    #[must_use]
    pub fn media(&self) -> PathBuf {
        self.0.join("media")
    }

    /// What the sandbox remembers.
    #[must_use]
    pub fn sandbox_state(&self) -> PathBuf {
        self.0.join("sandbox.json")
    }

    /// Takes the folder for this process: an SQLite database belongs to one at a time.
    pub fn lock(&self) -> anyhow::Result<DataLock> {
        let path = self.0.join(LOCK);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWNER_ONLY)
            .open(&path)
            .with_context(|| format!("{} cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(DataLock(file)),
            Err(TryLockError::WouldBlock) => bail!(
                "Another Fanfare process uses {}. Stop it first, or choose another folder with --data.",
                self.0.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// The key ring that was generated here, or a new one.
    pub fn key_ring(&self) -> anyhow::Result<Secret> {
        match self.existing_key_ring()? {
            Some(ring) => Ok(ring),
            None => self.generate_key_ring(),
        }
    }

    /// The key ring that was generated here, if one was.
    pub fn existing_key_ring(&self) -> anyhow::Result<Option<Secret>> {
        let path = self.0.join(SECRET_KEYS);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(Secret::new(text.trim()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    fn generate_key_ring(&self) -> anyhow::Result<Secret> {
        let ring = KeyRing::generate();
        let path = self.0.join(SECRET_KEYS);
        let written = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(OWNER_ONLY)
            .open(&path)
            .and_then(|mut file| {
                writeln!(file, "{}", ring.expose())?;
                // Tokens sealed by a key that a power cut took would be lost.
                file.sync_all()?;
                File::open(&self.0)?.sync_all()
            });
        match written {
            Ok(()) => Ok(ring),
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.existing_key_ring()?.context("the key ring vanished")
            }
            Err(error) => {
                Err(error).with_context(|| format!("{} cannot be written", path.display()))
            }
        }
    }
}

fn cannot_make(path: &Path) -> String {
    format!(
        "The data folder {} cannot be made or entered. Choose another with --data or FANFARE_DATA",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_folder_is_for_one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::open(&folder.path().join("data")).unwrap();
        let held = data.lock().unwrap();
        let refused = data.lock().unwrap_err().to_string();
        assert!(
            refused.starts_with("Another Fanfare process uses "),
            "{refused}"
        );
        drop(held);
        data.lock().unwrap();
    }

    #[test]
    fn the_key_ring_is_made_once_and_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::open(folder.path()).unwrap();
        assert!(data.existing_key_ring().unwrap().is_none());
        let ring = data.key_ring().unwrap();
        assert_eq!(data.key_ring().unwrap().expose(), ring.expose());
        let mode = fs::metadata(folder.path().join(SECRET_KEYS))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, OWNER_ONLY);
    }

    #[test]
    fn a_folder_that_cannot_be_is_refused_in_words() {
        let refused = DataDir::open(Path::new("/proc/fanfare"))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("--data"), "{refused}");
    }
}
