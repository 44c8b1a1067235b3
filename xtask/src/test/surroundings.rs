//! What one step leaves for the next: servers that run, things that are built.

use std::path::PathBuf;
use std::process::Command;

use super::report::Problem;
use super::selection::Selection;
use crate::bluesky;
use crate::guard::Guard;
use crate::process::Attempt;
use crate::project;
use crate::scratch::Scratch;

/// The servers stop when this is dropped, and also when the process dies.
#[derive(Debug)]
pub struct Surroundings<'a> {
    pub selection: &'a Selection,
    /// Where tests keep their temporary files.
    scratch: Scratch,
    pub postgres: Option<(String, Guard)>,
    pub bluesky: Option<bluesky::Server>,
    /// A Python that has aiosmtpd, from which tests start mail servers.
    pub smtp_python: Option<&'static str>,
    /// Redis's server program, from which tests start servers.
    pub redis_server: Option<PathBuf>,
    /// The program of moto, which speaks S3, from which tests start servers.
    pub s3_server: Option<PathBuf>,
    pub packages_are_installed: bool,
    pub interface_is_built: bool,
    pub program_is_built: bool,
}

impl<'a> Surroundings<'a> {
    pub fn new(selection: &'a Selection) -> Attempt<Self> {
        Ok(Self {
            selection,
            scratch: Scratch::new()?,
            postgres: None,
            bluesky: None,
            smtp_python: None,
            redis_server: None,
            s3_server: None,
            packages_are_installed: false,
            interface_is_built: false,
            program_is_built: false,
        })
    }

    /// Tells a test runner where its temporary files go.
    pub fn lodge(&self, runner: &mut Command) {
        runner.env("TMPDIR", &self.scratch.folder);
    }

    /// Tells a test runner which servers it can use.
    pub fn introduce(&self, runner: &mut Command) {
        if let Some((url, _)) = &self.postgres {
            runner.env("FANFARE_TEST_POSTGRES_URL", url);
        }
        if let Some(python) = self.smtp_python {
            runner.env("FANFARE_TEST_SMTP_PYTHON", python);
        }
        if let Some(server) = &self.redis_server {
            runner.env("FANFARE_TEST_REDIS_SERVER", server);
        }
        if let Some(server) = &self.s3_server {
            runner.env("FANFARE_TEST_S3_SERVER", server);
        }
        for (variable, value) in self.bluesky.iter().flat_map(|server| &server.variables) {
            runner.env(variable, value);
        }
    }

    /// The program as built for tests.
    pub fn program(&self) -> Result<PathBuf, Problem> {
        needs(self.program_is_built, "the program")?;
        Ok(project::target().join("debug/fanfare"))
    }
}

/// Stops a step that stands on something an earlier step did not manage.
pub fn needs(there: bool, what: &str) -> Result<(), Problem> {
    if there {
        Ok(())
    } else {
        Err(Problem::NotRun(format!(
            "{what} could not be made, see above"
        )))
    }
}
