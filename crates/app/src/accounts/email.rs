//! What is taken for an e-mail address.

use fanfare_domain::ErrorCode;

use crate::FieldError;

const LONGEST: usize = 254;
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_LABEL: usize = 63;
const LOCAL_SYMBOLS: &str = "!#$%&'*+-/=?^_`{|}~.";

/// The form in which an address is kept and compared.
pub(crate) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether a normal address has the form that mail servers deliver to. Only a message sent there proves that it exists.
pub(super) fn is_valid(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else {
        return false;
    };
    email.len() <= LONGEST && is_local_part(local) && is_domain(domain)
}

/// Somebody else's address in its normal form, if it is one.
pub(crate) fn checked_email(field: &str, email: &str) -> Result<String, FieldError> {
    let email = normal(email);
    if email.is_empty() {
        let detail = "Enter an e-mail address.";
        return Err(FieldError::new(field, ErrorCode::Required, detail));
    }
    if is_valid(&email) {
        Ok(email)
    } else {
        Err(invalid(field))
    }
}

pub(super) fn invalid(field: &str) -> FieldError {
    let detail = "This is not an e-mail address. Write it like name@example.com.";
    FieldError::new(field, ErrorCode::InvalidEmail, detail)
}

fn is_local_part(local: &str) -> bool {
    (1..=LONGEST_LOCAL_PART).contains(&local.len())
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || LOCAL_SYMBOLS.contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.') && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case_and_margins() {
        assert_eq!(
            normal("  Ada.Lovelace@Example.COM "),
            "ada.lovelace@example.com"
        );
    }

    #[test]
    fn usual_addresses_are_taken() {
        for email in [
            "a@b.co",
            "ada.lovelace+news@mail.example.com",
            "o'hara@xn--bcher-kva.example",
        ] {
            assert!(is_valid(email), "{email}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for email in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@localhost",
            "ada@example..com",
            "ada@-a.com",
            "a b@example.com",
            ".ada@example.com",
            "a@b@example.com",
            "ada@exam ple.com",
            "ada@example.com\r\nbcc: x@y.z",
            &long,
        ] {
            assert!(!is_valid(email), "{email}");
        }
    }
}
