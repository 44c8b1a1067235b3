//! Whether the program lives, and whether it can do its work.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::App;
use fanfare_domain::rate_limit::Counting;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(5);

/// `GET /health/live`: the program answers. Restart it when it does not.
pub(crate) async fn live() -> Response {
    Json(json!({ "status": "live" })).into_response()
}

/// `GET /health/ready`: the database answers too. Send no requests while it does not. While only Redis is away it is `degraded`, and all
/// works: this process counts attempts for itself.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response {
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => Json(with_database(&app.limits.counting())).into_response(),
        failed => {
            let cause = match failed {
                Ok(Err(error)) => error.to_string(),
                _ => "no answer in time".to_owned(),
            };
            tracing::error!(cause, "the database does not answer");
            let body = json!({ "status": "unavailable", "database": "no answer" });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

fn with_database(counting: &Counting) -> Value {
    if counting.is_up {
        json!({ "status": "ready" })
    } else {
        json!({ "status": "degraded", counting.backend: "no answer" })
    }
}
