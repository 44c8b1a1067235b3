//! `/api/api-keys`. Only people manage keys; see `fanfare_domain::action`.

mod answer;
mod usage;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use fanfare_app::api_keys::{self, KeyChange, KeyInput};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ApiKeyId, Limit};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::answer::{ApiKeyAnswer, ApiKeyWithText};
use crate::allowed::Allowed;
use crate::idempotency::SaidOnce;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

/// What a key may do in a minute unless somebody says otherwise.
/// How long the text before a rotation works unless somebody says otherwise.
const USUAL_OVERLAP_MINUTES: u32 = 24 * 60;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::KeysManage, routes!(create, list)))
        .routes(needs(Action::KeysManage, routes!(read, change, revoke)))
        .routes(needs(Action::KeysManage, routes!(rotate)))
        .routes(needs(Action::KeysManage, routes!(usage::usage)))
        .routes(needs(Action::KeysManage, routes!(usage::log)))
}

/// A key to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApiKeyInput {
    /// One line.
    name: String,
    /// What it may do, as far as the role of whoever makes it allows that.
    #[schema(schema_with = words::scopes)]
    scopes: Vec<String>,
    /// Addresses and networks (CIDR) it may be used from; none means anywhere.
    #[serde(default)]
    allowed_ips: Vec<String>,
    /// 600 when absent.
    #[schema(minimum = 1, maximum = 6000)]
    rate_per_minute: Option<u32>,
    /// Never when absent.
    expires_at: Option<Timestamp>,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApiKeyChange {
    name: Option<String>,
    #[schema(schema_with = words::scopes)]
    scopes: Option<Vec<String>>,
    allowed_ips: Option<Vec<String>>,
    #[schema(minimum = 1, maximum = 6000)]
    rate_per_minute: Option<u32>,
    /// Null for never.
    #[serde(default, deserialize_with = "null_or_instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Option<Timestamp>>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RotationInput {
    /// For how many minutes both texts work; a day when absent, at most a week.
    #[schema(maximum = 10080)]
    overlap_minutes: Option<u32>,
}

/// Make an API key
///
/// The key's text is answered once, here. A repeat with the same `Idempotency-Key` answers the key without it.
#[utoipa::path(post, path = "/api/api-keys", tag = "API keys", operation_id = "create_api_key", request_body = ApiKeyInput, responses((status = 201, body = ApiKeyWithText)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<ApiKeyInput>,
) -> Answer<(StatusCode, Extension<SaidOnce>, Json<ApiKeyWithText>)> {
    let input = KeyInput {
        name: input.name,
        scopes: input.scopes,
        allowed_ips: input.allowed_ips,
        rate_per_minute: input
            .rate_per_minute
            .unwrap_or(Limit::ApiKey.rule().rate.burst),
        expires_at: input.expires_at,
    };
    let (key, text) = api_keys::create_key(&app, &caller, &input).await?;
    let answer = ApiKeyWithText::new(key, Some(&text), app.now());
    Ok((StatusCode::CREATED, Extension(SaidOnce), Json(answer)))
}

/// List API keys
///
/// The newest first, with revoked and expired ones for 90 days.
#[utoipa::path(get, path = "/api/api-keys", tag = "API keys", operation_id = "list_api_keys", params(Page), responses((status = 200, body = List<ApiKeyAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ApiKeyAnswer>>> {
    let limit = page.limit()?;
    let keys = api_keys::list_keys(&app, &caller, page.after()?, limit + 1).await?;
    let now = app.now();
    let items = keys.into_iter().map(|key| ApiKeyAnswer::new(key, now));
    Ok(List::page(items.collect(), limit, ApiKeyAnswer::cursor))
}

/// Read an API key
///
/// Without its text, which nobody knows any more.
#[utoipa::path(get, path = "/api/api-keys/{id}", tag = "API keys", operation_id = "read_api_key", params(("id" = String, Path)), responses((status = 200, body = ApiKeyAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
) -> Answer<Json<ApiKeyAnswer>> {
    let key = api_keys::read_key(&app, &caller, id).await?;
    Ok(Json(ApiKeyAnswer::new(key, app.now())))
}

/// Change an API key
///
/// What it may do, from where, how often and until when. The next call with it is bound by that.
#[utoipa::path(patch, path = "/api/api-keys/{id}", tag = "API keys", operation_id = "change_api_key", params(("id" = String, Path)), request_body = ApiKeyChange, responses((status = 200, body = ApiKeyAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
    Input(change): Input<ApiKeyChange>,
) -> Answer<Json<ApiKeyAnswer>> {
    let change = KeyChange {
        name: change.name,
        scopes: change.scopes,
        allowed_ips: change.allowed_ips,
        rate_per_minute: change.rate_per_minute,
        expires_at: change.expires_at,
    };
    let key = api_keys::change_key(&app, &caller, id, change).await?;
    Ok(Json(ApiKeyAnswer::new(key, app.now())))
}

/// Revoke an API key
///
/// For good, from the next call on.
#[utoipa::path(delete, path = "/api/api-keys/{id}", tag = "API keys", operation_id = "revoke_api_key", params(("id" = String, Path)), responses((status = 204)))]
async fn revoke(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
) -> Answer<StatusCode> {
    api_keys::revoke_key(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give an API key another text
///
/// The new text is answered once, here. The present one works until `old_until`; one that was rotated out before stops at once.
#[utoipa::path(post, path = "/api/api-keys/{id}/rotate", tag = "API keys", operation_id = "rotate_api_key", params(("id" = String, Path)), request_body = Option<RotationInput>, responses((status = 200, body = ApiKeyWithText)))]
async fn rotate(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
    input: Option<Input<RotationInput>>,
) -> Answer<(Extension<SaidOnce>, Json<ApiKeyWithText>)> {
    let Input(input) = input.unwrap_or(Input(RotationInput::default()));
    let overlap = input.overlap_minutes.unwrap_or(USUAL_OVERLAP_MINUTES);
    let (key, text) = api_keys::rotate_key(&app, &caller, id, overlap).await?;
    let answer = ApiKeyWithText::new(key, Some(&text), app.now());
    Ok((Extension(SaidOnce), Json(answer)))
}

/// A key as its making or rotating answers a repeat: without its text.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
    status: StatusCode,
) -> Answer<(StatusCode, Json<ApiKeyWithText>)> {
    let id = id.parse().map_err(|_| AppError::not_found("API key"))?;
    let key = api_keys::read_key(app, caller, id).await?;
    Ok((status, Json(ApiKeyWithText::new(key, None, app.now()))))
}

/// Null takes it away; what is absent stays.
fn null_or_instant<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<Timestamp>>, D::Error> {
    Option::deserialize(from).map(Some)
}
