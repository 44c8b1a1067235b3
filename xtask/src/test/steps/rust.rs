//! The Rust tests, the servers they run against, and what the built program says about itself.

use std::process::Command;
use std::thread;

use crate::bluesky::Server;
use crate::debian;
use crate::generate;
use crate::moto;
use crate::postgres;
use crate::process;
use crate::test::report::Problem;
use crate::test::surroundings::Surroundings;

/// The tests that need nothing but the Bluesky server, in the words of both runners.
const BLUESKY_ONLY: &[&str] = &["--package", "fanfare-platforms", "--test", "bluesky_real"];

pub fn postgres(surroundings: &mut Surroundings) -> Result<(), Problem> {
    surroundings.postgres =
        Some(postgres::for_one_run(postgres::Durability::None).map_err(Problem::NotRun)?);
    println!("A server of its own runs until the tests are over.");
    Ok(())
}

/// Debian's own Python: its package is the library for it.
const PYTHON: &str = "/usr/bin/python3";

pub fn mail(surroundings: &mut Surroundings) -> Result<(), Problem> {
    if !has_aiosmtpd() {
        debian::install("The mail server aiosmtpd", &["python3-aiosmtpd", "openssl"])
            .map_err(Problem::NotRun)?;
    }
    if !has_aiosmtpd() {
        return Err(Problem::NotRun(format!("{PYTHON} does not find aiosmtpd")));
    }
    surroundings.smtp_python = Some(PYTHON);
    println!("Tests start servers of their own.");
    Ok(())
}

fn has_aiosmtpd() -> bool {
    let mut python = Command::new(PYTHON);
    python.args(["-c", "import aiosmtpd"]);
    process::output(&mut python).is_ok()
}

pub fn redis(surroundings: &mut Surroundings) -> Result<(), Problem> {
    const SERVER: &str = "redis-server";
    if process::find(SERVER).is_none() {
        debian::install("A Redis server", &[SERVER]).map_err(Problem::NotRun)?;
    }
    surroundings.redis_server = process::find(SERVER);
    if surroundings.redis_server.is_none() {
        return Err(Problem::NotRun(format!("{SERVER} is still missing")));
    }
    println!("Tests start servers of their own.");
    Ok(())
}

pub fn s3(surroundings: &mut Surroundings) -> Result<(), Problem> {
    surroundings.s3_server = Some(moto::install().map_err(Problem::NotRun)?);
    println!("Tests start servers of their own.");
    Ok(())
}

pub fn bluesky(surroundings: &mut Surroundings) -> Result<(), Problem> {
    surroundings.bluesky = Some(Server::start().map_err(Problem::NotRun)?);
    println!("A server of its own runs until the tests are over.");
    Ok(())
}

pub fn tests(surroundings: &mut Surroundings) -> Result<(), Problem> {
    let mut runner = if process::find("cargo-nextest").is_some() {
        nextest(&surroundings.selection.for_runner)
    } else {
        cargo_test()
    };
    runner.args(if surroundings.selection.is_bluesky_only() {
        BLUESKY_ONLY
    } else {
        &["--workspace"]
    });
    surroundings.lodge(&mut runner);
    surroundings.introduce(&mut runner);
    runner.args(&surroundings.selection.for_runner);
    Ok(process::run(&mut runner)?)
}

pub fn program(surroundings: &mut Surroundings) -> Result<(), Problem> {
    process::run(process::cargo().args(["build", "--package", "fanfare"]))?;
    surroundings.program_is_built = true;
    Ok(())
}

pub fn generated_files_are_fresh(surroundings: &mut Surroundings) -> Result<(), Problem> {
    surroundings.program()?;
    let stale = generate::stale_files()?;
    if stale.is_empty() {
        println!("generated/ is what the program says.");
        return Ok(());
    }
    Err(Problem::Failed(format!(
        "{} out of date: run `cargo x generate` and commit.",
        stale.join(", ")
    )))
}

/// What it is told by whoever runs it comes after this.
fn nextest(is_told: &[String]) -> Command {
    let mut nextest = process::cargo();
    nextest.args(["nextest", "run"]);
    if is_told.is_empty()
        && let Ok(cores) = thread::available_parallelism()
    {
        // Some tests wait for minutes, and one more keeps their core busy.
        nextest.args(["--test-threads", &(cores.get() + 1).to_string()]);
    }
    nextest
}

/// Slower, because it runs one test program after another, but it needs nothing beyond Rust itself.
fn cargo_test() -> Command {
    let mut test = process::cargo();
    test.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    test
}
