//! Where a person lands after consenting: a page of this interface and nothing else.

use fanfare_domain::ErrorCode;
use url::Url;

use crate::{AppError, Result};

/// Where people land who did not say where they left from.
pub(super) const DEFAULT: &str = "/connections";

const LONGEST: usize = 1000;

/// The path to return to, as a browser would read it.
///
/// # Errors
/// When it is not a path of this site. It ends in a `Location` header, so whatever a browser could take for another host
/// is refused, not mended.
pub(super) fn check(given: Option<&str>) -> Result<String> {
    match given {
        None => Ok(DEFAULT.to_owned()),
        Some(text) => local_path(text).ok_or_else(|| {
            AppError::invalid_field(
                "return_to",
                ErrorCode::InvalidUrl,
                "This must be a page of this site, such as /connections.",
            )
        }),
    }
}

/// The path, if it is one of this site.
pub(crate) fn local_path(text: &str) -> Option<String> {
    // Browsers drop tabs and line ends and read a backslash as a slash, so `/\t/other.example` would leave the site.
    let is_odd = |c: char| c.is_control() || c == '\\';
    if text.len() > LONGEST || !text.starts_with('/') || text.contains(is_odd) {
        return None;
    }
    let here = Url::parse("http://here.invalid/").expect("a constant address is good");
    let there = here.join(text).ok()?;
    // Dots may be resolved away: `/.//other.example` is the path `//other.example`.
    let path = &there[url::Position::BeforePath..];
    (there.origin() == here.origin() && !path.starts_with("//")).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_site_are_taken() {
        for (given, path) in [
            ("/", "/"),
            ("/connections", "/connections"),
            ("/posts/1?tab=a#top", "/posts/1?tab=a#top"),
            ("/a/../b", "/b"),
            (
                "/search?q=http://other.example",
                "/search?q=http://other.example",
            ),
            ("/été", "/%C3%A9t%C3%A9"),
            ("/%5Cother.example", "/%5Cother.example"),
        ] {
            assert_eq!(local_path(given).as_deref(), Some(path), "{given}");
        }
        assert_eq!(check(None).unwrap(), DEFAULT);
    }

    #[test]
    fn anything_that_may_lead_elsewhere_is_refused() {
        let long = format!("/{}", "a".repeat(LONGEST));
        for given in [
            "",
            "connections",
            "http://other.example",
            "https:other.example",
            "//other.example",
            "///other.example",
            "/\\other.example",
            "\\\\other.example",
            "/a\\..\\..\\other.example",
            "/\t/other.example",
            "/\n/other.example",
            "/\r\nSet-Cookie: a=b",
            "/.//other.example",
            "/a/..//other.example",
            "/%2e//other.example",
            " //other.example",
            "javascript:alert(1)",
            "data:text/html,hello",
            &long,
        ] {
            assert_eq!(local_path(given), None, "{given:?}");
            assert!(check(Some(given)).is_err(), "{given:?}");
        }
    }
}
