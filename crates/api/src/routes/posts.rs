//! `/api/posts`.

mod answer;
mod input;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::composing::{
    PostFilter, create_post, delete_post, duplicate_post, edit_post, list_posts, read_post,
    validate,
};
use fanfare_app::publishing::{cancel_post, publish_post};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::post::PostState;
use fanfare_domain::{ChannelId, ErrorCode, PostId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::input::Input;
use crate::page::Page;
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;
use crate::signed_in::SignedIn;
use crate::state::ApiState;

pub(crate) use answer::{Author, DeliveryAnswer, PostMediaAnswer, TimelineEntry, VariantAnswer};
use answer::{PostAnswer, PostWithTimeline, ValidationAnswer};
pub(crate) use input::{MediaBody, VariantBody};
use input::{PostBody, PostChangeInput, PublishInput};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(check))
        .routes(routes!(read, edit, delete))
        .routes(routes!(publish))
        .routes(routes!(cancel))
        .routes(routes!(duplicate))
        .merge(versions::router())
}

/// A page of posts.
#[derive(Serialize, ToSchema)]
struct PostList {
    items: Vec<PostAnswer>,
    /// Fetches the next page; absent on the last.
    #[schema(required)]
    next_cursor: Option<String>,
    /// How many posts of the workspace are in each state, whatever the filter.
    counts: BTreeMap<String, i64>,
}

/// Which posts are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PostQuery {
    /// One or several states, separated by commas.
    state: Option<String>,
    /// Only posts that go to this channel.
    channel_id: Option<String>,
    /// Words of the text.
    q: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Create a post
///
/// With a schedule of kind `now` or `at`, the post, all its deliveries and the work they need are recorded as one decision. Without one
/// it is a draft. A post that a channel would refuse is refused here, field by field; drafts are not.
#[utoipa::path(post, path = "/api/posts", tag = "Posts", request_body = PostBody, responses((status = 201, body = PostAnswer)))]
async fn create(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Input(body): Input<PostBody>,
) -> Answer<(StatusCode, Json<PostAnswer>)> {
    let detail = create_post(&app, &caller, &body.read()?).await?;
    Ok((StatusCode::CREATED, Json(detail.into())))
}

/// Check a post
///
/// Says what each channel would make of it, and how long its text is as each platform counts. Nothing is stored.
#[utoipa::path(post, path = "/api/posts/validate", tag = "Posts", request_body = PostBody, responses((status = 200, body = ValidationAnswer)))]
async fn check(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Input(body): Input<PostBody>,
) -> Answer<Json<ValidationAnswer>> {
    Ok(Json(validate(&app, &caller, &body.read()?).await?.into()))
}

/// List posts
///
/// Newest first.
#[utoipa::path(get, path = "/api/posts", tag = "Posts", params(PostQuery), responses((status = 200, body = PostList)))]
async fn list(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Params(query): Params<PostQuery>,
) -> Answer<Json<PostList>> {
    let page = Page {
        cursor: query.cursor.clone(),
        limit: query.limit,
    };
    let filter = query.filter(page.after()?)?;
    let found = list_posts(&app, &caller, &filter, page.limit()?).await?;
    Ok(Json(PostList {
        items: found.posts.into_iter().map(Into::into).collect(),
        next_cursor: found.next.map(|id| id.to_string()),
        counts: found
            .counts
            .into_iter()
            .map(|(state, posts)| (state.to_string(), posts))
            .collect(),
    }))
}

/// Show a post
#[utoipa::path(get, path = "/api/posts/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostWithTimeline)))]
async fn read(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
) -> Answer<Json<PostWithTimeline>> {
    let (detail, timeline) = read_post(&app, &caller, id).await?;
    Ok(Json(PostWithTimeline::new(detail, timeline)))
}

/// Edit a post
///
/// What is absent stays as it is. Possible up to the moment of publishing; what is out already stays as it went out.
#[utoipa::path(patch, path = "/api/posts/{id}", tag = "Posts", params(("id" = String, Path)), request_body = PostChangeInput, responses((status = 200, body = PostAnswer)))]
async fn edit(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
    Input(change): Input<PostChangeInput>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(
        edit_post(&app, &caller, id, &change.read()?).await?.into(),
    ))
}

/// Delete a post
///
/// Only one that never went out.
#[utoipa::path(delete, path = "/api/posts/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
) -> Answer<StatusCode> {
    delete_post(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publish a post
///
/// Now, or when `schedule` says: for drafts, scheduled and missed posts. What failed is tried again delivery by delivery.
#[utoipa::path(post, path = "/api/posts/{id}/publish", tag = "Posts", params(("id" = String, Path)), request_body = Option<PublishInput>, responses((status = 200, body = PostAnswer)))]
async fn publish(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
    input: Option<Input<PublishInput>>,
) -> Answer<Json<PostAnswer>> {
    let schedule = match input {
        Some(Input(input)) => input.read()?,
        None => None,
    };
    Ok(Json(
        publish_post(&app, &caller, id, schedule).await?.into(),
    ))
}

/// Cancel a post
///
/// Everything of it that has not begun.
#[utoipa::path(post, path = "/api/posts/{id}/cancel", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostAnswer)))]
async fn cancel(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(cancel_post(&app, &caller, id).await?.into()))
}

/// Duplicate a post
///
/// As a draft.
#[utoipa::path(post, path = "/api/posts/{id}/duplicate", tag = "Posts", params(("id" = String, Path)), responses((status = 201, body = PostAnswer)))]
async fn duplicate(
    State(app): State<Arc<App>>,
    SignedIn(caller): SignedIn,
    Id(id): Id<PostId>,
) -> Answer<(StatusCode, Json<PostAnswer>)> {
    let copy = duplicate_post(&app, &caller, id).await?;
    Ok((StatusCode::CREATED, Json(copy.into())))
}

/// A post as its creation answers it.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<PostAnswer>)> {
    let id = id.parse().map_err(|_| AppError::not_found("post"))?;
    let (detail, _) = read_post(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(detail.into())))
}

impl PostQuery {
    fn filter(&self, before: Option<PostId>) -> Answer<PostFilter> {
        let mut states = Vec::new();
        for word in self.state.iter().flat_map(|states| states.split(',')) {
            let word = word.trim();
            let state = PostState::parse(word).ok_or_else(|| {
                let detail = format!("“{word}” is not a state of posts.");
                AppError::invalid_field("state", ErrorCode::NotAllowed, detail)
            })?;
            states.push(state);
        }
        Ok(PostFilter {
            states,
            channel: self.channel()?,
            search: self.q.clone().unwrap_or_default(),
            before,
        })
    }

    fn channel(&self) -> Answer<Option<ChannelId>> {
        let Some(text) = self.channel_id.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let id = text.parse().map_err(|_| {
            let detail = "There is no such channel in this workspace.";
            AppError::invalid_field("channel_id", ErrorCode::UnknownChannel, detail)
        })?;
        Ok(Some(id))
    }
}
