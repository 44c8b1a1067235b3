//! How a post comes round again: a rule of the calendar, read by the clocks of one zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::wall_clock::{Weekday, instant};

/// Which days it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pattern {
    /// Every so many days.
    Daily { every: u16 },
    /// On these days of every so manieth week, weeks beginning on Monday.
    Weekly { every: u16, weekdays: Vec<Weekday> },
    /// On this day of every so manieth month; in shorter months, on their last day. [`LAST`] is the last day.
    MonthlyDay { every: u16, day: i8 },
    /// On the first to fourth such weekday of every so manieth month, or on the last of them ([`LAST`]).
    MonthlyWeekday {
        every: u16,
        week: i8,
        weekday: Weekday,
    },
}

/// The last day of a month, or its last Monday.
pub const LAST: i8 = -1;

/// A rule: which days, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    #[serde(flatten)]
    pub pattern: Pattern,
    /// The last day on which it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How often it is at most, the first time included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

impl Repeat {
    /// The instants of the rule from `start` on, strictly one after the other.
    ///
    /// `start` says from which day on, and the time of day; the first instant is on the first day that fits. A time that clocks skip on
    /// some day moves forward on that day; one they show twice is the first.
    pub fn occurrences<'a>(
        &'a self,
        start: DateTime,
        zone: &'a TimeZone,
    ) -> impl Iterator<Item = Timestamp> + use<'a> {
        let mut last = None;
        Days::new(&self.pattern, start.date())
            .take_while(|day| self.until.is_none_or(|until| *day <= until))
            .map_while(move |day| instant(day, start.time(), zone))
            // Two days come to one instant where a zone skipped a whole day.
            .filter(move |at| {
                let is_later = last.is_none_or(|last| last < *at);
                last = last.max(Some(*at));
                is_later
            })
            .take(self.count.map_or(usize::MAX, |count| {
                usize::try_from(count).unwrap_or(usize::MAX)
            }))
    }

    /// The first instant of the rule after `after`; absent when it has ended.
    #[must_use]
    pub fn next_after(
        &self,
        start: DateTime,
        zone: &TimeZone,
        after: Timestamp,
    ) -> Option<Timestamp> {
        self.occurrences(start, zone).find(|at| *at > after)
    }

    /// How many instants of the rule lie before `at`.
    #[must_use]
    pub fn count_before(&self, start: DateTime, zone: &TimeZone, at: Timestamp) -> usize {
        self.occurrences(start, zone)
            .take_while(|earlier| *earlier < at)
            .count()
    }
}

/// The days of a pattern from a first day on.
struct Days<'a> {
    pattern: &'a Pattern,
    first: Date,
    /// The day, week or month that is looked at next, counted from the first one's.
    step: i32,
    /// Days of the present week that are still to come.
    of_week: std::collections::VecDeque<Date>,
}

impl<'a> Days<'a> {
    fn new(pattern: &'a Pattern, first: Date) -> Self {
        Self {
            pattern,
            first,
            step: 0,
            of_week: std::collections::VecDeque::new(),
        }
    }

    /// The first day of the month that is `step` months after the first day's.
    fn month(&self, step: i32) -> Option<Date> {
        self.first.first_of_month().checked_add(step.months()).ok()
    }

    fn week(&self, step: i32, weekdays: &[Weekday]) -> Option<Vec<Date>> {
        let back: Span = i32::from(Weekday::of(self.first).position()).days();
        let monday = self.first.checked_sub(back).ok()?;
        let monday = monday.checked_add(step.weeks()).ok()?;
        let mut days = Vec::new();
        for weekday in Weekday::ALL.iter().filter(|day| weekdays.contains(day)) {
            days.push(
                monday
                    .checked_add(i32::from(weekday.position()).days())
                    .ok()?,
            );
        }
        Some(days)
    }

    /// The days of the next step, which may lie before the first. Absent at the end of time.
    fn next_days(&mut self) -> Option<Vec<Date>> {
        let step = self.step;
        match self.pattern {
            Pattern::Daily { every } => {
                self.step += i32::from(*every).max(1);
                Some(vec![self.first.checked_add(step.days()).ok()?])
            }
            Pattern::Weekly { every, weekdays } => {
                self.step += i32::from(*every).max(1);
                self.week(step, weekdays)
            }
            Pattern::MonthlyDay { every, day } => {
                self.step += i32::from(*every).max(1);
                let month = self.month(step)?;
                let last = month.days_in_month();
                let day = if *day == LAST {
                    last
                } else {
                    (*day).clamp(1, last)
                };
                Some(vec![month.with().day(day).build().ok()?])
            }
            Pattern::MonthlyWeekday {
                every,
                week,
                weekday,
            } => {
                self.step += i32::from(*every).max(1);
                let month = self.month(step)?;
                let day = month.nth_weekday_of_month(*week, weekday.of_calendar());
                Some(day.ok().into_iter().collect())
            }
        }
    }
}

impl Iterator for Days<'_> {
    type Item = Date;

    fn next(&mut self) -> Option<Date> {
        // A rule without a single weekday has no days; others have one within a few months.
        for _ in 0..1_000 {
            if let Some(day) = self.of_week.pop_front() {
                return Some(day);
            }
            let first = self.first;
            let days = self.next_days()?;
            self.of_week
                .extend(days.into_iter().filter(|day| *day >= first));
        }
        None
    }
}

#[cfg(test)]
#[path = "repeat/tests.rs"]
mod tests;
