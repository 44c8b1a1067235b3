//! The data folder: can it be written to, is there room, is its clock ours.

use std::fs;
use std::path::Path;

use fanfare_domain::{Clock as _, SystemClock};
use jiff::{SignedDuration, Timestamp};

use super::Finding::{self, Good, Remarkable, Wrong};
use crate::data_dir::DataDir;

const GIB: u64 = 1024 * 1024 * 1024;
const TOO_LITTLE: u64 = GIB / 10;
const LITTLE: u64 = GIB;
/// A file written now should say so.
const LARGEST_SKEW: SignedDuration = SignedDuration::from_secs(60);

pub(super) fn examine(data: &DataDir) -> Vec<Finding> {
    vec![writing(data.path()), room(data.path())]
}

fn writing(folder: &Path) -> Finding {
    let probe = folder.join("doctor-was-here");
    let written = fs::write(&probe, b"written by fanfare doctor")
        .and_then(|()| fs::metadata(&probe)?.modified());
    let _ = fs::remove_file(&probe);
    let shown = folder.display();
    match written.map(Timestamp::try_from) {
        Ok(Ok(at)) if SystemClock.now().duration_since(at).abs() > LARGEST_SKEW => Wrong(format!(
            "The clock of the disk under {shown} differs from this machine's by more than a minute. Set both right."
        )),
        Ok(_) => Good(format!("The data folder {shown} can be written to.")),
        Err(error) => Wrong(format!(
            "The data folder {shown} cannot be written to: {error}. Give it to the user that runs Fanfare, or choose another with --data."
        )),
    }
}

fn room(folder: &Path) -> Finding {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => by_room(disk.f_bavail * disk.f_frsize, folder),
        Err(error) => Remarkable(format!(
            "How much room there is on the disk is not known: {error}."
        )),
    }
}

fn by_room(bytes: u64, folder: &Path) -> Finding {
    let (shown, mib) = (folder.display(), bytes / (1024 * 1024));
    match bytes {
        0..TOO_LITTLE => Wrong(format!(
            "Only {mib} MiB are free under {shown}. Make room, or uploads and the database will fail."
        )),
        TOO_LITTLE..LITTLE => Remarkable(format!("Only {mib} MiB are free under {shown}.")),
        _ => Good(format!("{} GiB are free under {shown}.", bytes / GIB)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_judged_before_it_runs_out() {
        let at = |bytes| by_room(bytes, Path::new("/data"));
        assert!(matches!(at(TOO_LITTLE - 1), Wrong(_)));
        assert!(matches!(at(TOO_LITTLE), Remarkable(_)));
        assert!(matches!(at(LITTLE), Good(_)));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_told() {
        assert!(matches!(writing(Path::new("/proc")), Wrong(_)));
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(writing(folder.path()), Good(_)));
    }
}
