//! `/api/saved-filters`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::saved_filters::{
    SavedFilter, change_filter, delete_filter, keep_filter, list_saved_filters, read_saved_filter,
};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, SavedFilterId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::FiltersKeep, routes!(keep, list)))
        .routes(needs(Action::FiltersKeep, routes!(change, delete)))
}

/// A list that can be filtered.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FilteredPage)]
enum FilteredPage {
    Posts,
    Calendar,
    Library,
}

/// A filter that the caller keeps.
#[derive(Serialize, ToSchema)]
#[schema(as = SavedFilter)]
pub(crate) struct SavedFilterAnswer {
    id: String,
    name: String,
    #[schema(value_type = FilteredPage)]
    page: String,
    /// What the page's address says.
    #[schema(value_type = Object)]
    query: Value,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// A filter to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SavedFilterInput {
    /// One line that no other of the caller's filters for this page has.
    name: String,
    page: FilteredPage,
    /// What the page's address says.
    #[schema(value_type = Object)]
    query: Map<String, Value>,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SavedFilterChange {
    name: Option<String>,
    #[schema(value_type = Option<Object>)]
    query: Option<Map<String, Value>>,
}

/// Whose filters are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SavedFilterQuery {
    /// Only those of this page.
    page: Option<FilteredPage>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Keep a filter
///
/// For the caller alone, in this workspace.
#[utoipa::path(post, path = "/api/saved-filters", tag = "Posts", request_body = SavedFilterInput, responses((status = 201, body = SavedFilterAnswer)))]
async fn keep(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<SavedFilterInput>,
) -> Answer<(StatusCode, Json<SavedFilterAnswer>)> {
    let page = input.page.as_str();
    let kept = keep_filter(&app, &caller, page, &input.name, input.query).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// List one's kept filters
///
/// Oldest first.
#[utoipa::path(get, path = "/api/saved-filters", tag = "Posts", params(SavedFilterQuery), responses((status = 200, body = List<SavedFilterAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<SavedFilterQuery>,
) -> Answer<Json<List<SavedFilterAnswer>>> {
    let of = query.page.map(FilteredPage::as_str);
    let own = list_saved_filters(&app, &caller, of).await?;
    let page = Page {
        cursor: query.cursor,
        limit: query.limit,
    };
    List::part(own, &page, |one| one.id)
}

/// Rename or change a kept filter
#[utoipa::path(patch, path = "/api/saved-filters/{id}", tag = "Posts", params(("id" = String, Path)), request_body = SavedFilterChange, responses((status = 200, body = SavedFilterAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<SavedFilterId>,
    Input(change): Input<SavedFilterChange>,
) -> Answer<Json<SavedFilterAnswer>> {
    let changed = change_filter(&app, &caller, id, change.name.as_deref(), change.query).await?;
    Ok(Json(changed.into()))
}

/// Delete a kept filter
#[utoipa::path(delete, path = "/api/saved-filters/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<SavedFilterId>,
) -> Answer<StatusCode> {
    delete_filter(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A filter as its keeping answers it.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<SavedFilterAnswer>)> {
    let id = id
        .parse()
        .map_err(|_| AppError::not_found("saved filter"))?;
    let kept = read_saved_filter(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

impl FilteredPage {
    fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Calendar => "calendar",
            Self::Library => "library",
        }
    }
}

impl From<SavedFilter> for SavedFilterAnswer {
    fn from(filter: SavedFilter) -> Self {
        Self {
            id: filter.id.to_string(),
            name: filter.name,
            page: filter.page,
            query: filter.query,
            created_at: filter.created_at,
            updated_at: filter.updated_at,
        }
    }
}
