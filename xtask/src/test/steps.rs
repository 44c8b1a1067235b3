//! The steps of `cargo x test`, quick ones first, each one before those that stand on it.

mod checks;
mod rust;
mod web;

use super::report::Problem;
use super::selection::Part::{self, Bluesky, Checks, E2e, Fast, Rust, Web};
use super::surroundings::Surroundings;

pub struct Step {
    pub name: &'static str,
    pub parts: &'static [Part],
    pub run: fn(&mut Surroundings) -> Result<(), Problem>,
}

pub const STEPS: &[Step] = &[
    Step {
        name: "format",
        parts: &[Fast, Checks],
        run: checks::format,
    },
    Step {
        name: "layers",
        parts: &[Fast, Checks],
        run: checks::layers,
    },
    Step {
        name: "file sizes",
        parts: &[Fast, Checks],
        run: checks::file_sizes,
    },
    Step {
        name: "dependencies",
        parts: &[Fast, Checks],
        run: checks::dependencies,
    },
    Step {
        name: "interface: packages",
        parts: &[Web, E2e],
        run: web::packages,
    },
    Step {
        name: "interface: lint",
        parts: &[Web],
        run: web::lint,
    },
    Step {
        name: "interface: types",
        parts: &[Web],
        run: web::types,
    },
    Step {
        name: "interface: unused code",
        parts: &[Web],
        run: web::unused_code,
    },
    Step {
        name: "interface: unit tests",
        parts: &[Web],
        run: web::unit_tests,
    },
    Step {
        name: "interface: client fresh",
        parts: &[Web],
        run: web::client_is_fresh,
    },
    Step {
        name: "interface: build",
        parts: &[Web, E2e],
        run: web::build,
    },
    Step {
        name: "Rust lints",
        parts: &[Fast, Checks],
        run: checks::lints,
    },
    Step {
        name: "Rust without features",
        parts: &[Checks],
        run: checks::lints_without_features,
    },
    Step {
        name: "Rust documentation",
        parts: &[Checks],
        run: checks::documentation,
    },
    Step {
        name: "PostgreSQL server",
        parts: &[Rust],
        run: rust::postgres,
    },
    Step {
        name: "mail server",
        parts: &[Rust],
        run: rust::mail,
    },
    Step {
        name: "Redis server",
        parts: &[Rust],
        run: rust::redis,
    },
    Step {
        name: "S3 server",
        parts: &[Rust],
        run: rust::s3,
    },
    Step {
        name: "Bluesky server",
        parts: &[Rust, Bluesky],
        run: rust::bluesky,
    },
    Step {
        name: "Rust tests",
        parts: &[Fast, Rust, Bluesky],
        run: rust::tests,
    },
    Step {
        name: "program",
        parts: &[Fast, Rust, E2e],
        run: rust::program,
    },
    Step {
        name: "generated files fresh",
        parts: &[Fast, Rust],
        run: rust::generated_files_are_fresh,
    },
    Step {
        name: "browser tests",
        parts: &[E2e],
        run: web::browser_tests,
    },
];
