//! Where a person is sent to consent.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use fanfare_app::App;
use fanfare_app::connections;
use fanfare_domain::ConnectionId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::problem::Answer;

/// The platform's connect fields stand beside `return_to`.
#[derive(Deserialize, ToSchema)]
pub(super) struct AuthUrlInput {
    /// A page of this site, to come back to; `/connections` when absent.
    return_to: Option<String>,
    #[serde(flatten)]
    #[schema(value_type = std::collections::HashMap<String, String>)]
    fields: Map<String, Value>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReconnectInput {
    #[schema(value_type = String)]
    connection_id: ConnectionId,
    /// A page of this site, to come back to; `/connections` when absent.
    return_to: Option<String>,
}

/// Where to send the browser.
#[derive(Serialize, ToSchema)]
pub(super) struct AuthUrl {
    url: String,
}

/// Begin to connect an account by signing in at the platform
///
/// The address works for ten minutes, once, and only for this session.
#[utoipa::path(post, path = "/api/platforms/{platform}/auth-url", tag = "Connections", params(("platform" = String, Path)), request_body = AuthUrlInput, responses((status = 200, body = AuthUrl)))]
pub(super) async fn auth_url(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(platform): Path<String>,
    Input(input): Input<AuthUrlInput>,
) -> Answer<Json<AuthUrl>> {
    let return_to = input.return_to.as_deref();
    let url = connections::begin(&app, &caller, &platform, return_to, &input.fields).await?;
    Ok(Json(AuthUrl { url: url.into() }))
}

/// Begin to connect an account once more
///
/// What was typed the first time is used again.
#[utoipa::path(post, path = "/api/platforms/{platform}/reconnect", tag = "Connections", params(("platform" = String, Path)), request_body = ReconnectInput, responses((status = 200, body = AuthUrl)))]
pub(super) async fn reconnect(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(platform): Path<String>,
    Input(input): Input<ReconnectInput>,
) -> Answer<Json<AuthUrl>> {
    let return_to = input.return_to.as_deref();
    let url =
        connections::reconnect(&app, &caller, &platform, input.connection_id, return_to).await?;
    Ok(Json(AuthUrl { url: url.into() }))
}
