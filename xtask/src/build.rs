//! `cargo x build`: the release program, one file with the interface inside.

use crate::front_end;
use crate::process::{self, Attempt};
use crate::project;

pub fn build(arguments: &[String]) -> Attempt {
    front_end::prepare()?;
    process::run(
        process::cargo()
            .args(["build", "--release", "--package", "fanfare"])
            .args(arguments),
    )?;
    println!(
        "Built {}",
        project::target().join("release/fanfare").display()
    );
    Ok(())
}
