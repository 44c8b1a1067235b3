//! Counts and times requests, and shows all metrics to whoever runs on this machine.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::client_address;
use crate::problem::Problem;
use crate::state::ApiState;

/// `route` is the pattern, never the address, so that ids do not become labels.
pub(crate) fn record(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let labels = [
        ("method", known(method).to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_str().to_owned()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels).record(took.as_secs_f64());
}

/// Each label is kept for as long as the program runs, and a method may be any word that a caller thinks of.
fn known(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS
        | Method::CONNECT
        | Method::TRACE => method.as_str(),
        _ => "other",
    }
}

/// `GET /metrics`. To others it does not exist.
pub(crate) async fn page(State(state): State<ApiState>, request: Request) -> Response {
    let is_local = client_address::is_local(request.extensions(), request.headers());
    match &state.settings.metrics {
        Some(page) if is_local => (
            [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
            page(),
        )
            .into_response(),
        _ => Problem::of_status(StatusCode::NOT_FOUND).into_response(),
    }
}
