//! A server that speaks S3 for the tests, installed once outside the checkout; tests start it themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::process::{self, Attempt};
use crate::project;

const VERSION: &str = "5.2.5";

/// Debian's own Python: which packages complete it is known, unlike for any other that is first on the search path.
const PYTHON: &str = "/usr/bin/python3";

/// Returns the server's program, after installing it if this machine has not seen this version before.
pub fn install() -> Attempt<PathBuf> {
    // A virtual environment belongs to the Python that made it: an upgrade of the system leaves it without its packages.
    let python = python_version().or_else(|_| {
        debian::install("Python with ensurepip", &["python3", "python3-venv"])?;
        python_version()
    })?;
    let folder = project::cache()?.join(format!("moto-{VERSION}-python{python}"));
    let complete = folder.join(".installed");
    if !complete.is_file() {
        build(&folder)?;
        fs::write(&complete, "").map_err(|error| format!("{}: {error}", complete.display()))?;
    }
    Ok(folder.join("bin/moto_server"))
}

/// Tells which Python this is, if it can make virtual environments: Debian leaves ensurepip to a package of its own.
fn python_version() -> Attempt<String> {
    const PROGRAM: &str = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])";
    let version = process::output(Command::new(PYTHON).args(["-c", PROGRAM]))?;
    Ok(version.trim().to_owned())
}

/// Builds in place, because the scripts of a virtual environment name its folder: one that moved would not run.
fn build(folder: &Path) -> Attempt {
    // `--clear` empties what an installation that broke off has left.
    process::run(
        Command::new(PYTHON)
            .args(["-m", "venv", "--clear"])
            .arg(folder),
    )?;
    process::run(
        Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .arg(format!("moto[server,s3]=={VERSION}")),
    )
}
