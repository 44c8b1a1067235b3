//! The cookie that a signed-in browser holds.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use fanfare_app::accounts::SESSION_DAYS;
use fanfare_domain::Secret;
use url::Url;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

const SESSION: Cookie = Cookie {
    secure_name: "__Host-fanfare_session",
    plain_name: "fanfare_session",
};

/// A cookie that no script reads and no other site sends.
pub(crate) struct Cookie {
    /// With the prefix that makes browsers insist on https, on this very host and on the whole of it.
    pub secure_name: &'static str,
    /// For plain http on one's own machine, where browsers keep no secure cookies.
    pub plain_name: &'static str,
}

/// The token in the request, if there is one.
pub(crate) fn read(headers: &HeaderMap, public_url: &Url) -> Option<Secret> {
    read_cookie(&SESSION, headers, public_url)
}

pub(crate) fn read_cookie(
    cookie: &Cookie,
    headers: &HeaderMap,
    public_url: &Url,
) -> Option<Secret> {
    let name = cookie.name(public_url);
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|list| list.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| Secret::new(value))
}

/// The `Set-Cookie` that keeps the token for as long as its session lasts without use.
pub(crate) fn keep(token: &Secret, public_url: &Url) -> HeaderValue {
    SESSION.set(token.expose(), SESSION_DAYS * SECONDS_PER_DAY, public_url)
}

/// The `Set-Cookie` that makes a browser forget the token.
pub(crate) fn forget(public_url: &Url) -> HeaderValue {
    SESSION.set("", 0, public_url)
}

impl Cookie {
    /// The `Set-Cookie` that gives it this value, which is hexadecimal or nothing.
    pub(crate) fn set(&self, value: &str, max_age: i64, public_url: &Url) -> HeaderValue {
        let secure = if is_secure(public_url) {
            "; Secure"
        } else {
            ""
        };
        let name = self.name(public_url);
        // Lax, because a platform sends people back to us after they consented there.
        let text =
            format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
        let mut value = HeaderValue::from_str(&text).expect("a token is hexadecimal");
        value.set_sensitive(true);
        value
    }

    fn name(&self, public_url: &Url) -> &'static str {
        if is_secure(public_url) {
            self.secure_name
        } else {
            self.plain_name
        }
    }
}

fn is_secure(public_url: &Url) -> bool {
    public_url.scheme() == "https"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_cookie_is_as_strict_as_the_address_allows() {
        let token = Secret::new("abc");
        assert_eq!(
            keep(&token, &url("https://fanfare.example")),
            "__Host-fanfare_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            forget(&url("http://127.0.0.1:8080")),
            "fanfare_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let read = |cookies: &str, public: &str| {
            let headers = HeaderMap::from_iter([(COOKIE, cookies.parse().unwrap())]);
            read(&headers, &url(public)).map(|token| token.expose().to_owned())
        };
        let public = "https://fanfare.example";
        assert_eq!(
            read("a=1; __Host-fanfare_session=abc; b=2", public),
            Some("abc".to_owned())
        );
        assert_eq!(read("fanfare_session=abc", public), None);
        assert_eq!(
            read("fanfare_session=abc", "http://localhost"),
            Some("abc".to_owned())
        );
        assert_eq!(read("fanfare_session=", "http://localhost"), None);
    }
}
