//! Counts and times requests, and shows all metrics to whoever runs on this machine.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::client_address;
use crate::problem::Problem;
use crate::state::ApiState;

/// `route` is the pattern, never the address, so that ids do not become labels.
pub(crate) fn record(method: &str, route: &str, status: StatusCode, took: Duration) {
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_str().to_owned()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels).record(took.as_secs_f64());
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
