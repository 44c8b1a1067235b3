//! What a person asks for when a post is to come round again, checked.

use std::collections::BTreeSet;

use fanfare_domain::ErrorCode;
use fanfare_domain::repeat::{LAST, Pattern, Repeat};
use fanfare_domain::schedule::is_time_zone;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::error::FieldError;

/// What is to become of a post's coming round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repetition {
    /// It does not, or no longer.
    Never,
    By(Repeat),
}

/// The longest pause, in days, weeks or months.
const LONGEST_PAUSE: u16 = 99;
const MOST_TIMES: u32 = 1_000;

/// What is wrong with a rule; nothing when it is usable. `field` is where it stands in the body.
pub(crate) fn check_rule(rule: &Repeat, field: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut say = |name: &str, code, detail: String| {
        wrong.push(FieldError::new(format!("{field}.{name}"), code, detail));
    };
    let (Pattern::Daily { every }
    | Pattern::Weekly { every, .. }
    | Pattern::MonthlyDay { every, .. }
    | Pattern::MonthlyWeekday { every, .. }) = &rule.pattern;
    if !(1..=LONGEST_PAUSE).contains(every) {
        let detail = format!("Choose a number from 1 to {LONGEST_PAUSE}.");
        say("every", ErrorCode::OutOfRange, detail);
    }
    match &rule.pattern {
        Pattern::Weekly { weekdays, .. } => {
            if weekdays.is_empty() {
                let detail = "Choose at least one weekday.".to_owned();
                say("weekdays", ErrorCode::Required, detail);
            }
            let mut seen = BTreeSet::new();
            if !weekdays.iter().all(|day| seen.insert(day.position())) {
                let detail = "A weekday is named twice.".to_owned();
                say("weekdays", ErrorCode::Duplicate, detail);
            }
        }
        Pattern::MonthlyDay { day, .. } if !(1..=31).contains(day) && *day != LAST => {
            let detail = "Choose a day from 1 to 31, or -1 for the last day.".to_owned();
            say("day", ErrorCode::OutOfRange, detail);
        }
        Pattern::MonthlyWeekday { week, .. } if !(1..=4).contains(week) && *week != LAST => {
            let detail = "Choose a week from 1 to 4, or -1 for the last.".to_owned();
            say("week", ErrorCode::OutOfRange, detail);
        }
        _ => {}
    }
    if rule
        .count
        .is_some_and(|count| !(1..=MOST_TIMES).contains(&count))
    {
        let detail = format!("Choose a number from 1 to {MOST_TIMES}.");
        say("count", ErrorCode::OutOfRange, detail);
    }
    if rule.count.is_some() && rule.until.is_some() {
        let detail = "Say until when or how often, not both.".to_owned();
        say("count", ErrorCode::NotAllowed, detail);
    }
    wrong
}

/// A rule, where it begins and by whose clocks it is read.
pub(crate) struct Rounds<'a> {
    pub rule: &'a Repeat,
    pub starts: DateTime,
    pub zone: TimeZone,
}

impl<'a> Rounds<'a> {
    /// `time_zone` has been checked, or has been one once.
    pub(crate) fn new(rule: &'a Repeat, starts: DateTime, time_zone: &str) -> Self {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        Self { rule, starts, zone }
    }

    /// The rule as it begins at `at`.
    pub(crate) fn from(rule: &'a Repeat, at: Timestamp, time_zone: &str) -> Self {
        Self::new(rule, wall_clock(at, time_zone), time_zone)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Timestamp> {
        self.rule.occurrences(self.starts, &self.zone)
    }

    pub(crate) fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        self.rule.next_after(self.starts, &self.zone, after)
    }

    /// How many times the rule came up before `at`.
    pub(crate) fn count_before(&self, at: Timestamp) -> u32 {
        let count = self.rule.count_before(self.starts, &self.zone, at);
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// What is wrong with the name of a zone, if anything.
pub(crate) fn check_zone(time_zone: &str, field: &str) -> Option<FieldError> {
    (!is_time_zone(time_zone)).then(|| {
        FieldError::new(
            field,
            ErrorCode::UnknownTimeZone,
            format!("“{time_zone}” is not a time zone. Use a name such as Europe/Madrid."),
        )
    })
}

/// What clocks of the zone show at that instant.
pub(crate) fn wall_clock(at: Timestamp, time_zone: &str) -> DateTime {
    TimeZone::get(time_zone)
        .unwrap_or(TimeZone::UTC)
        .to_datetime(at)
}

/// Why a rule cannot begin.
pub(crate) fn never_due(field: &str) -> FieldError {
    FieldError::new(
        field,
        ErrorCode::NeverDue,
        "This rule ends before it begins. Choose a later end, or an earlier beginning.",
    )
}
