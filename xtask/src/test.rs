//! `cargo x test`: every check and test, in order, with one summary at the end.

use std::env;

use crate::process::Attempt;

mod report;
mod selection;
mod steps;
mod surroundings;

use report::Report;
use selection::Selection;
use steps::STEPS;
use surroundings::Surroundings;

/// Runs the selected steps; one that fails does not keep the others from running.
pub fn test(arguments: &[String]) -> Attempt {
    let Some(selection) = Selection::parse(arguments, is_ci())? else {
        print!("{}", selection::usage(STEPS));
        return Ok(());
    };
    let mut surroundings = Surroundings::new(&selection)?;
    let mut report = Report::default();
    for step in STEPS.iter().filter(|step| selection.includes(step)) {
        report.record(step.name, || (step.run)(&mut surroundings));
    }
    drop(surroundings);
    report.close(selection.strict)
}

fn is_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}
