//! What was done with a key: how often on each day, and the last calls.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::api_keys::{self, KeyCall, KeyDay};
use fanfare_app::{App, AppError};
use fanfare_domain::{ApiKeyId, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;

const USUAL_DAYS: u16 = 30;
const MOST_DAYS: u16 = 366;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UsageQuery {
    /// How many days back, today's included; 30 when absent.
    #[param(minimum = 1, maximum = 366)]
    days: Option<u16>,
}

/// How often a key was used.
#[derive(Serialize, ToSchema)]
pub(super) struct ApiKeyUsage {
    /// The days (UTC) on which it was used, oldest first.
    days: Vec<ApiKeyDay>,
}

#[derive(Serialize, ToSchema)]
struct ApiKeyDay {
    #[schema(format = Date)]
    day: String,
    calls: i64,
    /// Those of them that were answered with 400 or more.
    refused: i64,
}

/// One call that was made with a key.
#[derive(Serialize, ToSchema)]
pub(super) struct ApiKeyCall {
    id: String,
    at: Timestamp,
    method: String,
    /// The pattern of the address, or `other` where there is nothing.
    route: String,
    status: u16,
    took_ms: f64,
}

/// How often an API key was used
#[utoipa::path(get, path = "/api/api-keys/{id}/usage", tag = "API keys", operation_id = "api_key_usage", params(("id" = String, Path), UsageQuery), responses((status = 200, body = ApiKeyUsage)))]
pub(super) async fn usage(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
    Params(query): Params<UsageQuery>,
) -> Answer<Json<ApiKeyUsage>> {
    let days = query.days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        let detail = format!("The figures go back 1 to {MOST_DAYS} days.");
        return Err(AppError::invalid_field("days", ErrorCode::OutOfRange, detail).into());
    }
    let days = api_keys::read_usage(&app, &caller, id, days).await?;
    let days = days.into_iter().map(Into::into).collect();
    Ok(Json(ApiKeyUsage { days }))
}

/// The last calls with an API key
///
/// The newest first, up to 1000.
#[utoipa::path(get, path = "/api/api-keys/{id}/log", tag = "API keys", operation_id = "api_key_log", params(("id" = String, Path), Page), responses((status = 200, body = List<ApiKeyCall>)))]
pub(super) async fn log(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ApiKeyId>,
    Params(page): Params<Page>,
) -> Answer<Json<List<ApiKeyCall>>> {
    let limit = page.limit()?;
    let calls = api_keys::read_log(&app, &caller, id, page.after()?, limit + 1).await?;
    let items = calls.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |call: &ApiKeyCall| {
        call.id.clone()
    }))
}

impl From<KeyDay> for ApiKeyDay {
    fn from(day: KeyDay) -> Self {
        Self {
            day: day.day,
            calls: day.calls,
            refused: day.refused,
        }
    }
}

impl From<KeyCall> for ApiKeyCall {
    fn from(call: KeyCall) -> Self {
        Self {
            id: call.id.to_string(),
            at: call.at,
            method: call.method,
            route: call.route,
            status: call.status,
            #[expect(clippy::cast_precision_loss, reason = "a call does not take a century")]
            took_ms: call.took_micros as f64 / 1_000.0,
        }
    }
}
