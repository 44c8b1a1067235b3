//! `/api/exports`: taking a workspace along as one archive.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::exports::{self, Export, ExportState};
use fanfare_app::{App, Caller};
use fanfare_domain::{Action, ExportId};
use jiff::Timestamp;
use serde::Serialize;
use tokio::fs::File;
use tokio_util::io::ReaderStream;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::{Id, nothing_here};
use crate::permission::needs;
use crate::problem::{Answer, Problem};
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::WorkspaceExport, routes!(list, ask)))
        .routes(needs(Action::WorkspaceExport, routes!(delete)))
        .routes(needs(Action::WorkspaceExport, routes!(file)))
}

/// An archive with all that a workspace holds.
#[derive(Serialize, ToSchema)]
#[schema(as = Export)]
pub(crate) struct ExportView {
    id: String,
    asked_by_name: String,
    /// `making`, `ready` or `failed`.
    #[schema(value_type = String)]
    state: ExportState,
    /// How many files it is to hold; 0 before anybody counted.
    files: i64,
    files_done: i64,
    /// How large it is, once it is ready.
    bytes: i64,
    created_at: Timestamp,
    #[schema(required)]
    finished_at: Option<Timestamp>,
    /// It is deleted then.
    expires_at: Timestamp,
}

/// The archive itself.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described")]
struct Archive(Vec<u8>);

/// List the workspace's archives
#[utoipa::path(get, path = "/api/exports", tag = "Workspaces", operation_id = "list_exports", params(Page), responses((status = 200, body = List<ExportView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ExportView>>> {
    let limit = page.limit()?;
    let found = exports::list(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(view).collect();
    Ok(List::page(items, limit, |one: &ExportView| one.id.clone()))
}

/// Have the workspace put into an archive
///
/// It is made in the background: look at the list until it is `ready`. It holds posts, deliveries, channels, members, templates, hashtag
/// groups, the audit log and the library's files, and no secrets. It is deleted after a week.
#[utoipa::path(post, path = "/api/exports", tag = "Workspaces", operation_id = "ask_for_export", responses((status = 202, body = ExportView)))]
async fn ask(State(app): State<Arc<App>>, Allowed(caller): Allowed) -> Answer<impl IntoResponse> {
    let export = exports::ask(&app, &caller).await?;
    Ok((StatusCode::ACCEPTED, Json(view(export))))
}

/// Answers again what asking for it answered.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<impl IntoResponse + use<>> {
    let id: ExportId = id.parse().map_err(|_| nothing_here("archive"))?;
    let export = exports::read(app, caller, id).await?;
    Ok((StatusCode::ACCEPTED, Json(view(export))))
}

/// Fetch an archive
#[utoipa::path(get, path = "/api/exports/{id}/file", tag = "Workspaces", operation_id = "fetch_export", params(("id" = String, Path)), responses((status = 200, body = Archive, content_type = "application/zip")))]
async fn file(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ExportId>,
) -> Answer<Response> {
    let found = exports::file(&app, &caller, id).await?;
    let broken = |error: std::io::Error| Problem::broken(error.to_string());
    let file = File::open(&found.path).await.map_err(broken)?;
    let length = file.metadata().await.map_err(broken)?.len();
    let disposition = format!("attachment; filename=\"{}\"", found.name);
    let headers = HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_LENGTH, HeaderValue::from(length)),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition)
                .map_err(|error| Problem::broken(error.to_string()))?,
        ),
    ]);
    let content = Body::from_stream(ReaderStream::with_capacity(file, 64 * 1024));
    Ok((headers, content).into_response())
}

/// Delete an archive
#[utoipa::path(delete, path = "/api/exports/{id}", tag = "Workspaces", operation_id = "delete_export", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ExportId>,
) -> Answer<StatusCode> {
    exports::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(export: Export) -> ExportView {
    ExportView {
        id: export.id.to_string(),
        asked_by_name: export.asked_by_name,
        state: export.state,
        files: export.files,
        files_done: export.files_done,
        bytes: export.bytes,
        created_at: export.created_at,
        finished_at: export.finished_at,
        expires_at: export.expires_at,
    }
}
