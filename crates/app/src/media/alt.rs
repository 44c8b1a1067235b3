//! What people who cannot see a picture are told.

use fanfare_domain::ErrorCode;

use crate::{AppError, Result};

/// As long as the most generous platform takes.
const LONGEST: usize = 1_500;

/// The text as it is kept.
pub(super) fn checked(alt: &str) -> Result<String> {
    let alt = alt.trim();
    let length = alt.chars().count();
    if length > LONGEST {
        return Err(AppError::invalid_field(
            "alt",
            ErrorCode::TooLong,
            format!("The alternative text has {length} characters; at most {LONGEST} are taken."),
        ));
    }
    Ok(alt.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_taken_up_to_the_limit_and_counted_in_characters() {
        assert_eq!(
            checked(&format!(" {} ", "ñ".repeat(LONGEST))).unwrap(),
            "ñ".repeat(LONGEST)
        );
        assert!(
            checked(&"ñ".repeat(LONGEST + 1))
                .unwrap_err()
                .to_string()
                .contains("1501")
        );
    }
}
