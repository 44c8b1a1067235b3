//! Names that people give: to themselves, to workspaces.

use fanfare_domain::ErrorCode;

use crate::FieldError;

const LONGEST: usize = 100;

/// The name without margins, if it is one: something to see, one line, no longer than 100 characters.
pub(crate) fn valid_name(field: &str, name: &str) -> Result<String, FieldError> {
    let name = name.trim();
    let length = name.chars().count();
    if name.is_empty() {
        return Err(FieldError::new(field, ErrorCode::Required, "Enter a name."));
    }
    if length > LONGEST {
        let detail = format!("The name has {length} characters; at most {LONGEST} are taken.");
        return Err(FieldError::new(field, ErrorCode::TooLong, detail));
    }
    if name.chars().any(char::is_control) {
        let detail = "A name is one line without control characters.";
        return Err(FieldError::new(field, ErrorCode::NotAllowed, detail));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded() {
        let code = |name: &str| valid_name("name", name).map_err(|wrong| wrong.code);
        assert_eq!(code("  Ada  "), Ok("Ada".to_owned()));
        assert_eq!(code(&"ß".repeat(100)), Ok("ß".repeat(100)));
        assert_eq!(code(" \n "), Err(ErrorCode::Required));
        assert_eq!(code(&"ß".repeat(101)), Err(ErrorCode::TooLong));
        assert_eq!(code("Ada\r\nBcc: x"), Err(ErrorCode::NotAllowed));
    }
}
