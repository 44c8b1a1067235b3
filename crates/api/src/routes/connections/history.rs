//! How renewing a connection went.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::connections::{Renewed, refresh_history};
use fanfare_domain::{ConnectionId, JobId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;

/// One try to renew a connection.
#[derive(Serialize, ToSchema)]
#[schema(as = RefreshAttempt)]
pub(crate) struct AttemptAnswer {
    id: String,
    started_at: Timestamp,
    /// Absent while it runs.
    #[schema(required)]
    finished_at: Option<Timestamp>,
    /// `refreshed`, `failed`, `lost` (no answer came; it is asked again), `reconnect` (the platform wants a person) or `superseded`
    /// (a newer access was there already).
    #[schema(required)]
    outcome: Option<String>,
    /// The platform's own words about a failure; empty otherwise.
    detail: String,
}

/// List the renewals of a connection
///
/// The latest first.
#[utoipa::path(get, path = "/api/connections/{id}/refresh-log", tag = "Connections", params(("id" = String, Path), Page), responses((status = 200, body = List<AttemptAnswer>)))]
pub(super) async fn refresh_log(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
    Params(page): Params<Page>,
) -> Answer<Json<List<AttemptAnswer>>> {
    let limit = page.limit()?;
    let before = page.after::<JobId>()?.map(|id| id.to_string());
    let found = refresh_history(&app, &caller, id, before.as_deref(), limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |attempt: &AttemptAnswer| {
        attempt.id.clone()
    }))
}

impl From<Renewed> for AttemptAnswer {
    fn from(renewed: Renewed) -> Self {
        Self {
            id: renewed.id,
            started_at: renewed.started_at,
            finished_at: renewed.finished_at,
            outcome: renewed.outcome,
            detail: renewed.detail,
        }
    }
}
