//! `/api/media/imports`: files on their way from a connected account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::media::{self, Imported, MediaImport, NewImport};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ErrorCode, MediaId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{MediaAnswer, folder_id};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

/// What an import has come to when its file is in the library.
const ARRIVED: &str = "arrived";

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaRead, routes!(list)))
        .routes(needs(Action::MediaWrite, routes!(begin)))
        .routes(needs(Action::MediaRead, routes!(read)))
        .routes(needs(Action::MediaWrite, routes!(cancel)))
        .routes(needs(Action::MediaWrite, routes!(retry)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportInput {
    connection_id: String,
    /// As `/api/connections/{id}/files` names it.
    file_id: String,
    /// What people who cannot see it are told; up to 1,500 characters.
    alt: Option<String>,
    /// Where to put it; in no folder when absent.
    folder_id: Option<String>,
}

/// A file on its way from a connected account.
#[derive(Serialize, ToSchema)]
#[schema(as = MediaImport)]
struct ImportAnswer {
    /// The one that the file has in the library.
    id: String,
    /// Absent when it has arrived.
    #[schema(required)]
    connection_id: Option<String>,
    file_name: String,
    /// `waiting`, `fetching`, `failed` or `arrived`.
    state: &'static str,
    /// Of the whole file, where the platform says.
    #[schema(required)]
    bytes: Option<u64>,
    received: u64,
    /// Why it failed, or waits.
    #[schema(required)]
    error: Option<ImportProblem>,
    created_at: Timestamp,
    /// The file, when it has arrived.
    #[schema(required)]
    media: Option<MediaAnswer>,
}

/// Why a file is not here.
#[derive(Serialize, ToSchema)]
struct ImportProblem {
    code: String,
    detail: String,
}

/// List the files on their way
///
/// The newest first. What has arrived is in the library, and here no more.
#[utoipa::path(get, path = "/api/media/imports", tag = "Media", operation_id = "list_imports", params(Page), responses((status = 200, body = List<ImportAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ImportAnswer>>> {
    let limit = page.limit()?;
    let found = media::list_imports(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |one: &ImportAnswer| {
        one.id.clone()
    }))
}

/// Take a file from a connected account
///
/// It is fetched in the background, and goes on where it stopped. Ask how far it is, until it has `arrived`.
#[utoipa::path(post, path = "/api/media/imports", tag = "Media", operation_id = "begin_import", request_body = ImportInput, responses((status = 201, body = ImportAnswer)))]
async fn begin(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<ImportInput>,
) -> Answer<(StatusCode, Json<ImportAnswer>)> {
    let connection = input.connection_id.parse().map_err(|_| {
        let detail = "There is no such connection in this workspace.";
        AppError::invalid_field("connection_id", ErrorCode::NotFound, detail)
    })?;
    let new = NewImport {
        connection,
        file: input.file_id,
        alt: input.alt.unwrap_or_default(),
        folder: folder_id("folder_id", input.folder_id.as_deref())?,
    };
    let import = media::begin_import(&app, &caller, new).await?;
    Ok((StatusCode::CREATED, Json(import.into())))
}

/// Answers again what taking it answered.
pub(crate) async fn show_made_import(app: &App, caller: &Caller, id: &str) -> Answer<Response> {
    let id = id.parse().map_err(|_| AppError::not_found("import"))?;
    let made: ImportAnswer = media::read_import(app, caller, id).await?.into();
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Ask how far a file is
#[utoipa::path(get, path = "/api/media/imports/{id}", tag = "Media", operation_id = "read_import", params(("id" = String, Path)), responses((status = 200, body = ImportAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<Json<ImportAnswer>> {
    Ok(Json(media::read_import(&app, &caller, id).await?.into()))
}

/// Try a file again that was given up
#[utoipa::path(post, path = "/api/media/imports/{id}/retry", tag = "Media", operation_id = "retry_import", params(("id" = String, Path)), responses((status = 200, body = ImportAnswer)))]
async fn retry(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<Json<ImportAnswer>> {
    Ok(Json(media::retry_import(&app, &caller, id).await?.into()))
}

/// Call a file off
#[utoipa::path(delete, path = "/api/media/imports/{id}", tag = "Media", operation_id = "cancel_import", params(("id" = String, Path)), responses((status = 204)))]
async fn cancel(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<StatusCode> {
    media::cancel_import(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<MediaImport> for ImportAnswer {
    fn from(import: MediaImport) -> Self {
        Self {
            id: import.id.to_string(),
            connection_id: Some(import.connection_id.to_string()),
            file_name: import.file_name,
            state: import.state.as_str(),
            bytes: import.bytes,
            received: import.received,
            error: import.error.map(|error| ImportProblem {
                code: error.code.to_string(),
                detail: error.detail,
            }),
            created_at: import.created_at,
            media: None,
        }
    }
}

impl From<Imported> for ImportAnswer {
    fn from(imported: Imported) -> Self {
        match imported {
            Imported::OnItsWay(import) => (*import).into(),
            Imported::Arrived(media) => Self {
                id: media.id.to_string(),
                connection_id: None,
                file_name: media.file_name.clone(),
                state: ARRIVED,
                bytes: Some(media.bytes),
                received: media.bytes,
                error: None,
                created_at: media.created_at,
                media: Some((*media).into()),
            },
        }
    }
}
