//! `/api/media/uploads`: large files in pieces.

use std::io;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::media::{self, Appended, MediaUpload, NewUpload, PIECE_BYTES};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ErrorCode, MediaId};
use futures::TryStreamExt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{MediaAnswer, folder_id};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::{Answer, Problem};
use crate::state::ApiState;

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaWrite, routes!(begin)))
        .routes(needs(Action::MediaWrite, routes!(progress, append, cancel)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UploadBeginInput {
    file_name: String,
    /// Of the whole file.
    bytes: u64,
    /// Taken and not looked at: what a file is, its bytes say.
    #[serde(rename = "mime")]
    _mime: Option<String>,
    /// What people who cannot see it are told; up to 1,500 characters.
    alt: Option<String>,
    /// Where to put it; in no folder when absent.
    folder_id: Option<String>,
}

/// An upload that was begun.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
struct UploadAnswer {
    /// The one that the media will have.
    id: String,
    offset: u64,
    /// The largest piece.
    chunk_bytes: u64,
    expires_at: Timestamp,
}

/// How far an upload is.
#[derive(Serialize, ToSchema)]
#[schema(as = UploadProgress)]
struct ProgressAnswer {
    id: String,
    /// Where the next piece begins.
    offset: u64,
    /// Of the whole file.
    bytes: u64,
}

/// Where the next piece begins.
#[derive(Serialize, ToSchema)]
#[schema(as = UploadOffset)]
struct OffsetAnswer {
    offset: u64,
}

/// Begin an upload in pieces
#[utoipa::path(post, path = "/api/media/uploads", tag = "Media", request_body = UploadBeginInput, responses((status = 201, body = UploadAnswer)))]
async fn begin(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<UploadBeginInput>,
) -> Answer<(StatusCode, Json<UploadAnswer>)> {
    let new = NewUpload {
        file_name: input.file_name,
        bytes: input.bytes,
        alt: input.alt.unwrap_or_default(),
        folder: folder_id("folder_id", input.folder_id.as_deref())?,
    };
    Ok(begun(&media::begin(&app, &caller, new).await?))
}

/// An upload as its beginning answers.
pub(crate) async fn show_made_upload(app: &App, caller: &Caller, id: &str) -> Answer<Response> {
    let id = id.parse().map_err(|_| AppError::not_found("upload"))?;
    Ok(begun(&media::upload(app, caller, id).await?).into_response())
}

fn begun(upload: &MediaUpload) -> (StatusCode, Json<UploadAnswer>) {
    let answer = UploadAnswer {
        id: upload.id.to_string(),
        offset: upload.received,
        chunk_bytes: PIECE_BYTES,
        expires_at: upload.expires_at,
    };
    (StatusCode::CREATED, Json(answer))
}

/// Ask how far an upload is
#[utoipa::path(get, path = "/api/media/uploads/{id}", tag = "Media", params(("id" = String, Path)), responses((status = 200, body = ProgressAnswer)))]
async fn progress(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<Json<ProgressAnswer>> {
    let progress = media::progress(&app, &caller, id).await?;
    Ok(Json(ProgressAnswer {
        id: progress.id.to_string(),
        offset: progress.offset,
        bytes: progress.bytes,
    }))
}

/// Send the next piece
///
/// The last piece is answered with the media. Whoever missed that answer sends an empty piece and hears it again. A piece that
/// begins elsewhere than the next one should is refused; `Upload-Offset` of that answer says where.
#[utoipa::path(
    patch,
    path = "/api/media/uploads/{id}",
    tag = "Media",
    params(("id" = String, Path), ("Upload-Offset" = u64, Header, description = "Where in the file the piece begins.")),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = OffsetAnswer), (status = 201, body = MediaAnswer)),
)]
async fn append(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Response> {
    let offset = offset(&headers)?;
    let piece = body.into_data_stream().map_err(io::Error::other);
    Ok(
        match media::append(&app, &caller, id, offset, piece).await? {
            Appended::Received(offset) => Json(OffsetAnswer { offset }).into_response(),
            Appended::Complete(media) => {
                (StatusCode::CREATED, Json(MediaAnswer::from(*media))).into_response()
            }
            Appended::Misplaced(expected) => misplaced(offset, expected),
        },
    )
}

/// Give an upload up
///
/// What came of it is thrown away.
#[utoipa::path(delete, path = "/api/media/uploads/{id}", tag = "Media", params(("id" = String, Path)), responses((status = 204)))]
async fn cancel(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<StatusCode> {
    media::cancel(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn offset(headers: &HeaderMap) -> Answer<u64> {
    let refused = |code, detail: &str| AppError::invalid_field("Upload-Offset", code, detail);
    let Some(value) = headers.get(UPLOAD_OFFSET) else {
        let detail = "Say where in the file the piece begins, in the header “Upload-Offset”.";
        return Err(refused(ErrorCode::Required, detail).into());
    };
    let number = value.to_str().ok().and_then(|text| text.parse().ok());
    number.ok_or_else(|| refused(ErrorCode::WrongType, "The offset is a number of bytes.").into())
}

fn misplaced(offset: u64, expected: u64) -> Response {
    let detail = format!(
        "The piece begins at {offset}, but the next one begins at {expected}. Go on from there; nothing is lost."
    );
    let problem = Problem::new(StatusCode::CONFLICT, ErrorCode::Conflict, detail);
    let headers = [(UPLOAD_OFFSET, HeaderValue::from(expected))];
    (headers, problem).into_response()
}
