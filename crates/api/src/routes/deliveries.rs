//! `/api/deliveries`.

mod engagement;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::hearing::look_again;
use fanfare_app::publishing::{
    self, DeliveryDetail, Resolution, cancel_delivery, read_delivery, resolve_delivery,
    retry_delivery,
};
use fanfare_app::{App, AppError};
use fanfare_domain::webhook::EngagementKind;
use fanfare_domain::{Action, DeliveryId, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::posts::{DeliveryAnswer, TimelineEntry};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsRead, routes!(read)))
        .routes(needs(Action::PostsRead, routes!(engagement::engagement)))
        .routes(needs(Action::PostsPublish, routes!(retry)))
        .routes(needs(Action::PostsPublish, routes!(cancel)))
        .routes(needs(Action::PostsPublish, routes!(resolve)))
        .routes(needs(Action::PostsPublish, routes!(look)))
        .routes(needs(Action::PostsPublish, routes!(retry_comment)))
        .routes(needs(Action::PostsPublish, routes!(cancel_comment)))
        .routes(needs(Action::PostsPublish, routes!(resolve_comment)))
}

/// A delivery and all that is known of it.
#[derive(Serialize, ToSchema)]
#[schema(as = DeliveryDetail)]
struct DetailAnswer {
    #[serde(flatten)]
    delivery: DeliveryAnswer,
    /// Oldest first.
    attempt_log: Vec<AttemptAnswer>,
    #[schema(required)]
    receipt: Option<ReceiptAnswer>,
    /// Oldest first.
    timeline: Vec<TimelineEntry>,
    engagement: EngagementAnswer,
}

/// What people did with it, without what they took back, as far as the platform tells.
#[derive(Serialize, ToSchema)]
#[schema(as = Engagement)]
struct EngagementAnswer {
    comments: i64,
    reactions: i64,
    mentions: i64,
    shares: i64,
}

/// One try.
#[derive(Serialize, ToSchema)]
#[schema(as = Attempt)]
struct AttemptAnswer {
    number: i64,
    started_at: Timestamp,
    finished_at: Timestamp,
    #[schema(schema_with = words::outcomes)]
    outcome: String,
    #[schema(required)]
    code: Option<String>,
    detail: String,
}

/// What proves the delivery.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
struct ReceiptAnswer {
    #[schema(required)]
    remote_id: Option<String>,
    #[schema(required)]
    permalink: Option<String>,
    #[schema(required)]
    published_at: Option<Timestamp>,
    /// The platform's own answer.
    #[schema(value_type = Object)]
    raw: Value,
}

/// What a person found at the platform.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResolutionInput {
    /// True: it is live. False: it is not, and is sent again.
    published: bool,
    /// Where it can be seen, if it is live.
    permalink: Option<String>,
}

/// Show a delivery
///
/// With its attempts and its receipt.
#[utoipa::path(get, path = "/api/deliveries/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = DetailAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
) -> Answer<Json<DetailAnswer>> {
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Try a delivery again
///
/// One whose outcome is unknown is looked for at the platform; it is never sent blindly.
#[utoipa::path(post, path = "/api/deliveries/{id}/retry", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = DetailAnswer)))]
async fn retry(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
) -> Answer<Json<DetailAnswer>> {
    retry_delivery(&app, &caller, id).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Look at a published delivery again
///
/// Asks the platform whether the post is still there, and as it was sent; `at_platform` tells what it says.
#[utoipa::path(post, path = "/api/deliveries/{id}/look", tag = "Posts", operation_id = "look_at_delivery", params(("id" = String, Path)), responses((status = 200, body = DetailAnswer)))]
async fn look(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
) -> Answer<Json<DetailAnswer>> {
    look_again(&app, caller.workspace, id).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Cancel a delivery
///
/// The post's others go on.
#[utoipa::path(post, path = "/api/deliveries/{id}/cancel", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = DetailAnswer)))]
async fn cancel(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
) -> Answer<Json<DetailAnswer>> {
    cancel_delivery(&app, &caller, id).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Settle a delivery whose outcome is unknown
///
/// After looking at the platform.
#[utoipa::path(post, path = "/api/deliveries/{id}/resolve", tag = "Posts", params(("id" = String, Path)), request_body = ResolutionInput, responses((status = 200, body = DetailAnswer)))]
async fn resolve(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
    Input(input): Input<ResolutionInput>,
) -> Answer<Json<DetailAnswer>> {
    resolve_delivery(&app, &caller, id, input.read()?).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Another text for a comment that failed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommentRetryInput {
    /// The text that failed when absent. Only while it is certain that the comment was not written.
    text: Option<String>,
}

/// Try the first comment again
///
/// One whose outcome is unknown is looked for at the platform; it is never sent blindly. The post itself is not touched.
#[utoipa::path(post, path = "/api/deliveries/{id}/first-comment/retry", tag = "Posts", params(("id" = String, Path)), request_body = Option<CommentRetryInput>, responses((status = 200, body = DetailAnswer)))]
async fn retry_comment(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
    input: Option<Input<CommentRetryInput>>,
) -> Answer<Json<DetailAnswer>> {
    let text = input.and_then(|Input(input)| input.text);
    publishing::retry_comment(&app, &caller, id, text).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Leave the first comment out
///
/// The post itself is not touched.
#[utoipa::path(post, path = "/api/deliveries/{id}/first-comment/cancel", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = DetailAnswer)))]
async fn cancel_comment(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
) -> Answer<Json<DetailAnswer>> {
    publishing::cancel_comment(&app, &caller, id).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

/// Settle a first comment whose outcome is unknown
///
/// After looking below the post.
#[utoipa::path(post, path = "/api/deliveries/{id}/first-comment/resolve", tag = "Posts", params(("id" = String, Path)), request_body = ResolutionInput, responses((status = 200, body = DetailAnswer)))]
async fn resolve_comment(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
    Input(input): Input<ResolutionInput>,
) -> Answer<Json<DetailAnswer>> {
    publishing::resolve_comment(&app, &caller, id, input.read()?).await?;
    Ok(Json(read_delivery(&app, &caller, id).await?.into()))
}

impl ResolutionInput {
    fn read(self) -> Answer<Resolution> {
        match self {
            Self {
                published: true,
                permalink,
            } => Ok(Resolution::Published { permalink }),
            Self {
                published: false,
                permalink: None,
            } => Ok(Resolution::NotPublished),
            Self {
                published: false,
                permalink: Some(_),
            } => {
                let detail = "What is not live can be seen nowhere.";
                Err(AppError::invalid_field("permalink", ErrorCode::NotAllowed, detail).into())
            }
        }
    }
}

impl From<DeliveryDetail> for DetailAnswer {
    fn from(detail: DeliveryDetail) -> Self {
        let DeliveryDetail {
            delivery,
            first_comment,
            channel,
            attempts,
            timeline,
            engagement,
        } = detail;
        let count = |kind: EngagementKind| {
            let found = engagement.iter().find(|(one, _)| *one == kind);
            found.map_or(0, |(_, count)| *count)
        };
        let receipt = delivery.receipt.as_deref().map(|raw| ReceiptAnswer {
            remote_id: delivery.remote_id.clone(),
            permalink: delivery.permalink.clone(),
            published_at: delivery.published_at,
            raw: serde_json::from_str(raw).unwrap_or(Value::Null),
        });
        let attempt_log = attempts.into_iter().map(|attempt| AttemptAnswer {
            number: attempt.number,
            started_at: attempt.started_at,
            finished_at: attempt.finished_at,
            outcome: attempt.outcome,
            code: attempt.code.map(|code| code.to_string()),
            detail: attempt.detail,
        });
        Self {
            delivery: DeliveryAnswer::new(delivery, first_comment, Some(&channel)),
            attempt_log: attempt_log.collect(),
            receipt,
            timeline: timeline.into_iter().map(Into::into).collect(),
            engagement: EngagementAnswer {
                comments: count(EngagementKind::Comment),
                reactions: count(EngagementKind::Reaction),
                mentions: count(EngagementKind::Mention),
                shares: count(EngagementKind::Share),
            },
        }
    }
}
