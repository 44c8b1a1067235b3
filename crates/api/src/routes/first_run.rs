//! `/api/first-run`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::first_run::{self, Change, Progress};
use fanfare_domain::{Action, PostId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::WorkspaceRead, routes!(read)))
        .routes(needs(Action::WorkspaceSettings, routes!(remember)))
}

/// What is remembered of a workspace's first run; accounts and posts tell the rest.
#[derive(Serialize, ToSchema)]
#[schema(as = FirstRun)]
struct FirstRunAnswer {
    /// Somebody agreed to the workspace's name.
    workspace_named: bool,
    /// The post that was begun as the first one, while it exists.
    #[schema(required)]
    post_id: Option<String>,
    /// Nobody wants to be reminded of what is left.
    dismissed: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FirstRunInput {
    workspace_named: Option<bool>,
    #[schema(value_type = Option<String>)]
    post_id: Option<PostId>,
    dismissed: Option<bool>,
}

/// How far the workspace's first run has come
#[utoipa::path(get, path = "/api/first-run", operation_id = "read_first_run", tag = "Workspaces", responses((status = 200, body = FirstRunAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
) -> Answer<Json<FirstRunAnswer>> {
    Ok(Json(first_run::read(&app, &caller).await?.into()))
}

/// Remember a step of the first run
///
/// What is left out stays as it is.
#[utoipa::path(patch, path = "/api/first-run", operation_id = "remember_first_run", tag = "Workspaces", request_body = FirstRunInput, responses((status = 200, body = FirstRunAnswer)))]
async fn remember(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<FirstRunInput>,
) -> Answer<Json<FirstRunAnswer>> {
    let change = Change {
        workspace_named: input.workspace_named,
        post_id: input.post_id,
        dismissed: input.dismissed,
    };
    Ok(Json(
        first_run::remember(&app, &caller, change).await?.into(),
    ))
}

impl From<Progress> for FirstRunAnswer {
    fn from(progress: Progress) -> Self {
        Self {
            workspace_named: progress.named_at.is_some(),
            post_id: progress.post_id.map(|id| id.to_string()),
            dismissed: progress.dismissed_at.is_some(),
        }
    }
}
