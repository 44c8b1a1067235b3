//! Refuses what another site makes a browser send here (cross-site request forgery).
//!
//! Browsers say who asks in `Sec-Fetch-Site`, which no page can forge; older ones send `Origin` with everything that changes something. A
//! caller that sends neither is no browser, and nobody can make it send somebody else's cookie.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fanfare_domain::ErrorCode;
use url::Url;

use crate::api_key::bearer;
use crate::problem::Problem;
use crate::signed_in::opens_line;
use crate::state::ApiState;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets through what only reads, what comes with a key instead of a cookie, and what our own pages send.
pub(crate) async fn refuse(
    State(state): State<ApiState>,
    request: Request,
    next: Next,
) -> Response {
    let public = &state.app.config.public_url;
    // A WebSocket begins as something that only reads, and no browser keeps another site's page from reading it.
    let only_reads = request.method().is_safe() && !opens_line(request.headers());
    let is_harmless = only_reads || bearer(request.headers()).is_some();
    if is_harmless || is_from_here(request.headers(), public) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::FORBIDDEN,
        ErrorCode::CrossSiteRequest,
        "Another site sent this request, so it was refused. If this is your own installation behind a proxy, check that \
         FANFARE_PUBLIC_URL is the address in your browser.",
    )
    .into_response()
}

/// Whether the request comes from a page of ours, or from no page.
pub(crate) fn is_from_here(headers: &HeaderMap, public: &Url) -> bool {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Some(origin) = origin.to_str().ok().and_then(|text| Url::parse(text).ok()) else {
        return false;
    };
    origin.origin() == public.origin() || is_host(&origin, headers)
}

/// The page came from the very address that it now speaks to.
fn is_host(origin: &Url, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| {
        Url::parse(&format!("{}://{host}", origin.scheme()))
            .is_ok_and(|own| own.origin() == origin.origin())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_here(headers: &[(HeaderName, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect();
        is_from_here(&headers, &Url::parse("https://fanfare.example/").unwrap())
    }

    #[test]
    fn browsers_are_believed_about_who_asks() {
        for (site, expected) in [
            ("same-origin", true),
            ("none", true),
            ("same-site", false),
            ("cross-site", false),
            ("x", false),
        ] {
            assert_eq!(from_here(&[(SEC_FETCH_SITE, site)]), expected, "{site}");
        }
        // Behind a development proxy the browser knows better than the host does.
        let proxied = [
            (SEC_FETCH_SITE, "same-origin"),
            (ORIGIN, "http://localhost:5173"),
        ];
        assert!(from_here(&proxied));
    }

    #[test]
    fn older_browsers_send_an_origin() {
        for (origin, expected) in [
            ("https://fanfare.example", true),
            ("https://fanfare.example:443", true),
            ("http://fanfare.example", false),
            ("https://evil.example", false),
            ("null", false),
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1:9090", false),
        ] {
            let headers = [(ORIGIN, origin), (HOST, "127.0.0.1:8080")];
            assert_eq!(from_here(&headers), expected, "{origin}");
        }
    }

    #[test]
    fn what_is_no_browser_passes() {
        assert!(from_here(&[]));
    }
}
