//! `/hooks/{platform}`: what a platform tells, and what it asks before it begins to.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::IntoResponse;
use fanfare_app::App;
use fanfare_app::hearing::{self, LARGEST_REQUEST, Received};
use serde::Serialize;
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(handshake, receive))
        .routes(routes!(deauthorize))
        .routes(routes!(delete_data))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
}

/// Where it shows what became of the wish.
#[derive(Serialize, ToSchema)]
struct DeletionAnswer {
    url: String,
    confirmation_code: String,
}

/// Let a platform begin to tell
///
/// Answers the challenge, if the platform knows the verify token.
#[utoipa::path(get, path = "/hooks/{platform}", tag = "Receiving", operation_id = "verify_receiver", security(()), params(("platform" = String, Path), ("hub.mode" = Option<String>, Query), ("hub.verify_token" = Option<String>, Query), ("hub.challenge" = Option<String>, Query)), responses((status = 200, body = String, content_type = "text/plain")))]
async fn handshake(
    State(app): State<Arc<App>>,
    Path(platform): Path<String>,
    uri: axum::http::Uri,
) -> Answer<impl IntoResponse> {
    let query: Vec<(String, String)> =
        form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let challenge = hearing::handshake(&app, &platform, &query)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], challenge))
}

/// Tell what happened at a platform
///
/// For the platform, which signs what it tells. It is on disk when this is answered.
#[utoipa::path(post, path = "/hooks/{platform}", tag = "Receiving", operation_id = "receive_webhook", security(()), params(("platform" = String, Path)), request_body(content = String, content_type = "application/octet-stream"), responses((status = 200, body = String, content_type = "text/plain")))]
async fn receive(
    State(app): State<Arc<App>>,
    Path(platform): Path<String>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<impl IntoResponse> {
    let mut public = hearing::receiver(&app.config.public_url, &platform).to_string();
    if let Some(query) = uri.query() {
        public.push('?');
        public.push_str(query);
    }
    let request = Received {
        method: "POST".to_owned(),
        uri: public,
        headers: texts(&headers),
        body: body.into(),
        at: app.now(),
    };
    hearing::receive(&app, &platform, request).await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], "ok"))
}

/// Take consent back at a platform
///
/// For the platform, when somebody removes the application there. Their connections end.
#[utoipa::path(post, path = "/hooks/{platform}/deauthorize", tag = "Receiving", operation_id = "receive_deauthorization", security(()), params(("platform" = String, Path)), request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses((status = 200, body = String, content_type = "text/plain")))]
async fn deauthorize(
    State(app): State<Arc<App>>,
    Path(platform): Path<String>,
    body: Bytes,
) -> Answer<(StatusCode, &'static str)> {
    hearing::deauthorize(&app, &platform, &signed_request(&body)).await?;
    Ok((StatusCode::OK, "ok"))
}

/// Have what is known of somebody deleted
///
/// For the platform, when somebody asks for it there.
#[utoipa::path(post, path = "/hooks/{platform}/data-deletion", tag = "Receiving", operation_id = "receive_data_deletion", security(()), params(("platform" = String, Path)), request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses((status = 200, body = DeletionAnswer)))]
async fn delete_data(
    State(app): State<Arc<App>>,
    Path(platform): Path<String>,
    body: Bytes,
) -> Answer<Json<DeletionAnswer>> {
    let (code, url) = hearing::delete_data(&app, &platform, &signed_request(&body)).await?;
    Ok(Json(DeletionAnswer {
        url: url.into(),
        confirmation_code: code,
    }))
}

/// The headers that are text; where one comes several times, the first.
fn texts(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |name: &HeaderName| headers.get(name)?.to_str().ok().map(str::to_owned);
    headers
        .keys()
        .filter_map(|name| Some((name.as_str().to_owned(), text(name)?)))
        .collect()
}

fn signed_request(body: &[u8]) -> String {
    form_urlencoded::parse(body)
        .find(|(name, _)| name == "signed_request")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
