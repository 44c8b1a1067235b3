//! `/api/media/folders`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::media::{self, FolderChange, MediaFolder};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, MediaFolderId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::folder_id;
use super::library::present;
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{ByName, List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaRead, routes!(list_folders)))
        .routes(needs(Action::MediaWrite, routes!(create_folder)))
        .routes(needs(Action::MediaRead, routes!(show_folder)))
        .routes(needs(
            Action::MediaWrite,
            routes!(change_folder, delete_folder),
        ))
}

/// A folder of the library.
#[derive(Serialize, ToSchema)]
#[schema(as = MediaFolder)]
pub(crate) struct FolderAnswer {
    id: String,
    name: String,
    /// Absent at the top.
    #[schema(required)]
    parent_id: Option<String>,
    /// How many files lie in it; those in folders below do not count.
    files: i64,
    created_at: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FolderInput {
    /// Up to 80 characters, and unlike its neighbours'.
    name: String,
    /// Absent at the top. Folders can lie five deep in one another.
    parent_id: Option<String>,
}

/// What to change. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FolderChangeInput {
    name: Option<String>,
    /// `null` moves it to the top.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    parent_id: Option<Option<String>>,
}

/// What becomes of the content.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeleteParams {
    /// `move_up`: what lies in it moves to where it lay. Without this it has to be empty.
    #[param(inline)]
    content: Option<Content>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Content {
    MoveUp,
}

/// List folders, whichever they lie in, by name
#[utoipa::path(get, path = "/api/media/folders", tag = "Media", params(Page), responses((status = 200, body = List<FolderAnswer>)))]
async fn list_folders(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<FolderAnswer>>> {
    let found = media::folders(&app, &caller).await?;
    List::part(found, &page, |one| ByName::new(&one.name, one.id))
}

/// Make a folder
#[utoipa::path(post, path = "/api/media/folders", tag = "Media", request_body = FolderInput, responses((status = 201, body = FolderAnswer)))]
async fn create_folder(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<FolderInput>,
) -> Answer<(StatusCode, Json<FolderAnswer>)> {
    let parent = folder_id("parent_id", input.parent_id.as_deref())?;
    let folder = media::create_folder(&app, &caller, &input.name, parent).await?;
    Ok((StatusCode::CREATED, Json(folder.into())))
}

/// Show a folder
#[utoipa::path(get, path = "/api/media/folders/{id}", tag = "Media", params(("id" = String, Path)), responses((status = 200, body = FolderAnswer)))]
async fn show_folder(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaFolderId>,
) -> Answer<Json<FolderAnswer>> {
    Ok(Json(media::folder(&app, &caller, id).await?.into()))
}

/// Rename or move a folder
#[utoipa::path(patch, path = "/api/media/folders/{id}", tag = "Media", params(("id" = String, Path)), request_body = FolderChangeInput, responses((status = 200, body = FolderAnswer)))]
async fn change_folder(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaFolderId>,
    Input(input): Input<FolderChangeInput>,
) -> Answer<Json<FolderAnswer>> {
    let change = FolderChange {
        name: input.name,
        parent: match input.parent_id {
            None => None,
            Some(parent) => Some(folder_id("parent_id", parent.as_deref())?),
        },
    };
    let folder = media::change_folder(&app, &caller, id, change).await?;
    Ok(Json(folder.into()))
}

/// Delete a folder
#[utoipa::path(delete, path = "/api/media/folders/{id}", tag = "Media", params(("id" = String, Path), DeleteParams), responses((status = 204)))]
async fn delete_folder(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaFolderId>,
    Params(params): Params<DeleteParams>,
) -> Answer<StatusCode> {
    let move_up = matches!(params.content, Some(Content::MoveUp));
    media::delete_folder(&app, &caller, id, move_up).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What an interrupted request had made.
pub(super) async fn made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<FolderAnswer>)> {
    let id = id.parse().map_err(|_| AppError::not_found("folder"))?;
    let folder = media::folder(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(folder.into())))
}

impl From<MediaFolder> for FolderAnswer {
    fn from(folder: MediaFolder) -> Self {
        Self {
            id: folder.id.to_string(),
            name: folder.name,
            parent_id: folder.parent_id.map(|id| id.to_string()),
            files: folder.files,
            created_at: folder.created_at,
        }
    }
}
