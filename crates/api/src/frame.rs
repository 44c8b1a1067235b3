//! What surrounds every request: its id, its line in the log, its count in the metrics, and the form of its refusals.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_RANGE, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::{Instrument, Span};

use crate::problem::Problem;
use crate::state::ApiState;
use crate::{metrics, security_headers};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 64;

/// The outermost layer.
pub(crate) async fn frame(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(request.headers());
    let path = request.uri().path();
    let is_api = path.starts_with("/api/") || path.starts_with("/hooks/");
    let method = request.method().clone();
    // The address itself may carry a signature or a code; the pattern cannot.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id = %id, %method, route);
    let response = next.run(request).instrument(span.clone()).await;
    let mut response = span.in_scope(|| finish(response, &id));
    let is_https = state.app.config.public_url.scheme() == "https";
    security_headers::add(response.headers_mut(), is_api, is_https);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = begun.elapsed();
    metrics::record(&method, &route, response.status(), took);
    let is_quiet = method.is_safe() || route.starts_with("/hooks/");
    note(&span, is_quiet, response.status(), took);
    response
}

/// What a panic becomes.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    Problem::broken(format!("panicked: {words}")).into_response()
}

/// Writes a problem's body, and makes problems of what axum and its layers refuse by themselves.
fn finish(mut response: Response, id: &str) -> Response {
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if refused && !is_described(response.headers()) => Problem::of_status(status),
        None => return response,
    };
    match &problem.cause {
        Some(cause) if problem.status == StatusCode::INTERNAL_SERVER_ERROR => {
            tracing::error!(cause, "failed");
        }
        Some(cause) => tracing::warn!(code = %problem.code, cause, "refused"),
        None => tracing::debug!(code = %problem.code, "refused"),
    }
    // `Allow`, cookies and the like are kept.
    let kept = std::mem::take(response.headers_mut());
    let mut response = problem.render(id);
    for (name, value) in &kept {
        if !is_about_body(name) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// In JSON for programs, or on a page for people.
fn is_described(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .map_or(&b""[..], HeaderValue::as_bytes);
    kind.starts_with(b"application/") || kind.starts_with(b"text/html")
}

fn is_about_body(name: &HeaderName) -> bool {
    // Where there is no such part of a file, it says how long the file is.
    let is_about_file = name == CONTENT_RANGE;
    (name.as_str().starts_with("content-") && !is_about_file) || name == TRANSFER_ENCODING
}

/// Platforms tell things by the thousand; what they told is on record anyway.
fn note(span: &Span, is_quiet: bool, status: StatusCode, took: Duration) {
    let (status, took_ms) = (status.as_u16(), took.as_secs_f64() * 1000.0);
    span.in_scope(|| {
        if is_quiet && status < 400 {
            tracing::debug!(status, took_ms, "answered");
        } else {
            tracing::info!(status, took_ms, "answered");
        }
    });
}

/// The caller's own id, where it has one that cannot upset a log, or a new one.
fn request_id(headers: &HeaderMap) -> String {
    let own = headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let is_plain = |id: &&str| {
        (1..=LONGEST_REQUEST_ID).contains(&id.len())
            && id
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    own.filter(is_plain)
        .map_or_else(new_request_id, str::to_owned)
}

fn new_request_id() -> String {
    let mut random = [0; 12];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    hex::encode(random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callers_id_is_kept_only_when_it_is_plain() {
        let id = |text: &str| {
            request_id(&HeaderMap::from_iter([(
                REQUEST_ID,
                HeaderValue::from_str(text).unwrap(),
            )]))
        };
        assert_eq!(id("edge-7_f"), "edge-7_f");
        for text in ["", "a b", "a\"b", &"x".repeat(65)] {
            assert_eq!(id(text).len(), 24, "{text}");
        }
        assert_ne!(new_request_id(), new_request_id());
    }
}
