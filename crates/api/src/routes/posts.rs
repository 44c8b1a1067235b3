//! `/api/posts`.

mod answer;
mod delivery_answer;
mod input;
mod query;
mod validation_answer;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::composing::{
    create_post, delete_post, duplicate_post, edit_post, list_authors, list_posts, read_post,
    restore_post, validate,
};
use fanfare_app::publishing::{cancel_post, pause_post, publish_post, resume_post};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, PostId};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{ByName, List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

use answer::PostWithTimeline;
pub(crate) use answer::{Author, PostAnswer, PostMediaAnswer, TimelineEntry, VariantAnswer};
pub(crate) use delivery_answer::DeliveryAnswer;
use input::{CheckBody, PostBody, PostChangeInput, PublishInput};
pub(crate) use input::{MediaBody, VariantBody};
use query::PostQuery;
use validation_answer::ValidationAnswer;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsWrite, routes!(create)))
        .routes(needs(Action::PostsRead, routes!(list)))
        .routes(needs(Action::PostsWrite, routes!(check)))
        .routes(needs(Action::PostsRead, routes!(authors)))
        .routes(needs(Action::PostsRead, routes!(read)))
        .routes(needs(Action::PostsWrite, routes!(edit, delete)))
        .routes(needs(Action::PostsPublish, routes!(publish)))
        .routes(needs(Action::PostsPublish, routes!(cancel)))
        .routes(needs(Action::PostsPublish, routes!(pause)))
        .routes(needs(Action::PostsPublish, routes!(resume)))
        .routes(needs(Action::PostsWrite, routes!(duplicate)))
        .routes(needs(Action::PostsWrite, routes!(restore)))
        .merge(versions::router())
}

/// A page of posts.
#[derive(Serialize, ToSchema)]
struct PostList {
    items: Vec<PostAnswer>,
    /// Fetches the next page; absent on the last.
    #[schema(required)]
    next_cursor: Option<String>,
    /// How many posts match in each state, whatever states the filter asks for; states without posts are left out. On the first page
    /// only.
    #[schema(required)]
    counts: Option<BTreeMap<String, i64>>,
}

/// Create a post
///
/// With a schedule of kind `now`, `at` or `queue`, the post, all its deliveries and the work they need are recorded as one decision; in
/// the queue, each delivery gets its channel's next free slot. Without a schedule it is a draft. A post that a channel would refuse is refused here, field by field; drafts are not.
#[utoipa::path(post, path = "/api/posts", tag = "Posts", request_body = PostBody, responses((status = 201, body = PostAnswer)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(body): Input<PostBody>,
) -> Answer<(StatusCode, Json<PostAnswer>)> {
    let detail = create_post(&app, &caller, &body.read()?).await?;
    Ok((StatusCode::CREATED, Json(detail.into())))
}

/// Check a post
///
/// Says what each channel would make of it, whether it could go out when its schedule says, what else goes out there around that time,
/// and how long its text is as each platform counts. Nothing is stored.
#[utoipa::path(post, path = "/api/posts/validate", tag = "Posts", request_body = CheckBody, responses((status = 200, body = ValidationAnswer)))]
async fn check(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(body): Input<CheckBody>,
) -> Answer<Json<ValidationAnswer>> {
    let (input, post) = body.read()?;
    Ok(Json(validate(&app, &caller, &input, post).await?.into()))
}

/// List posts
///
/// In the order asked for. A post's time is when it went out, or else when it is due.
#[utoipa::path(get, path = "/api/posts", tag = "Posts", params(PostQuery), responses((status = 200, body = PostList)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<PostQuery>,
) -> Answer<Json<PostList>> {
    let page = Page {
        cursor: query.cursor.clone(),
        limit: query.limit,
    };
    let (filter, order) = (query.filter()?, query.order());
    let (after, limit) = (page.after()?, page.limit()?);
    let found = list_posts(&app, &caller, &filter, order, after, limit).await?;
    let counts = found.counts.map(|counts| {
        let named = counts.into_iter();
        named
            .map(|(state, posts)| (state.to_string(), posts))
            .collect()
    });
    Ok(Json(PostList {
        items: found.posts.into_iter().map(Into::into).collect(),
        next_cursor: found.next.map(|place| place.to_string()),
        counts,
    }))
}

/// List authors
///
/// Everybody who composed a post of the workspace, by name.
#[utoipa::path(get, path = "/api/posts/authors", tag = "Posts", params(Page), responses((status = 200, body = List<Author>)))]
async fn authors(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<Author>>> {
    let found = list_authors(&app, &caller).await?;
    List::part(found, &page, |one| ByName::new(&one.name, one.id))
}

/// Show a post
#[utoipa::path(get, path = "/api/posts/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostWithTimeline)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
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
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
    Input(change): Input<PostChangeInput>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(
        edit_post(&app, &caller, id, &change.read()?).await?.into(),
    ))
}

/// Delete a post
///
/// Only one that never went out. What was scheduled is stopped. For a day it can be restored; then it is gone for good.
#[utoipa::path(delete, path = "/api/posts/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
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
    Allowed(caller): Allowed,
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
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(cancel_post(&app, &caller, id).await?.into()))
}

/// Pause a post
///
/// What of it waits for its time does not begin until it is resumed. It can be edited, moved and cancelled meanwhile; publishing it now
/// resumes it.
#[utoipa::path(post, path = "/api/posts/{id}/pause", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostAnswer)))]
async fn pause(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(pause_post(&app, &caller, id).await?.into()))
}

/// Resume a post
///
/// It goes out at its time, or at once where that has passed. For another time, give it that first.
#[utoipa::path(post, path = "/api/posts/{id}/resume", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostAnswer)))]
async fn resume(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(resume_post(&app, &caller, id).await?.into()))
}

/// Duplicate a post
///
/// As a draft.
#[utoipa::path(post, path = "/api/posts/{id}/duplicate", tag = "Posts", params(("id" = String, Path)), responses((status = 201, body = PostAnswer)))]
async fn duplicate(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<(StatusCode, Json<PostAnswer>)> {
    let copy = duplicate_post(&app, &caller, id).await?;
    Ok((StatusCode::CREATED, Json(copy.into())))
}

/// Restore a post
///
/// Takes back deleting it, within a day, or cancelling it before anything of it began. What was to go out in the meantime comes back
/// as a draft.
#[utoipa::path(post, path = "/api/posts/{id}/restore", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = PostAnswer)))]
async fn restore(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
) -> Answer<Json<PostAnswer>> {
    Ok(Json(restore_post(&app, &caller, id).await?.into()))
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
