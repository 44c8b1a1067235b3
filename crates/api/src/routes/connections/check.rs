//! The connection doctor, and bringing an account up to date.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::connections::doctor::{self, CheckView, Finding};
use fanfare_app::connections::sync_connection;
use fanfare_domain::ConnectionId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::ConnectionAnswer;
use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;

/// One look at a connection's health.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectionCheck)]
pub(crate) struct CheckAnswer {
    id: String,
    started_at: Timestamp,
    /// Absent while it runs.
    #[schema(required)]
    finished_at: Option<Timestamp>,
    /// The worst of what was found: `ok`, `warning` or `failed`; absent while it runs.
    #[schema(required)]
    state: Option<String>,
    /// What was looked at so far.
    checks: Vec<FindingAnswer>,
}

/// One thing that was looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectionCheckFinding)]
struct FindingAnswer {
    /// `credentials`, `access`, `permissions`, `channel`, `hearing`, `expiry`, `rate_limit` or `public_address`.
    code: String,
    title: String,
    /// `ok`, `warning` or `failed`.
    state: String,
    /// In words: what was found, what it means, what to do.
    detail: String,
    /// What mends it: `refresh`, `reconnect`, `enable_channel`, `subscribe`, `catch_up` or `documentation`.
    #[schema(required)]
    repair: Option<String>,
    /// The channel it is about.
    #[schema(required)]
    channel_id: Option<String>,
}

/// Check a connection's health
///
/// Looks at everything that must hold before a post can go out. A check that is under way is waited for instead of making another.
#[utoipa::path(post, path = "/api/connections/{id}/check", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = CheckAnswer)))]
pub(super) async fn check(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<CheckAnswer>> {
    let found = doctor::check_connection(&app, &caller, id).await?;
    Ok(Json(found.into()))
}

/// List the checks of a connection
///
/// The latest first; one that is under way is listed with what it found so far.
#[utoipa::path(get, path = "/api/connections/{id}/checks", tag = "Connections", params(("id" = String, Path), Page), responses((status = 200, body = List<CheckAnswer>)))]
pub(super) async fn checks(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
    Params(page): Params<Page>,
) -> Answer<Json<List<CheckAnswer>>> {
    let limit = page.limit()?;
    let found = doctor::list_checks(&app, &caller, id, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |check: &CheckAnswer| {
        check.id.clone()
    }))
}

/// Bring a connection up to date
///
/// Reads its name, picture, permissions and channels anew. The access is not renewed, unless it has ended.
#[utoipa::path(post, path = "/api/connections/{id}/sync", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = ConnectionAnswer)))]
pub(super) async fn sync(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<ConnectionAnswer>> {
    Ok(Json(sync_connection(&app, &caller, id).await?.into()))
}

impl From<CheckView> for CheckAnswer {
    fn from(view: CheckView) -> Self {
        Self {
            id: view.check.id.to_string(),
            started_at: view.check.started_at,
            finished_at: view.check.finished_at,
            state: view.check.state,
            checks: view.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Finding> for FindingAnswer {
    fn from(finding: Finding) -> Self {
        Self {
            code: finding.code,
            title: finding.title,
            state: finding.state.as_str().to_owned(),
            detail: finding.detail,
            repair: finding.repair.map(|repair| repair.as_str().to_owned()),
            channel_id: finding.channel_id,
        }
    }
}
