//! What can be said about the sources without running them.

use crate::dependencies;
use crate::layers;
use crate::process;
use crate::sizes;
use crate::test::report::Problem;
use crate::test::surroundings::Surroundings;

pub fn format(_: &mut Surroundings) -> Result<(), Problem> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))?;
    Ok(())
}

pub fn layers(_: &mut Surroundings) -> Result<(), Problem> {
    Ok(layers::check(&[])?)
}

pub fn file_sizes(_: &mut Surroundings) -> Result<(), Problem> {
    Ok(sizes::check(&[])?)
}

pub fn dependencies(_: &mut Surroundings) -> Result<(), Problem> {
    Ok(dependencies::check(&[])?)
}

pub fn lints(_: &mut Surroundings) -> Result<(), Problem> {
    process::run(process::cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    Ok(())
}

/// Whoever builds without the optional parts gets a program too. Tests have all parts: the testkit brings them.
pub fn lints_without_features(_: &mut Surroundings) -> Result<(), Problem> {
    let mut clippy = process::cargo();
    clippy.args(["clippy", "--no-default-features", "--lib", "--bins"]);
    for package in ["fanfare", "fanfare-api", "fanfare-app", "fanfare-backends"] {
        clippy.args(["--package", package]);
    }
    process::run(clippy.args(["--", "-D", "warnings"]))?;
    Ok(())
}

pub fn documentation(_: &mut Surroundings) -> Result<(), Problem> {
    let mut doc = process::cargo();
    doc.args([
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ])
    .env(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private-intra-doc-links",
    );
    process::run(&mut doc)?;
    Ok(())
}
