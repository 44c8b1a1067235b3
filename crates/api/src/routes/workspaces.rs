//! `/api/workspaces`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::workspaces::{self, Membership, WorkspaceChange};
use fanfare_domain::{Action, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::{Id, nothing_here};
use crate::permission::{for_person, needs};
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::WorkspaceRead, routes!(list)))
        .routes(for_person(routes!(create)))
        .routes(needs(Action::WorkspaceSettings, routes!(change)))
        .routes(needs(Action::WorkspaceDelete, routes!(delete)))
        .routes(needs(Action::WorkspaceDelete, routes!(transfer)))
        .routes(for_person(routes!(leave)))
}

/// A workspace as one of its members sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Workspace)]
pub(crate) struct WorkspaceView {
    id: String,
    name: String,
    /// The caller's own role in it.
    #[schema(schema_with = words::roles)]
    role: &'static str,
    /// Who has no second factor may do nothing there.
    requires_two_factor: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkspaceInput {
    /// One line.
    name: String,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkspaceChange)]
struct WorkspaceChangeInput {
    name: Option<String>,
    /// No API key may change it.
    requires_two_factor: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkspaceDeletion {
    /// What the workspace is called, as proof that this one is meant.
    name: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkspaceTransfer {
    /// The member who becomes its owner.
    user_id: String,
}

/// List one's workspaces
#[utoipa::path(get, path = "/api/workspaces", tag = "Workspaces", params(Page), responses((status = 200, body = List<WorkspaceView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<WorkspaceView>>> {
    let own = workspaces::list(&app, &caller).await?;
    List::part(own, &page, |one| one.workspace)
}

/// Make a workspace
///
/// The caller owns it, and their session acts in it from now on.
#[utoipa::path(post, path = "/api/workspaces", tag = "Workspaces", operation_id = "create_workspace", request_body = WorkspaceInput, responses((status = 201, body = WorkspaceView)))]
async fn create(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Input(input): Input<WorkspaceInput>,
) -> Answer<(StatusCode, Json<WorkspaceView>)> {
    let made = workspaces::create(&app, &person, &input.name).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Rename a workspace, or change what it asks of its members
#[utoipa::path(patch, path = "/api/workspaces/{id}", tag = "Workspaces", operation_id = "change_workspace", params(("id" = String, Path)), request_body = WorkspaceChangeInput, responses((status = 200, body = WorkspaceView)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WorkspaceId>,
    Input(input): Input<WorkspaceChangeInput>,
) -> Answer<Json<WorkspaceView>> {
    let change = WorkspaceChange {
        name: input.name,
        requires_two_factor: input.requires_two_factor,
    };
    let changed = workspaces::change(&app, &caller, id, change).await?;
    Ok(Json(changed.into()))
}

/// Delete a workspace
///
/// With everything in it, for good. Posts that are out stay out.
#[utoipa::path(delete, path = "/api/workspaces/{id}", tag = "Workspaces", operation_id = "delete_workspace", params(("id" = String, Path)), request_body = WorkspaceDeletion, responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WorkspaceId>,
    Input(input): Input<WorkspaceDeletion>,
) -> Answer<StatusCode> {
    workspaces::delete(&app, &caller, id, &input.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hand a workspace over
///
/// The other member becomes its owner, and the caller an admin.
#[utoipa::path(post, path = "/api/workspaces/{id}/transfer", tag = "Workspaces", operation_id = "transfer_workspace", params(("id" = String, Path)), request_body = WorkspaceTransfer, responses((status = 204)))]
async fn transfer(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<WorkspaceId>,
    Input(input): Input<WorkspaceTransfer>,
) -> Answer<StatusCode> {
    // Text that is no id names nobody.
    let to = input.user_id.parse().ok();
    workspaces::transfer(&app, &caller, id, to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leave a workspace
///
/// What one made there stays.
#[utoipa::path(post, path = "/api/workspaces/{id}/leave", tag = "Workspaces", operation_id = "leave_workspace", params(("id" = String, Path)), responses((status = 204)))]
async fn leave(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Id(id): Id<WorkspaceId>,
) -> Answer<StatusCode> {
    workspaces::leave(&app, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A workspace as its making answers it.
pub(crate) async fn show_made(
    app: &App,
    person: &fanfare_app::Person,
    id: &str,
) -> Answer<(StatusCode, Json<WorkspaceView>)> {
    let id = id.parse().map_err(|_| nothing_here("workspace"))?;
    let made = workspaces::own(app, person, id).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

impl From<Membership> for WorkspaceView {
    fn from(membership: Membership) -> Self {
        Self {
            id: membership.workspace.to_string(),
            name: membership.name,
            role: membership.role.as_str(),
            requires_two_factor: membership.requires_two_factor,
        }
    }
}
