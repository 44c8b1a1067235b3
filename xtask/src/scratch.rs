//! Where tests and their servers keep what is gone with them: in memory, where the machine has a folder there with room for it.
//!
//! Tests make and remove thousands of databases, and a disk would be asked each time to keep what nobody will read again.

use std::env;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use crate::guard::Guard;
use crate::process::{Attempt, output};

/// Linux keeps what lies here in memory.
const MEMORY: &str = "/dev/shm";

/// Several times what a run of all tests was seen to take (a quarter of a gigabyte), in bytes.
const ROOM: u64 = 2 << 30;

/// The folder in which to make one's own.
#[must_use]
pub fn place() -> PathBuf {
    if room_in(Path::new(MEMORY)).is_some_and(|room| room >= ROOM) {
        MEMORY.into()
    } else {
        env::temp_dir()
    }
}

/// Every folder that [`place`] may tell.
#[must_use]
pub fn places() -> [PathBuf; 2] {
    [MEMORY.into(), env::temp_dir()]
}

/// A folder for the temporary files of tests. It is removed when this is dropped, and also when the process dies.
#[derive(Debug)]
pub struct Scratch {
    pub folder: PathBuf,
    _guard: Guard,
}

impl Scratch {
    pub fn new() -> Attempt<Self> {
        let folder = place().join(format!("fanfare-tests-{}", process::id()));
        DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let mut removal = Command::new("rm");
        removal.arg("-rf").arg(&folder).current_dir("/");
        Ok(Self {
            _guard: Guard::new(&removal)?,
            folder,
        })
    }
}

/// The bytes that are free in a folder's file system.
fn room_in(folder: &Path) -> Option<u64> {
    let told = output(Command::new("df").arg("-Pk").arg(folder)).ok()?;
    let free = told.lines().nth(1)?.split_whitespace().nth(3)?;
    Some(free.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_folder_goes_with_what_lies_in_it() {
        let scratch = Scratch::new().expect("a folder");
        let folder = scratch.folder.clone();
        std::fs::write(folder.join("something"), "to be gone").expect("a file");
        drop(scratch);
        assert!(!folder.exists());
    }

    #[test]
    fn room_is_told_where_there_is_a_folder() {
        assert!(room_in(&env::temp_dir()).is_some());
        assert_eq!(room_in(Path::new("/no/such/folder")), None);
    }
}
