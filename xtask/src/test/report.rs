//! What came of each step, told while it runs and again at the end.

use std::fmt::{self, Display, Formatter};
use std::time::{Duration, Instant};

use crate::process::Attempt;

/// Why a step did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Failed(String),
    /// Something it needs is not here; the words say what, and how to get it.
    NotRun(String),
}

impl From<String> for Problem {
    fn from(words: String) -> Self {
        Self::Failed(words)
    }
}

#[derive(Debug, Default)]
pub struct Report(Vec<Line>);

#[derive(Debug)]
struct Line {
    name: &'static str,
    outcome: Result<(), Problem>,
    took: Duration,
}

impl Report {
    /// Runs one step under a heading.
    pub fn record(&mut self, name: &'static str, step: impl FnOnce() -> Result<(), Problem>) {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = step();
        let line = Line {
            name,
            outcome,
            took: start.elapsed(),
        };
        println!("{line}");
        self.0.push(line);
    }

    /// Prints the summary. What could not be run counts as a failure when `strict`.
    pub fn close(&self, strict: bool) -> Attempt {
        let total: Duration = self.0.iter().map(|line| line.took).sum();
        println!("\n=== Summary, after {}", minutes(total));
        for line in &self.0 {
            println!("{line}");
        }
        let count = |wanted: fn(&Line) -> bool| self.0.iter().filter(|line| wanted(line)).count();
        let passed = count(|line| line.outcome.is_ok());
        let failed = count(|line| matches!(line.outcome, Err(Problem::Failed(_))));
        let not_run = count(|line| matches!(line.outcome, Err(Problem::NotRun(_))));
        println!("Steps: {passed} passed, {failed} failed, {not_run} skipped");
        if failed > 0 {
            Err("Some steps failed.".into())
        } else if strict && not_run > 0 {
            Err(
                "Some steps could not be run, which counts as a failure here (CI or --strict)."
                    .into(),
            )
        } else {
            Ok(())
        }
    }
}

impl Display for Line {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, detail) = match &self.outcome {
            Ok(()) => ("passed", ""),
            Err(Problem::Failed(words)) => ("FAILED", words.as_str()),
            Err(Problem::NotRun(words)) => ("NOT RUN", words.as_str()),
        };
        write!(
            f,
            "{word:<8} {:<24} {:>7.1} s",
            self.name,
            self.took.as_secs_f64()
        )?;
        if detail.is_empty() {
            Ok(())
        } else {
            write!(f, "  {}", detail.replace('\n', "\n    "))
        }
    }
}

fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{} min {} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcomes: &[Result<(), Problem>]) -> Report {
        let line = |outcome: &Result<(), Problem>| Line {
            name: "step",
            outcome: outcome.clone(),
            took: Duration::ZERO,
        };
        Report(outcomes.iter().map(line).collect())
    }

    #[test]
    fn a_failure_fails_always_and_what_did_not_run_only_when_strict() {
        let failed = Err(Problem::Failed("broken".into()));
        let not_run = Err(Problem::NotRun("no browser".into()));
        assert!(report(&[Ok(())]).close(true).is_ok());
        assert!(report(&[Ok(()), failed]).close(false).is_err());
        assert!(report(&[Ok(()), not_run.clone()]).close(false).is_ok());
        assert!(report(&[Ok(()), not_run]).close(true).is_err());
    }
}
