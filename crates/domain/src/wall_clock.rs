//! What clocks on a wall show: weekdays and times of day, and the instant at which a zone's clocks show them.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::named;

named! {
    /// A day of the week, Monday first.
    pub enum Weekday {
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
    }
}

impl Weekday {
    /// The weekday of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        let position = date.weekday().to_monday_zero_offset();
        Self::ALL[usize::try_from(position).unwrap_or_default()]
    }

    /// Days since Monday.
    #[must_use]
    pub fn position(self) -> i8 {
        i8::try_from(self as usize).unwrap_or_default()
    }

    pub(crate) fn of_calendar(self) -> jiff::civil::Weekday {
        jiff::civil::Weekday::from_monday_zero_offset(self.position())
            .unwrap_or(jiff::civil::Weekday::Monday)
    }
}

/// A time of day to the minute, such as `09:05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: i8,
    minute: i8,
}

/// The text is not a time such as `09:05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of day such as 09:05")]
pub struct InvalidTimeOfDay;

impl TimeOfDay {
    /// What clocks show, to the minute.
    #[must_use]
    pub fn of(time: Time) -> Self {
        Self {
            hour: time.hour(),
            minute: time.minute(),
        }
    }

    #[must_use]
    pub fn on_clocks(self) -> Time {
        Time::constant(self.hour, self.minute, 0, 0)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl FromStr for TimeOfDay {
    type Err = InvalidTimeOfDay;

    /// Exactly `HH:MM`, from `00:00` to `23:59`.
    fn from_str(text: &str) -> Result<Self, InvalidTimeOfDay> {
        let digits = |text: &str| {
            let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<i8>().ok()).flatten()
        };
        let (hour, minute) = text.split_once(':').ok_or(InvalidTimeOfDay)?;
        match (digits(hour), digits(minute)) {
            (Some(hour @ 0..=23), Some(minute @ 0..=59)) => Ok(Self { hour, minute }),
            _ => Err(InvalidTimeOfDay),
        }
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// When clocks of the zone show this date and time.
///
/// When they jump over it, the instant as far behind the jump as it lies in the gap; when they show it twice, the first.
/// Absent only at the end of time.
#[must_use]
pub fn instant(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(date.to_datetime(time)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_whole_minutes_of_a_day_are_times() {
        for text in ["00:00", "09:05", "23:59"] {
            assert_eq!(text.parse::<TimeOfDay>().unwrap().to_string(), text);
        }
        for text in [
            "", "9:05", "09:5", "24:00", "12:60", "09:05:00", "+9:05", "a:b",
        ] {
            assert!(text.parse::<TimeOfDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        assert_eq!(Weekday::of(date(2026, 11, 30)), Weekday::Monday);
        assert_eq!(Weekday::of(date(2026, 11, 29)), Weekday::Sunday);
        for day in Weekday::ALL {
            assert_eq!(day.of_calendar().to_monday_zero_offset(), day.position());
        }
    }

    #[test]
    fn skipped_times_move_forward_and_repeated_ones_are_the_first() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        let at = |day, text: &str| {
            let time: TimeOfDay = text.parse().unwrap();
            instant(day, time.on_clocks(), &madrid).unwrap().to_string()
        };
        assert_eq!(at(date(2026, 3, 29), "02:30"), "2026-03-29T01:30:00Z");
        assert_eq!(at(date(2026, 10, 25), "02:30"), "2026-10-25T00:30:00Z");
    }
}
