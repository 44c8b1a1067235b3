//! `/hooks/mail`: what became of messages by e-mail.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use fanfare_app::App;
use fanfare_app::mail::take_reports;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(take))
}

/// Tell what became of messages
///
/// For the carrier of mail, which signs what it tells: SendGrid's signed Event Webhook.
#[utoipa::path(post, path = "/hooks/mail/{carrier}", tag = "Receiving", operation_id = "take_mail_reports", security(()), params(("carrier" = String, Path, description = "`sendgrid`")), request_body(content = String, content_type = "application/octet-stream"), responses((status = 204)))]
async fn take(
    State(app): State<Arc<App>>,
    Path(carrier): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<StatusCode> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    take_reports(&app, &carrier, &header, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}
