//! The bytes of files, for members and for platforms.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use fanfare_app::App;
use fanfare_app::media;
use fanfare_domain::{Action, MediaId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::file;
use crate::allowed::Allowed;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaRead, routes!(content)))
        .routes(needs(Action::MediaRead, routes!(thumbnail)))
        .routes(routes!(public))
}

/// The bytes of a file, as the type that it was found to be.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described")]
pub(in crate::routes) struct FileBytes(Vec<u8>);

/// The parts of a signed link.
#[derive(Deserialize)]
struct Link {
    id: String,
    expires: String,
    signature: String,
    file_name: String,
}

/// Show a file
///
/// Takes `Range`, so that videos can be played from anywhere.
#[utoipa::path(get, path = "/api/media/{id}/content", tag = "Media", params(("id" = String, Path)), responses((status = 200, body = FileBytes, content_type = "*/*"), (status = 206, body = FileBytes, content_type = "*/*"), (status = 304)))]
async fn content(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let served = media::content(&app, &caller, id).await?;
    file::answer(&served, &headers).await
}

/// Show a picture's thumbnail
#[utoipa::path(get, path = "/api/media/{id}/thumbnail", tag = "Media", params(("id" = String, Path)), responses((status = 200, body = FileBytes, content_type = "*/*"), (status = 206, body = FileBytes, content_type = "*/*"), (status = 304)))]
async fn thumbnail(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let served = media::thumbnail(&app, &caller, id).await?;
    file::answer(&served, &headers).await
}

/// Fetch a file by a signed link
///
/// For platforms, which cannot sign in. Links are made when publishing and end by themselves.
#[utoipa::path(
    get,
    path = "/media/public/{id}/{expires}/{signature}/{file_name}",
    tag = "Media",
    security(()),
    params(("id" = String, Path), ("expires" = String, Path), ("signature" = String, Path), ("file_name" = String, Path)),
    responses((status = 200, body = FileBytes, content_type = "*/*"), (status = 206, body = FileBytes, content_type = "*/*"), (status = 304)),
)]
async fn public(
    State(app): State<Arc<App>>,
    Path(link): Path<Link>,
    headers: HeaderMap,
) -> Answer<Response> {
    let served = media::public_content(
        &app,
        &link.id,
        &link.expires,
        &link.signature,
        &link.file_name,
    )
    .await?;
    file::answer(&served, &headers).await
}
