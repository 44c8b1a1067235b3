//! `/api/retention`: how long a workspace keeps things.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::retention::{self, LastRun, Retention};
use fanfare_domain::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::WorkspaceRead, routes!(read)))
        .routes(needs(Action::WorkspaceSettings, routes!(change)))
}

/// How long things are to be kept; each for good when absent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RetentionInput {
    /// The audit log.
    #[schema(minimum = 1, maximum = 120)]
    audit_months: Option<i64>,
    /// The calls that were made with API keys; their daily figures stay.
    #[schema(minimum = 1, maximum = 3650)]
    key_log_days: Option<i64>,
    /// What platforms said in their own words about each try to publish.
    #[schema(minimum = 1, maximum = 3650)]
    platform_answers_days: Option<i64>,
}

/// How long things are kept, and when old ones were last thrown away.
#[derive(Serialize, ToSchema)]
#[schema(as = Retention)]
struct RetentionView {
    #[schema(required)]
    audit_months: Option<i64>,
    #[schema(required)]
    key_log_days: Option<i64>,
    #[schema(required)]
    platform_answers_days: Option<i64>,
    #[schema(required)]
    ran_at: Option<Timestamp>,
    /// How many went then, of `audit`, `key_log` and `platform_answers`.
    removed: BTreeMap<String, u64>,
}

/// See how long things are kept
#[utoipa::path(get, path = "/api/retention", tag = "Workspaces", operation_id = "read_retention", responses((status = 200, body = RetentionView)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
) -> Answer<Json<RetentionView>> {
    Ok(Json(view(retention::retention(&app, &caller).await?)))
}

/// Say how long things are kept
///
/// What is older goes every night.
#[utoipa::path(put, path = "/api/retention", tag = "Workspaces", operation_id = "change_retention", request_body = RetentionInput, responses((status = 200, body = RetentionView)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<RetentionInput>,
) -> Answer<Json<RetentionView>> {
    let wanted = Retention {
        audit_months: input.audit_months,
        key_log_days: input.key_log_days,
        platform_answers_days: input.platform_answers_days,
    };
    let changed = retention::change_retention(&app, &caller, wanted).await?;
    Ok(Json(view(changed)))
}

fn view((retention, run): (Retention, LastRun)) -> RetentionView {
    RetentionView {
        audit_months: retention.audit_months,
        key_log_days: retention.key_log_days,
        platform_answers_days: retention.platform_answers_days,
        ran_at: run.at,
        removed: run.removed,
    }
}
