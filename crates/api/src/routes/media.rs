//! `/api/media`, and the links under which platforms fetch files.

mod content;
mod file;
mod folders;
mod imports;
mod library;
mod making;
mod range;
mod uploads;

use std::io;
use std::sync::Arc;

use axum::Json;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::media::{self, Incoming, Media};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ErrorCode, MediaFolderId};
use futures::TryStreamExt;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::nul::nul_in;
use crate::permission::needs;
use crate::problem::{Answer, Problem};
use crate::state::ApiState;

/// The longest alternative text has 1,500 characters, each at most four bytes.
const LONGEST_TEXT: usize = 8 * 1024;

pub(super) use content::FileBytes;
pub(super) use file::{KEPT, POLICY, is_known};
pub(crate) use imports::show_made_import;
pub(crate) use uploads::show_made_upload;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    // How large a file may be, the use case says.
    let unlimited = OpenApiRouter::new()
        .routes(needs(Action::MediaWrite, routes!(upload)))
        .layer(DefaultBodyLimit::disable());
    OpenApiRouter::new()
        .merge(unlimited)
        .merge(uploads::router())
        .merge(imports::router())
        .merge(folders::router())
        .merge(making::router())
        .merge(content::router())
        .merge(library::router())
}

/// A picture or video of the library.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Media)]
pub(crate) struct MediaAnswer {
    id: String,
    /// A `gif` is moving pictures in a picture format.
    #[schema(schema_with = crate::words::media_kinds)]
    kind: &'static str,
    mime: String,
    bytes: u64,
    /// As shown, in pixels.
    width: u32,
    height: u32,
    /// Absent for still pictures, and when a video does not say.
    #[schema(required)]
    duration_ms: Option<u64>,
    /// Of a video's picture, such as `h264`.
    #[schema(required)]
    codec: Option<String>,
    /// What people who cannot see it are told.
    alt: String,
    file_name: String,
    /// Where members of the workspace see it.
    url: String,
    #[schema(required)]
    thumbnail_url: Option<String>,
    created_at: Timestamp,
    /// Absent when it lies in none.
    #[schema(required)]
    folder_id: Option<String>,
    /// In small letters and in order.
    tags: Vec<String>,
    /// The file it was cropped or converted from, which may be gone.
    #[schema(required)]
    derived_from: Option<String>,
    /// How many posts show it.
    used_in: u64,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct UploadInput {
    /// A JPEG, PNG, GIF or WebP picture, or an MP4, MOV or WebM video.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
    /// What people who cannot see it are told; up to 1,500 characters.
    alt: Option<String>,
    /// Where to put it; in no folder when absent.
    folder_id: Option<String>,
}

/// What a form said.
struct Form {
    file: Incoming,
    name: String,
    alt: String,
    folder: Option<MediaFolderId>,
}

/// Upload a file
///
/// For files above 8 MB an upload in pieces goes on where a lost connection stopped it.
#[utoipa::path(post, path = "/api/media", tag = "Media", request_body(content = UploadInput, content_type = "multipart/form-data"), responses((status = 201, body = MediaAnswer)))]
async fn upload(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<MediaAnswer>)> {
    let mut form = form.map_err(|_| no_form())?;
    let read = read_form(&app, &caller, &mut form).await;
    if read.is_err() {
        read_to_the_end(&mut form).await;
    }
    let Form {
        file,
        name,
        alt,
        folder,
    } = read?;
    let media = media::add(&app, &caller, file, &name, &alt, folder).await?;
    Ok((StatusCode::CREATED, Json(media.into())))
}

/// Lets whoever sends a refused form get to its end: a connection closed in the middle would take the answer away with it.
async fn read_to_the_end(form: &mut Multipart) {
    let rest = async { while let Ok(Some(_)) = form.next_field().await {} };
    // Whoever sends more than fits into this time has to live with that.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(2), rest).await;
}

async fn read_form(app: &App, caller: &Caller, form: &mut Multipart) -> Answer<Form> {
    let mut file: Option<(Incoming, String)> = None;
    let mut alt = String::new();
    let mut folder = None;
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|error| unreadable(&error))?
    {
        match field.name().unwrap_or_default() {
            "file" if file.is_none() => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let content = field.map_err(io::Error::other);
                file = Some((media::receive(app, caller, content).await?, name));
            }
            "alt" => alt = text("alt", field).await?,
            "folder_id" => folder = folder_id("folder_id", Some(&text("folder_id", field).await?))?,
            other => return Err(unknown(other)),
        }
    }
    let (file, name) = file.ok_or_else(|| {
        AppError::invalid_field(
            "file",
            ErrorCode::Required,
            "Send the file in the field “file”.",
        )
    })?;
    Ok(Form {
        file,
        name,
        alt,
        folder,
    })
}

/// What an interrupted request had made.
pub(crate) async fn show_made(app: &App, caller: &Caller, id: &str) -> Answer<Response> {
    let id = id.parse().map_err(|_| AppError::not_found("file"))?;
    let made = MediaAnswer::from(media::get(app, caller, id).await?);
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// What an interrupted request had made.
pub(crate) async fn show_made_folder(app: &App, caller: &Caller, id: &str) -> Answer<Response> {
    Ok(folders::made(app, caller, id).await?.into_response())
}

/// A folder's id as it stands in the input. Text that is no id names no folder.
fn folder_id(field: &str, text: Option<&str>) -> Answer<Option<MediaFolderId>> {
    let Some(text) = text else { return Ok(None) };
    match text.parse() {
        Ok(id) => Ok(Some(id)),
        Err(_) => Err(media::unknown_folder(field).into()),
    }
}

impl From<Media> for MediaAnswer {
    fn from(media: Media) -> Self {
        let url = format!("/api/media/{}", media.id);
        Self {
            id: media.id.to_string(),
            kind: media.kind.as_str(),
            mime: media.mime,
            bytes: media.bytes,
            width: media.width,
            height: media.height,
            duration_ms: media.duration_millis,
            codec: media.codec,
            alt: media.alt,
            file_name: media.file_name,
            thumbnail_url: media.thumbnail_key.map(|_| format!("{url}/thumbnail")),
            url: format!("{url}/content"),
            created_at: media.created_at,
            folder_id: media.folder_id.map(|id| id.to_string()),
            tags: media.tags,
            derived_from: media.derived_from.map(|id| id.to_string()),
            used_in: media.used_in,
        }
    }
}

async fn text(name: &str, mut field: Field<'_>) -> Answer<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable(&error))? {
        bytes.extend(chunk);
        if bytes.len() > LONGEST_TEXT {
            let detail = "This is longer than the 1500 characters that are taken.";
            return Err(AppError::invalid_field(name, ErrorCode::TooLong, detail).into());
        }
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        AppError::invalid_field(name, ErrorCode::WrongType, "Send the text as UTF-8.")
    })?;
    match nul_in(name, &text) {
        Some(unfit) => Err(AppError::invalid(vec![unfit]).into()),
        None => Ok(text),
    }
}

fn no_form() -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::UnsupportedMediaType,
        "Send a form, with the header `Content-Type: multipart/form-data`, and the file in its field “file”.",
    )
}

fn unreadable(error: &MultipartError) -> Problem {
    let detail = format!("The form could not be read: {}", error.body_text());
    Problem::new(StatusCode::BAD_REQUEST, ErrorCode::MalformedRequest, detail)
}

fn unknown(field: &str) -> Problem {
    let (code, detail) = match field {
        "file" => (ErrorCode::Duplicate, "Send one file at a time.".to_owned()),
        other => (
            ErrorCode::UnknownField,
            format!("There is no field “{other}” here. Expected: file, alt, folder_id."),
        ),
    };
    AppError::invalid_field(field, code, detail).into()
}
