//! `cargo x run`: the program from the sources, interface included.

use std::os::unix::process::CommandExt;

use crate::front_end;
use crate::process::{self, Attempt};

/// Builds what changed and becomes `fanfare serve`, so that Ctrl-C reaches the program itself.
pub fn run(arguments: &[String]) -> Attempt {
    front_end::prepare()?;
    let error = process::cargo()
        .args(["run", "--package", "fanfare", "--", "serve"])
        .args(arguments)
        .exec();
    Err(format!("cargo could not be started: {error}"))
}
