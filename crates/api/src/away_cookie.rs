//! The cookie that ties what somebody does elsewhere, or with their authenticator, to the browser in which it began.

use axum::http::{HeaderMap, HeaderValue};
use fanfare_domain::Secret;
use url::Url;

use crate::session_cookie::{Cookie, read_cookie};

/// As long as anything lasts that begins with it.
const SECONDS: i64 = 10 * 60;

const AWAY: Cookie = Cookie {
    secure_name: "__Host-fanfare_away",
    plain_name: "fanfare_away",
};

/// What the browser holds. Only what looks as if we had given it.
pub(crate) fn read(headers: &HeaderMap, public_url: &Url) -> Option<Secret> {
    let held = read_cookie(&AWAY, headers, public_url)?;
    let text = held.expose();
    let is_ours = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_ours.then_some(held)
}

/// The `Set-Cookie` that has the browser hold it.
pub(crate) fn keep(held: &Secret, public_url: &Url) -> HeaderValue {
    AWAY.set(held.expose(), SECONDS, public_url)
}
