//! The interface: its own checks, its build, and the whole program seen through a browser.

use std::path::PathBuf;

use crate::browser;
use crate::front_end;
use crate::generate;
use crate::process;
use crate::project;
use crate::test::report::Problem;
use crate::test::surroundings::{Surroundings, needs};

pub fn packages(surroundings: &mut Surroundings) -> Result<(), Problem> {
    if process::find("npm").is_none() {
        return Err(Problem::NotRun(
            "Node.js 20.19 or newer with npm is missing: see https://nodejs.org".into(),
        ));
    }
    front_end::install()?;
    surroundings.packages_are_installed = true;
    Ok(())
}

pub fn lint(surroundings: &mut Surroundings) -> Result<(), Problem> {
    needs(
        surroundings.packages_are_installed,
        "the interface's packages",
    )?;
    // Biome colours even a log unless it is told.
    let options = if front_end::is_watched() {
        vec![]
    } else {
        vec!["--colors=off".into()]
    };
    Ok(front_end::npm_run("lint", &options)?)
}

pub fn types(surroundings: &mut Surroundings) -> Result<(), Problem> {
    script(surroundings, "types")
}

pub fn unused_code(surroundings: &mut Surroundings) -> Result<(), Problem> {
    script(surroundings, "knip")
}

pub fn unit_tests(surroundings: &mut Surroundings) -> Result<(), Problem> {
    script(surroundings, "test")
}

pub fn build(surroundings: &mut Surroundings) -> Result<(), Problem> {
    script(surroundings, "build")?;
    surroundings.interface_is_built = true;
    Ok(())
}

pub fn client_is_fresh(surroundings: &mut Surroundings) -> Result<(), Problem> {
    needs(
        surroundings.packages_are_installed,
        "the interface's packages",
    )?;
    if generate::client_is_stale()? {
        return Err(Problem::Failed(
            "the API client is out of date: run `cargo x generate` and commit.".into(),
        ));
    }
    println!("The API client is what generated/openapi.json makes of it.");
    Ok(())
}

pub fn browser_tests(surroundings: &mut Surroundings) -> Result<(), Problem> {
    needs(surroundings.interface_is_built, "the interface")?;
    let program = program(surroundings)?;
    let browser = browser::find_or_install().map_err(Problem::NotRun)?;
    let mut tests = front_end::npm_script("e2e", &surroundings.selection.for_runner);
    surroundings.lodge(&mut tests);
    Ok(process::run(
        tests
            .env("FANFARE_BIN", program)
            .env("FANFARE_CHROMIUM", browser),
    )?)
}

fn program(surroundings: &Surroundings) -> Result<PathBuf, Problem> {
    if !surroundings.selection.release {
        return surroundings.program();
    }
    process::run(process::cargo().args(["build", "--package", "fanfare", "--release"]))?;
    Ok(project::target().join("release/fanfare"))
}

fn script(surroundings: &Surroundings, name: &str) -> Result<(), Problem> {
    needs(
        surroundings.packages_are_installed,
        "the interface's packages",
    )?;
    Ok(front_end::npm_run(name, &[])?)
}
