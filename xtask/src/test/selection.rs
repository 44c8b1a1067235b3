//! Which steps to run, from the words behind `cargo x test`.

use std::fmt::Write;

use super::steps::Step;
use crate::process::Attempt;

/// A part of the tests that can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Fast,
    Checks,
    Rust,
    Bluesky,
    Web,
    E2e,
}

const PARTS: &[(&str, Part, &str)] = &[
    (
        "fast",
        Part::Fast,
        "checks and Rust tests, without the servers they can also run against",
    ),
    (
        "checks",
        Part::Checks,
        "format, lints, layers, sizes, dependencies, documentation",
    ),
    (
        "rust",
        Part::Rust,
        "Rust tests on SQLite and PostgreSQL and against a real Bluesky server",
    ),
    (
        "bluesky",
        Part::Bluesky,
        "only the Rust tests against the Bluesky server",
    ),
    (
        "web",
        Part::Web,
        "the interface's lints, types, unit tests and build",
    ),
    (
        "e2e",
        Part::E2e,
        "the browser tests against the built program",
    ),
];

#[derive(Debug, PartialEq, Eq)]
pub struct Selection {
    /// Empty for everything.
    parts: Vec<Part>,
    pub strict: bool,
    /// Browser tests drive the program as people get it, which takes minutes more to build.
    pub release: bool,
    /// What stands behind `--`, for the runner of the Rust or browser tests.
    pub for_runner: Vec<String>,
}

impl Selection {
    /// Reads the words; none when they ask for help.
    pub fn parse(arguments: &[String], strict: bool) -> Attempt<Option<Self>> {
        let mut selection = Self {
            parts: Vec::new(),
            strict,
            release: false,
            for_runner: Vec::new(),
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--help" | "-h" => return Ok(None),
                "--strict" => selection.strict = true,
                "--release" => selection.release = true,
                "--" => selection.for_runner.extend(words.by_ref().cloned()),
                name => selection.parts.push(part(name)?),
            }
        }
        Ok(Some(selection))
    }

    #[must_use]
    pub fn includes(&self, step: &Step) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| step.parts.contains(part))
    }

    /// Tells whether nothing but the tests against the Bluesky server is wanted.
    #[must_use]
    pub fn is_bluesky_only(&self) -> bool {
        self.parts == [Part::Bluesky]
    }
}

#[must_use]
pub fn usage(steps: &[Step]) -> String {
    let mut text =
        "Usage: cargo x test [PART…] [--strict] [--release] [-- options and names for the test runner]\n\n"
            .to_owned();
    for (name, _, about) in PARTS {
        let _ = writeln!(text, "  {name:<9}{about}");
    }
    let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
    let _ = writeln!(
        text,
        "\nWithout a part, everything, in this order: {}.",
        names.join(", ")
    );
    text.push_str("With CI set, or --strict, a step that could not be run counts as failed.\n");
    text.push_str("With --release, browser tests drive the release build.\n");
    text
}

fn part(name: &str) -> Attempt<Part> {
    let found = PARTS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, part, _)| *part);
    found.ok_or_else(|| {
        format!("`cargo x test` has no part called {name}; see `cargo x test --help`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Attempt<Option<Selection>> {
        Selection::parse(
            &words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>(),
            false,
        )
    }

    #[test]
    fn parts_options_and_the_rest_are_told_apart() {
        let selection = parse(&[
            "rust",
            "--strict",
            "--release",
            "--",
            "store::",
            "--no-capture",
        ])
        .expect("it reads")
        .expect("no help");
        assert_eq!(selection.parts, [Part::Rust]);
        assert!(selection.strict && selection.release);
        assert_eq!(selection.for_runner, ["store::", "--no-capture"]);
    }

    #[test]
    fn no_part_means_everything_and_an_unknown_one_is_refused() {
        let everything = parse(&[]).expect("it reads").expect("no help");
        assert!(
            super::super::STEPS
                .iter()
                .all(|step| everything.includes(step))
        );
        assert!(parse(&["rusty"]).is_err());
        assert_eq!(parse(&["--help"]), Ok(None));
    }
}
