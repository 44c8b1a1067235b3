//! Shows when a rule would come up, before anybody decides for it.

use fanfare_domain::repeat::Repeat;
use jiff::Timestamp;

use super::rule::{Rounds, check_rule, check_zone, never_due, wall_clock};
use crate::{AppError, Result};

/// As many as tell a person whether the rule is the one they mean.
const SHOWN: usize = 10;

/// One time at which the rule comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    pub at: Timestamp,
    /// The clocks skip the wanted time on that day, so it is later.
    pub moved_by_clocks: bool,
}

/// The rule's first ten times from `start` on; fewer when it ends before.
///
/// # Errors
/// Bad input: an unknown zone, or a rule that cannot be.
pub fn preview_repeat(rule: &Repeat, start: Timestamp, time_zone: &str) -> Result<Vec<Occurrence>> {
    let mut wrong = check_rule(rule, "repeat");
    wrong.extend(check_zone(time_zone, "time_zone"));
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let rounds = Rounds::from(rule, start, time_zone);
    let time = rounds.starts.time();
    let found: Vec<Occurrence> = rounds
        .all()
        .skip_while(|at| *at < start)
        .take(SHOWN)
        .map(|at| Occurrence {
            at,
            moved_by_clocks: wall_clock(at, time_zone).time() != time,
        })
        .collect();
    if found.is_empty() {
        return Err(AppError::invalid(vec![never_due("repeat")]));
    }
    Ok(found)
}
