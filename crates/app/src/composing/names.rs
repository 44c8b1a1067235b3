//! Names that people give to what they keep.

use fanfare_domain::ErrorCode;

use crate::{AppError, Result};

const LONGEST_NAME: usize = 80;

/// The name without white space around it.
///
/// # Errors
/// `required` and `too_long`.
pub(super) fn checked_name(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        let detail = "Give it a name, so that it can be found again.";
        return Err(AppError::invalid_field("name", ErrorCode::Required, detail));
    }
    if name.chars().count() > LONGEST_NAME {
        let detail = format!("A name may have up to {LONGEST_NAME} characters.");
        return Err(AppError::invalid_field("name", ErrorCode::TooLong, detail));
    }
    Ok(name)
}

/// How names are told apart: not by their case.
pub(super) fn key_of(name: &str) -> String {
    name.to_lowercase()
}

/// Another has that name. `what` as in "There is a *template* called so".
pub(super) fn name_taken(what: &str, name: &str) -> AppError {
    let detail = format!("There is a {what} called “{name}” already. Choose another name.");
    AppError::invalid_field("name", ErrorCode::Duplicate, detail)
}
