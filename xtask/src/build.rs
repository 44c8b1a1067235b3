//! `cargo x build`: the release program, one file with the interface inside.

use std::fs::{self, File};
use std::time::SystemTime;

use crate::front_end;
use crate::process::{self, Attempt};
use crate::project;

/// The source file that takes the built interface in.
const EMBEDDING: &str = "crates/fanfare/src/interface.rs";

pub fn build(arguments: &[String]) -> Attempt {
    front_end::prepare()?;
    let program = project::target().join("release/fanfare");
    let built = fs::metadata(&program)
        .and_then(|facts| facts.modified())
        .ok();
    if built.is_some() && built < front_end::built() {
        take_in_again()?;
    }
    process::run(
        process::cargo()
            .args(["build", "--release", "--package", "fanfare"])
            .args(arguments),
    )?;
    println!("Built {}", program.display());
    Ok(())
}

/// Cargo watches the files that were taken in last time, and does not see one that is new, so it is told.
#[expect(clippy::disallowed_methods, reason = "file times are the machine's")]
fn take_in_again() -> Attempt {
    let source = project::root().join(EMBEDDING);
    let touched = File::options()
        .append(true)
        .open(&source)
        .and_then(|file| file.set_modified(SystemTime::now()));
    touched.map_err(|error| format!("{EMBEDDING} cannot be touched: {error}"))
}
