//! `/api/workspaces`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::workspaces::{self, Membership};
use fanfare_domain::{Action, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::List;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::WorkspaceRead, routes!(list)))
        .routes(needs(Action::WorkspaceSettings, routes!(rename)))
}

/// A workspace as one of its members sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Workspace)]
pub(crate) struct WorkspaceView {
    id: String,
    name: String,
    /// The caller's own role in it.
    role: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkspaceInput {
    name: String,
}

/// List one's workspaces
#[utoipa::path(get, path = "/api/workspaces", tag = "Workspaces", responses((status = 200, body = List<WorkspaceView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
) -> Answer<Json<List<WorkspaceView>>> {
    let own = workspaces::list(&app, &caller).await?;
    Ok(List::whole(own.into_iter().map(Into::into).collect()))
}

/// Rename a workspace
#[utoipa::path(patch, path = "/api/workspaces/{id}", tag = "Workspaces", params(("id" = String, Path)), request_body = WorkspaceInput, responses((status = 200, body = WorkspaceView)))]
async fn rename(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WorkspaceId>,
    Input(input): Input<WorkspaceInput>,
) -> Answer<Json<WorkspaceView>> {
    Ok(Json(
        workspaces::rename(&app, &caller, id, &input.name)
            .await?
            .into(),
    ))
}

impl From<Membership> for WorkspaceView {
    fn from(membership: Membership) -> Self {
        Self {
            id: membership.workspace.to_string(),
            name: membership.name,
            role: membership.role.to_string(),
        }
    }
}
