//! `/api/webhook-events`: what platforms told, and what became of it.

mod answer;
mod health;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::hearing::{self, EventFilter, Sight, TestKind, Wanted, WebhookStatus};
use fanfare_app::{App, AppError};
use fanfare_domain::{Action, ChannelId, ErrorCode, WebhookEventId};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use answer::{EventAnswer, EventDetail, ReplayAnswer, StatsAnswer};

use crate::allowed::Allowed;
use crate::input::Input;
use crate::instant::instant;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    let (read, manage) = (Action::WebhooksRead, Action::WebhooksManage);
    OpenApiRouter::new()
        .routes(needs(read, routes!(list)))
        .routes(needs(read, routes!(stats)))
        .routes(needs(read, routes!(health::health)))
        .routes(needs(read, routes!(one)))
        .routes(needs(manage, routes!(retry)))
        .routes(needs(manage, routes!(replay)))
        .routes(needs(manage, routes!(test)))
        .routes(needs(manage, routes!(delete)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EventsQuery {
    /// `pending`, `processing`, `processed`, `failed` or `dead_letter`.
    status: Option<String>,
    platform: Option<String>,
    /// Such as `feed.comment.add`.
    kind: Option<String>,
    /// The page, account or number, as the platform calls it.
    account: Option<String>,
    /// Only what was received at this time or later.
    #[serde(default, deserialize_with = "instant")]
    from: Option<Timestamp>,
    /// Only what was received before this time.
    #[serde(default, deserialize_with = "instant")]
    to: Option<Timestamp>,
    /// `installation` includes events of accounts that no workspace has connected; administrators only.
    scope: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ScopeQuery {
    /// `installation` includes events of accounts that no workspace has connected; administrators only.
    scope: Option<String>,
}

/// Which events are meant, by at least one of these.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookReplayInput)]
struct ReplayInput {
    #[serde(default)]
    ids: Vec<String>,
    status: Option<String>,
    platform: Option<String>,
    kind: Option<String>,
    account: Option<String>,
    #[serde(default, deserialize_with = "instant")]
    from: Option<Timestamp>,
    #[serde(default, deserialize_with = "instant")]
    to: Option<Timestamp>,
    /// Only say what would change.
    #[serde(default)]
    dry_run: bool,
}

/// What is to be tried out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookEventTestInput)]
struct TestInput {
    /// A connected channel of a platform that tells us things.
    channel_id: String,
    /// One of the `test_kinds` of its platform's receiver: `comment`, `reaction`, `mention`, `post`, `message`, `message_status` or
    /// `template`.
    kind: String,
}

/// List what platforms told
///
/// The newest first.
#[utoipa::path(get, path = "/api/webhook-events", tag = "Receiving", operation_id = "list_webhook_events", params(EventsQuery), responses((status = 200, body = List<EventAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<EventsQuery>,
) -> Answer<Json<List<EventAnswer>>> {
    let page = Page {
        cursor: query.cursor,
        limit: query.limit,
    };
    let limit = page.limit()?;
    let filter = EventFilter {
        status: status(query.status.as_deref())?,
        platform: query.platform,
        kind: query.kind,
        account: query.account,
        from: query.from,
        to: query.to,
    };
    let sight = sight(query.scope.as_deref())?;
    let found = hearing::events(&app, &caller, sight, &filter, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |event: &EventAnswer| {
        event.id.clone()
    }))
}

/// See how events go
#[utoipa::path(get, path = "/api/webhook-events/stats", tag = "Receiving", operation_id = "webhook_event_stats", params(ScopeQuery), responses((status = 200, body = StatsAnswer)))]
async fn stats(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<ScopeQuery>,
) -> Answer<Json<StatsAnswer>> {
    let sight = sight(query.scope.as_deref())?;
    Ok(Json(hearing::overview(&app, &caller, sight).await?.into()))
}

/// See an event
///
/// With what the platform said, as far as it is about this event.
#[utoipa::path(get, path = "/api/webhook-events/{id}", tag = "Receiving", operation_id = "get_webhook_event", params(("id" = String, Path), ScopeQuery), responses((status = 200, body = EventDetail)))]
async fn one(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEventId>,
    Params(query): Params<ScopeQuery>,
) -> Answer<Json<EventDetail>> {
    let sight = sight(query.scope.as_deref())?;
    Ok(Json(hearing::event(&app, &caller, sight, id).await?.into()))
}

/// Have an event worked off once more
#[utoipa::path(post, path = "/api/webhook-events/{id}/retry", tag = "Receiving", operation_id = "retry_webhook_event", params(("id" = String, Path), ScopeQuery), responses((status = 200, body = EventAnswer)))]
async fn retry(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEventId>,
    Params(query): Params<ScopeQuery>,
) -> Answer<Json<EventAnswer>> {
    let sight = sight(query.scope.as_deref())?;
    Ok(Json(hearing::retry(&app, &caller, sight, id).await?.into()))
}

/// Have many events worked off once more
///
/// The oldest first, at most 10,000 at once. What took effect before changes nothing again; `dry_run` says what would change.
#[utoipa::path(post, path = "/api/webhook-events/replay", tag = "Receiving", operation_id = "replay_webhook_events", params(ScopeQuery), request_body = ReplayInput, responses((status = 200, body = ReplayAnswer)))]
async fn replay(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<ScopeQuery>,
    Input(input): Input<ReplayInput>,
) -> Answer<Json<ReplayAnswer>> {
    let sight = sight(query.scope.as_deref())?;
    let (wanted, is_dry) = input.read()?;
    let replayed = hearing::replay(&app, &caller, sight, &wanted, is_dry).await?;
    Ok(Json(ReplayAnswer::of(replayed, is_dry)))
}

/// Send a test event
///
/// Signed as the platform would sign it, and taken, checked, kept and worked off like anything that it sends; it changes nothing. Its kind
/// begins with `test.`.
#[utoipa::path(post, path = "/api/webhook-events/test", tag = "Receiving", operation_id = "send_test_webhook_event", request_body = TestInput, responses((status = 200, body = EventAnswer)))]
async fn test(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<TestInput>,
) -> Answer<Json<EventAnswer>> {
    let (channel, kind) = input.read()?;
    let event = hearing::send_test(&app, &caller, channel, kind).await?;
    Ok(Json(event.into()))
}

/// Delete an event
///
/// And what the platform said, unless the same request told something else too.
#[utoipa::path(delete, path = "/api/webhook-events/{id}", tag = "Receiving", operation_id = "delete_webhook_event", params(("id" = String, Path), ScopeQuery), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEventId>,
    Params(query): Params<ScopeQuery>,
) -> Answer<StatusCode> {
    let sight = sight(query.scope.as_deref())?;
    hearing::delete_event(&app, &caller, sight, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn sight(scope: Option<&str>) -> Answer<Sight> {
    match scope {
        None | Some("" | "workspace") => Ok(Sight::Own),
        Some("installation") => Ok(Sight::Installation),
        Some(_) => Err(AppError::invalid_field(
            "scope",
            ErrorCode::NotAllowed,
            "The scope is workspace or installation.",
        )
        .into()),
    }
}

fn status(given: Option<&str>) -> Answer<Option<WebhookStatus>> {
    let Some(text) = given.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    WebhookStatus::parse(text).map(Some).ok_or_else(|| {
        AppError::invalid_field(
            "status",
            ErrorCode::NotAllowed,
            "An event is pending, processing, processed, failed or dead_letter.",
        )
        .into()
    })
}

impl TestInput {
    fn read(self) -> Answer<(ChannelId, TestKind)> {
        let channel = self.channel_id.parse();
        let channel = channel.map_err(|_| AppError::not_found("channel"))?;
        let kind = TestKind::parse(&self.kind).ok_or_else(|| {
            AppError::invalid_field(
                "kind",
                ErrorCode::NotAllowed,
                "A test is a comment, reaction, mention, post, message, message_status or template.",
            )
        })?;
        Ok((channel, kind))
    }
}

impl ReplayInput {
    fn read(self) -> Answer<(Wanted, bool)> {
        let ids = self.ids.iter().map(|id| id.parse());
        let ids = ids.collect::<Result<_, _>>().map_err(|_| {
            AppError::invalid_field(
                "ids",
                ErrorCode::NotAllowed,
                "One of these is no event's id.",
            )
        })?;
        let wanted = Wanted {
            ids,
            status: status(self.status.as_deref())?,
            platform: self.platform,
            kind: self.kind,
            account: self.account,
            from: self.from,
            to: self.to,
        };
        Ok((wanted, self.dry_run))
    }
}
