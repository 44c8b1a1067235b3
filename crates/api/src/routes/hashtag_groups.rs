//! `/api/hashtag-groups`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::composing::{
    HashtagGroup, HashtagGroupChange, change_hashtag_group, create_hashtag_group,
    delete_hashtag_group, list_hashtag_groups, read_hashtag_group,
};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, HashtagGroupId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::posts::Author;
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
        .routes(needs(Action::PostsRead, routes!(list)))
        .routes(needs(Action::PostsWrite, routes!(create)))
        .routes(needs(Action::PostsWrite, routes!(change, delete)))
}

/// Hashtags that are used together.
#[derive(Serialize, ToSchema)]
#[schema(as = HashtagGroup)]
pub(crate) struct GroupAnswer {
    id: String,
    name: String,
    /// Each with its `#`.
    hashtags: Vec<String>,
    #[schema(required)]
    created_by: Option<Author>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HashtagGroupInput)]
struct GroupInput {
    /// Up to 80 characters; no other group has it.
    name: String,
    /// Up to 60, with or without `#`; what is said twice is kept once.
    hashtags: Vec<String>,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HashtagGroupChange)]
struct GroupChangeInput {
    name: Option<String>,
    hashtags: Option<Vec<String>>,
}

/// List hashtag groups
#[utoipa::path(get, path = "/api/hashtag-groups", tag = "Posts", params(Page), responses((status = 200, body = List<GroupAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<GroupAnswer>>> {
    let limit = page.limit()?;
    let found = list_hashtag_groups(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |group: &GroupAnswer| {
        group.id.clone()
    }))
}

/// Create a hashtag group
#[utoipa::path(post, path = "/api/hashtag-groups", tag = "Posts", request_body = GroupInput, responses((status = 201, body = GroupAnswer)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<GroupInput>,
) -> Answer<(StatusCode, Json<GroupAnswer>)> {
    let made = create_hashtag_group(&app, &caller, &input.name, &input.hashtags).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Change a hashtag group
///
/// What is left out stays as it is.
#[utoipa::path(patch, path = "/api/hashtag-groups/{id}", tag = "Posts", params(("id" = String, Path)), request_body = GroupChangeInput, responses((status = 200, body = GroupAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<HashtagGroupId>,
    Input(input): Input<GroupChangeInput>,
) -> Answer<Json<GroupAnswer>> {
    let GroupChangeInput { name, hashtags } = input;
    let change = HashtagGroupChange { name, hashtags };
    let changed = change_hashtag_group(&app, &caller, id, &change).await?;
    Ok(Json(changed.into()))
}

/// Delete a hashtag group
#[utoipa::path(delete, path = "/api/hashtag-groups/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<HashtagGroupId>,
) -> Answer<StatusCode> {
    delete_hashtag_group(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A group as its making answers it.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<GroupAnswer>)> {
    let id = id
        .parse()
        .map_err(|_| AppError::not_found("hashtag group"))?;
    let group = read_hashtag_group(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(group.into())))
}

impl From<HashtagGroup> for GroupAnswer {
    fn from(group: HashtagGroup) -> Self {
        let hashtags = group.hashtags.as_array().into_iter().flatten();
        Self {
            id: group.id.to_string(),
            name: group.name,
            hashtags: hashtags
                .filter_map(|hashtag| hashtag.as_str().map(str::to_owned))
                .collect(),
            created_by: group.created_by.map(|id| Author {
                id: id.to_string(),
                name: group.created_by_name,
            }),
            created_at: group.created_at,
            updated_at: group.updated_at,
        }
    }
}
