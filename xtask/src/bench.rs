//! `cargo x bench`: figures, each beside the raw limit of the same machine in the same run.

mod pages;
mod start;

use crate::postgres::{self, Durability};
use crate::process::{self, Attempt};

/// `jobs`, `publish`, `api`, `webhooks`, `start` or `pages`.
pub fn bench(arguments: &[String]) -> Attempt {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["jobs"] => on_both_databases("fanfare-jobs", "jobs"),
        ["publish"] => on_both_databases("fanfare", "publish"),
        ["api"] => on_both_databases("fanfare", "api"),
        ["webhooks"] => on_both_databases("fanfare", "webhooks"),
        ["start"] => start::bench(),
        ["pages"] => pages::bench(),
        _ => Err("Usage: cargo x bench jobs | publish | api | webhooks | start | pages".into()),
    }
}

/// Runs a bench of the workspace with a PostgreSQL server of its own, which flushes to the disk as a real one does.
fn on_both_databases(package: &str, bench: &str) -> Attempt {
    let (url, _guard) = postgres::for_one_run(Durability::Full)?;
    let mut cargo = process::cargo();
    cargo.args(["bench", "--package", package, "--bench", bench]);
    process::run(cargo.env("FANFARE_TEST_POSTGRES_URL", url))
}
