//! Addresses of pages that others give us, to be shown as links.

use url::Url;

/// The address, if it leads to a page of the web: a server that anybody may run must not choose what else a link does.
pub(crate) fn linkable(given: Option<&str>) -> Option<&str> {
    given.filter(|text| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_linked() {
        for good in ["https://floss.town/@ines", "http://localhost:3000/@ines/1"] {
            assert_eq!(linkable(Some(good)), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "data:text/html,x",
            "floss.town/@ines",
            "//floss.town/@ines",
            "",
        ] {
            assert_eq!(linkable(Some(bad)), None, "{bad}");
        }
        assert_eq!(linkable(None), None);
    }
}
