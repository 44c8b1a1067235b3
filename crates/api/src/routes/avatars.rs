//! The pictures of accounts and channels.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::App;
use fanfare_app::avatars::Avatar;
use fanfare_app::connections::{channel_avatar, connection_avatar};
use fanfare_domain::{Action, ChannelId, ConnectionId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::media::{FileBytes, KEPT, POLICY, is_known};
use crate::allowed::Allowed;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::ConnectionsRead, routes!(of_connection)))
        .routes(needs(Action::ChannelsRead, routes!(of_channel)))
}

/// Show an account's picture
///
/// A square of at most 96 pixels, made from the picture that the platform keeps. Where there is none, or it cannot be fetched, the answer is
/// 404 and says why. A page, which cannot send `Fanfare-Workspace` with a picture, says `?workspace=` instead.
#[utoipa::path(
    get,
    path = "/api/connections/{id}/avatar",
    tag = "Connections",
    operation_id = "show_connection_avatar",
    params(("id" = String, Path), ("workspace" = Option<String>, Query, description = "Instead of the header `Fanfare-Workspace`.")),
    responses((status = 200, body = FileBytes, content_type = "*/*"), (status = 304))
)]
async fn of_connection(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
    headers: HeaderMap,
) -> Answer<Response> {
    Ok(answer(
        connection_avatar(&app, &caller, id).await?,
        &headers,
    ))
}

/// Show a channel's picture
///
/// A square of at most 96 pixels, made from the picture that the platform keeps. Where there is none, or it cannot be fetched, the answer is
/// 404 and says why. A page, which cannot send `Fanfare-Workspace` with a picture, says `?workspace=` instead.
#[utoipa::path(
    get,
    path = "/api/channels/{id}/avatar",
    tag = "Connections",
    operation_id = "show_channel_avatar",
    params(("id" = String, Path), ("workspace" = Option<String>, Query, description = "Instead of the header `Fanfare-Workspace`.")),
    responses((status = 200, body = FileBytes, content_type = "*/*"), (status = 304))
)]
async fn of_channel(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
    headers: HeaderMap,
) -> Answer<Response> {
    Ok(answer(channel_avatar(&app, &caller, id).await?, &headers))
}

fn answer(avatar: Avatar, request: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", avatar.tag);
    let is_known = is_known(request, &tag);
    let about = [
        (CONTENT_TYPE, avatar.mime),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, KEPT),
        (ETAG, tag.as_str()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, avatar.bytes).into_response()
}
