//! `/api/admin/audit`: the installation's own log. It tells what its administrators did, and which workspaces were deleted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use fanfare_app::App;
use fanfare_app::audit::{self, Chain};
use fanfare_domain::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::audit::{
    AuditFile, AuditQuery, AuditVerdict, EventAnswer, ExportQuery, as_file, events,
};
use crate::allowed::Allowed;
use crate::page::List;
use crate::params::Params;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::InstallationManage, routes!(list)))
        .routes(needs(Action::InstallationManage, routes!(export)))
        .routes(needs(Action::InstallationManage, routes!(verify)))
}

/// List what happened to the installation
///
/// The newest first: what its administrators did, and which workspaces were deleted.
#[utoipa::path(get, path = "/api/admin/audit", tag = "Administration", operation_id = "list_installation_events", params(AuditQuery), responses((status = 200, body = List<EventAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Params(query): Params<AuditQuery>,
) -> Answer<Json<List<EventAnswer>>> {
    let (filter, page) = query.read()?;
    let limit = page.limit()?;
    let found = audit::list_installation_events(&app, &filter, page.after()?, limit + 1).await?;
    Ok(events(found, limit))
}

/// Take the installation's log along
///
/// All events that the filters leave, the newest first, with their places in the chain and their hashes.
#[utoipa::path(get, path = "/api/admin/audit/export", tag = "Administration", operation_id = "export_installation_events", params(ExportQuery), responses((status = 200, content((AuditFile = "text/csv"), (AuditFile = "application/json")))))]
async fn export(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Params(query): Params<ExportQuery>,
) -> Answer<Response> {
    as_file(app, Chain::Installation, "installation-log", query)
}

/// Verify the installation's audit log
#[utoipa::path(get, path = "/api/admin/audit/verify", tag = "Administration", operation_id = "verify_installation_log", responses((status = 200, body = AuditVerdict)))]
async fn verify(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
) -> Answer<Json<AuditVerdict>> {
    let verdict = audit::verify_one(&app.store, Chain::Installation).await?;
    Ok(Json(verdict.into()))
}
