//! Installing what the tests need, where that is allowed: as root on Debian and its relatives.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::process::{self, Attempt};

/// Installs what `missing` names, or says which packages a person has to install.
pub fn install(missing: &str, packages: &[&str]) -> Attempt {
    if process::find("apt-get").is_none() || !process::is_root() {
        return Err(format!(
            "{missing} is missing. On Debian: apt-get install {}",
            packages.join(" ")
        ));
    }
    update_once()?;
    process::run(
        apt_get()
            .args(["install", "--yes", "--quiet", "--no-install-recommends"])
            .args(packages),
    )
}

fn update_once() -> Attempt {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    process::run(apt_get().args(["update", "--quiet"]))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
