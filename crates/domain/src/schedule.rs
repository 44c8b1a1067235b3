//! When a post goes out: a UTC instant and the time zone in which a person chose it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::named;

named! {
    /// How the time of a post was chosen.
    pub enum ScheduleKind {
        Draft = "draft",
        Now = "now",
        At = "at",
        Queue = "queue",
    }
}

/// When a post is due. `at` is absent for drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub kind: ScheduleKind,
    pub at: Option<Timestamp>,
    /// IANA name, such as `Europe/Madrid`: repeats and display follow its wall clock.
    pub time_zone: String,
}

/// Whether `name` is a zone of the IANA database. Fixed offsets and POSIX rules are not.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok_and(|zone| zone.iana_name().is_some())
}

#[cfg(test)]
mod tests {
    use super::is_time_zone;

    #[test]
    fn only_iana_zones_are_time_zones() {
        for zone in ["UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires"] {
            assert!(is_time_zone(zone), "{zone}");
        }
        for nonsense in ["", "Mars/Olympus", "+02:00", "CEST-9", "europe"] {
            assert!(!is_time_zone(nonsense), "{nonsense}");
        }
    }
}
