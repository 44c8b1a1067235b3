//! Files that come from an address, or are made from another file.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::media::{self, Area, RemoteFile};
use fanfare_domain::{Action, MediaId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{MediaAnswer, folder_id};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaWrite, routes!(fetch)))
        .routes(needs(Action::MediaWrite, routes!(crop)))
        .routes(needs(Action::MediaWrite, routes!(convert)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FetchInput {
    /// Begins with `https://`, leads to the file itself, and can be opened without signing in.
    url: String,
    /// What people who cannot see it are told; up to 1,500 characters.
    alt: Option<String>,
    folder_id: Option<String>,
}

/// A part of the picture, in its pixels as shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CropInput {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConvertInput {
    /// `image/jpeg`, `image/png` or `image/webp`.
    mime: String,
    /// At least 10,000. The picture gets coarser first, then smaller, until it fits.
    #[schema(minimum = 10_000)]
    max_bytes: Option<u64>,
}

/// Add a file by its address
///
/// It is fetched at once, within a minute.
#[utoipa::path(post, path = "/api/media/from-url", tag = "Media", request_body = FetchInput, responses((status = 201, body = MediaAnswer)))]
async fn fetch(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<FetchInput>,
) -> Answer<(StatusCode, Json<MediaAnswer>)> {
    let remote = RemoteFile {
        url: input.url,
        alt: input.alt.unwrap_or_default(),
        folder: folder_id("folder_id", input.folder_id.as_deref())?,
    };
    let media = media::add_from_url(&app, &caller, remote).await?;
    Ok((StatusCode::CREATED, Json(media.into())))
}

/// Crop a picture
///
/// Makes a new picture with the same alternative text, folder and tags; the original stays.
#[utoipa::path(post, path = "/api/media/{id}/crop", tag = "Media", params(("id" = String, Path)), request_body = CropInput, responses((status = 201, body = MediaAnswer)))]
async fn crop(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    Input(input): Input<CropInput>,
) -> Answer<(StatusCode, Json<MediaAnswer>)> {
    let area = Area {
        x: input.x,
        y: input.y,
        width: input.width,
        height: input.height,
    };
    let media = media::crop(&app, &caller, id, area).await?;
    Ok((StatusCode::CREATED, Json(media.into())))
}

/// Convert a picture to another format, or to fewer bytes
///
/// Makes a new picture with the same alternative text, folder and tags; the original stays. What shines through becomes white in a
/// JPEG. No picture is made larger.
#[utoipa::path(post, path = "/api/media/{id}/convert", tag = "Media", params(("id" = String, Path)), request_body = ConvertInput, responses((status = 201, body = MediaAnswer)))]
async fn convert(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    Input(input): Input<ConvertInput>,
) -> Answer<(StatusCode, Json<MediaAnswer>)> {
    let media = media::convert(&app, &caller, id, &input.mime, input.max_bytes).await?;
    Ok((StatusCode::CREATED, Json(media.into())))
}
