//! How long things are kept: what a workspace and the installation want, and the nightly run that throws the rest away.

mod installation;
mod run;
mod settings;

pub use fanfare_store::retention::{LastRun, Retention};
pub use installation::{
    InstallationRetention, change_installation_retention, installation_retention,
};
pub(crate) use run::RETENTION;
pub use settings::{change_retention, retention};

use fanfare_domain::ErrorCode;

use crate::{AppError, FieldError, Result};

/// The shortest and the longest that make sense.
const DAYS: std::ops::RangeInclusive<i64> = 1..=3650;
const MONTHS: std::ops::RangeInclusive<i64> = 1..=120;

/// Refuses what is too short or too long, naming each field.
fn check(spans: &[(&str, Option<i64>, std::ops::RangeInclusive<i64>)]) -> Result<()> {
    let wrong: Vec<FieldError> = spans
        .iter()
        .filter(|(_, span, range)| span.is_some_and(|span| !range.contains(&span)))
        .map(|(field, _, _)| {
            let detail = "Choose a day or a month at least and ten years at most, or nothing to keep it for good.";
            FieldError::new(*field, ErrorCode::OutOfRange, detail)
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}
