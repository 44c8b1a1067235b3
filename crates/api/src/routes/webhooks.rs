//! `/api/webhooks`: programs outside that are told what happens.

mod answer;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use fanfare_app::telling::{
    self, AttemptFilter, EVENT_TYPES, EndpointChange, EndpointInput, HeaderInput, Replay,
};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ErrorCode, WebhookAttemptId, WebhookEndpointId, WebhookMessageId};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use answer::{
    AttemptAnswer, EndpointAnswer, EndpointWithSecret, EventTypeAnswer, ReplayedAnswer,
    SecretAnswer,
};

use crate::allowed::Allowed;
use crate::idempotency::SaidOnce;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

const USUAL_OVERLAP_HOURS: u32 = 24;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    let (see, manage) = (Action::WebhooksRead, Action::WebhooksManage);
    OpenApiRouter::new()
        .routes(needs(see, routes!(list)))
        .routes(needs(manage, routes!(create)))
        .routes(needs(see, routes!(event_types)))
        .routes(needs(see, routes!(read)))
        .routes(needs(manage, routes!(change, delete)))
        .routes(needs(manage, routes!(test)))
        .routes(needs(manage, routes!(rotate_secret)))
        .routes(needs(see, routes!(attempts)))
        .routes(needs(manage, routes!(replay)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookHeaderInput)]
struct Header {
    /// Not one that Fanfare sets itself.
    name: String,
    /// In a change, what it was when absent.
    value: Option<String>,
}

/// A webhook to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookInput {
    /// Where messages are posted.
    url: String,
    #[serde(default)]
    description: String,
    /// Names from `GET /api/webhooks/event-types`; none means all.
    #[serde(default)]
    event_types: Vec<String>,
    /// Sent with each message, such as `Authorization`. Values are never shown again.
    #[serde(default)]
    headers: Vec<Header>,
    /// True when absent.
    enabled: Option<bool>,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookChange {
    url: Option<String>,
    description: Option<String>,
    event_types: Option<Vec<String>>,
    /// All of them; a header without a value keeps the one it has.
    headers: Option<Vec<Header>>,
    enabled: Option<bool>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookTestInput {
    /// `webhook.test` when absent.
    event_type: Option<String>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecretRotationInput {
    /// For how many hours both secrets sign; a day when absent, at most a week.
    #[schema(maximum = 168)]
    overlap_hours: Option<u32>,
}

/// One message, or all since some time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OutgoingReplayInput {
    message_id: Option<String>,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    /// Only what failed or was never sent here.
    #[serde(default)]
    only_failed: bool,
    /// Only count.
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AttemptsQuery {
    /// `succeeded` or `failed`.
    outcome: Option<String>,
    event_type: Option<String>,
    message_id: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List webhooks
#[utoipa::path(get, path = "/api/webhooks", tag = "Webhooks", operation_id = "list_webhooks", params(Page), responses((status = 200, body = List<EndpointAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<EndpointAnswer>>> {
    let (limit, after) = (page.limit()?, page.after::<WebhookEndpointId>()?);
    let all = telling::list_endpoints(&app, &caller).await?;
    let rest = all
        .into_iter()
        .filter(|view| after.is_none_or(|after| view.endpoint.id > after));
    let now = app.now();
    let items = rest.map(|view| EndpointAnswer::new(view, now)).collect();
    Ok(List::page(items, limit, EndpointAnswer::cursor))
}

/// Make a webhook
///
/// Its secret is answered once, here. A repeat with the same `Idempotency-Key` answers the webhook without it.
#[utoipa::path(post, path = "/api/webhooks", tag = "Webhooks", operation_id = "create_webhook", request_body = WebhookInput, responses((status = 201, body = EndpointWithSecret)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<WebhookInput>,
) -> Answer<(StatusCode, Extension<SaidOnce>, Json<EndpointWithSecret>)> {
    let input = EndpointInput {
        url: input.url,
        description: input.description,
        event_types: input.event_types,
        headers: headers(input.headers),
        enabled: input.enabled.unwrap_or(true),
    };
    let (view, secret) = telling::create_endpoint(&app, &caller, &input).await?;
    let answer = EndpointWithSecret::new(view, Some(&secret), app.now());
    Ok((StatusCode::CREATED, Extension(SaidOnce), Json(answer)))
}

/// A webhook as its making answers a repeat: without its secret.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<EndpointWithSecret>)> {
    let id = id.parse().map_err(|_| AppError::not_found("webhook"))?;
    let view = telling::read_endpoint(app, caller, id).await?;
    let answer = EndpointWithSecret::new(view, None, app.now());
    Ok((StatusCode::CREATED, Json(answer)))
}

/// List what webhooks can be told
#[utoipa::path(get, path = "/api/webhooks/event-types", tag = "Webhooks", operation_id = "list_webhook_event_types", responses((status = 200, body = List<EventTypeAnswer>)))]
async fn event_types(Allowed(_caller): Allowed) -> Json<List<EventTypeAnswer>> {
    List::whole(EVENT_TYPES.iter().map(EventTypeAnswer::new).collect())
}

/// Read a webhook
#[utoipa::path(get, path = "/api/webhooks/{id}", tag = "Webhooks", operation_id = "read_webhook", params(("id" = String, Path)), responses((status = 200, body = EndpointAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
) -> Answer<Json<EndpointAnswer>> {
    let view = telling::read_endpoint(&app, &caller, id).await?;
    Ok(Json(EndpointAnswer::new(view, app.now())))
}

/// Change a webhook
///
/// Disabling it gives up what waits for it. Enabling it begins anew; what it missed can be sent again.
#[utoipa::path(patch, path = "/api/webhooks/{id}", tag = "Webhooks", operation_id = "change_webhook", params(("id" = String, Path)), request_body = WebhookChange, responses((status = 200, body = EndpointAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
    Input(change): Input<WebhookChange>,
) -> Answer<Json<EndpointAnswer>> {
    let change = EndpointChange {
        url: change.url,
        description: change.description,
        event_types: change.event_types,
        headers: change.headers.map(headers),
        enabled: change.enabled,
    };
    let view = telling::change_endpoint(&app, &caller, id, &change).await?;
    Ok(Json(EndpointAnswer::new(view, app.now())))
}

/// Delete a webhook
///
/// With what waits for it and the log of its attempts.
#[utoipa::path(delete, path = "/api/webhooks/{id}", tag = "Webhooks", operation_id = "delete_webhook", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
) -> Answer<StatusCode> {
    telling::delete_endpoint(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Test a webhook
///
/// Sends an example at once and answers what happened, also when it failed. It is not tried again.
#[utoipa::path(post, path = "/api/webhooks/{id}/test", tag = "Webhooks", operation_id = "test_webhook", params(("id" = String, Path)), request_body = Option<WebhookTestInput>, responses((status = 200, body = AttemptAnswer)))]
async fn test(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
    input: Option<Input<WebhookTestInput>>,
) -> Answer<Json<AttemptAnswer>> {
    let Input(input) = input.unwrap_or(Input(WebhookTestInput::default()));
    let made = telling::try_endpoint(&app, &caller, id, input.event_type.as_deref()).await?;
    Ok(Json(AttemptAnswer::new(made)))
}

/// Give a webhook another secret
///
/// The new secret is answered once, here. Until `previous_secret_until` both sign.
#[utoipa::path(post, path = "/api/webhooks/{id}/rotate-secret", tag = "Webhooks", operation_id = "rotate_webhook_secret", params(("id" = String, Path)), request_body = Option<SecretRotationInput>, responses((status = 200, body = SecretAnswer)))]
async fn rotate_secret(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
    input: Option<Input<SecretRotationInput>>,
) -> Answer<(Extension<SaidOnce>, Json<SecretAnswer>)> {
    let Input(input) = input.unwrap_or(Input(SecretRotationInput::default()));
    let overlap = input.overlap_hours.unwrap_or(USUAL_OVERLAP_HOURS);
    let rotated = telling::rotate_secret(&app, &caller, id, overlap).await?;
    Ok((Extension(SaidOnce), Json(SecretAnswer::new(&rotated))))
}

/// What a rotation answers a repeat: without the secret.
pub(crate) async fn show_rotated(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<Json<SecretAnswer>> {
    let id = id.parse().map_err(|_| AppError::not_found("webhook"))?;
    let view = telling::read_endpoint(app, caller, id).await?;
    Ok(Json(SecretAnswer::again(&view)))
}

/// List attempts
///
/// The newest first, of the last 30 days.
#[utoipa::path(get, path = "/api/webhooks/{id}/attempts", tag = "Webhooks", operation_id = "list_webhook_attempts", params(("id" = String, Path), AttemptsQuery), responses((status = 200, body = List<AttemptAnswer>)))]
async fn attempts(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
    Params(query): Params<AttemptsQuery>,
) -> Answer<Json<List<AttemptAnswer>>> {
    if query
        .outcome
        .as_deref()
        .is_some_and(|outcome| !matches!(outcome, "succeeded" | "failed"))
    {
        let detail = "An attempt succeeded or failed.";
        return Err(AppError::invalid_field("outcome", ErrorCode::NotAllowed, detail).into());
    }
    let page = Page {
        cursor: query.cursor,
        limit: query.limit,
    };
    let filter = AttemptFilter {
        outcome: query.outcome,
        event_type: query.event_type,
        message: query.message_id.as_deref().map(message).transpose()?,
    };
    let (limit, before) = (page.limit()?, page.after::<WebhookAttemptId>()?);
    let found = telling::list_attempts(&app, &caller, id, &filter, before, limit + 1).await?;
    let items = found.into_iter().map(AttemptAnswer::new).collect();
    Ok(List::page(items, limit, AttemptAnswer::cursor))
}

/// Send messages again
///
/// One, or all since some time that the webhook wants to hear of. With `dry_run` they are only counted.
#[utoipa::path(post, path = "/api/webhooks/{id}/replay", tag = "Webhooks", operation_id = "replay_webhook", params(("id" = String, Path)), request_body = OutgoingReplayInput, responses((status = 200, body = ReplayedAnswer)))]
async fn replay(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WebhookEndpointId>,
    Input(input): Input<OutgoingReplayInput>,
) -> Answer<Json<ReplayedAnswer>> {
    // There has to be one before it is said what is wrong with the rest.
    telling::read_endpoint(&app, &caller, id).await?;
    let what = match (&input.message_id, input.since) {
        (Some(one), None) => Replay::One(message(one)?),
        (None, Some(since)) => Replay::Since {
            since,
            until: input.until,
            only_failed: input.only_failed,
        },
        _ => {
            let detail = "Say which message, or since when; one of the two.";
            return Err(AppError::invalid_field("since", ErrorCode::Required, detail).into());
        }
    };
    let dry_run = input.dry_run;
    let messages = telling::replay(&app, &caller, id, what, dry_run).await?;
    Ok(Json(ReplayedAnswer { messages, dry_run }))
}

fn headers(given: Vec<Header>) -> Vec<HeaderInput> {
    given
        .into_iter()
        .map(|Header { name, value }| HeaderInput { name, value })
        .collect()
}

fn message(text: &str) -> Answer<WebhookMessageId> {
    text.parse()
        .map_err(|_| AppError::not_found("message").into())
}
