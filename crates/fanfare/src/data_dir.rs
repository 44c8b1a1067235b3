//! The folder in which an installation keeps what is its own.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use fanfare_app::KeyFile;

/// The data directory.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

/// Held for as long as the process may write to the data directory's database. The system lets go of it when the process ends,
/// however it ends.
#[derive(Debug)]
pub struct DataLock(#[expect(dead_code, reason = "held, not read")] File);

const LOCK: &str = "lock";
const SECRET_KEYS: &str = "secret-keys";
const KEYS_LOCK: &str = "secret-keys.lock";
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
        let held = format!(
            "Another Fanfare process uses {}. Stop it first, or choose another folder with --data.",
            self.0.display()
        );
        self.lock_file(LOCK, &held)
    }

    fn lock_file(&self, name: &str, held: &str) -> anyhow::Result<DataLock> {
        let path = self.0.join(name);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWNER_ONLY)
            .open(&path)
            .with_context(|| format!("{} cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(DataLock(file)),
            Err(TryLockError::WouldBlock) => bail!("{held}"),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// The key ring, unless the settings name one.
    #[must_use]
    pub fn key_file(&self) -> KeyFile {
        KeyFile::new(self.0.join(SECRET_KEYS))
    }

    /// Held by whoever changes the key ring.
    pub fn lock_keys(&self) -> anyhow::Result<DataLock> {
        let held = "Another `fanfare keys` command is at work. Wait for it to end.";
        self.lock_file(KEYS_LOCK, held)
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
    fn a_folder_that_cannot_be_is_refused_in_words() {
        let refused = DataDir::open(Path::new("/proc/fanfare"))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("--data"), "{refused}");
    }
}
