//! `/api/admin/retention`: how long the installation keeps its own things.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::retention::{self, InstallationRetention};
use fanfare_domain::Action;
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
    OpenApiRouter::new().routes(needs(Action::InstallationManage, routes!(read, change)))
}

/// How long things are to be kept; each for good when absent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InstallationRetentionInput {
    /// The installation's own audit log.
    #[schema(minimum = 1, maximum = 120)]
    audit_months: Option<i64>,
    /// Which messages went to whom.
    #[schema(minimum = 1, maximum = 3650)]
    mail_log_days: Option<i64>,
}

/// How long the installation's own things are kept.
#[derive(Serialize, ToSchema)]
#[schema(as = InstallationRetention)]
struct InstallationRetentionView {
    #[schema(required)]
    audit_months: Option<i64>,
    #[schema(required)]
    mail_log_days: Option<i64>,
}

/// See how long the installation keeps its own things
#[utoipa::path(get, path = "/api/admin/retention", tag = "Administration", operation_id = "read_installation_retention", responses((status = 200, body = InstallationRetentionView)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
) -> Answer<Json<InstallationRetentionView>> {
    let found = retention::installation_retention(&app).await?;
    Ok(Json(view(found)))
}

/// Say how long the installation keeps its own things
///
/// What is older goes every night.
#[utoipa::path(put, path = "/api/admin/retention", tag = "Administration", operation_id = "change_installation_retention", request_body = InstallationRetentionInput, responses((status = 200, body = InstallationRetentionView)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<InstallationRetentionInput>,
) -> Answer<Json<InstallationRetentionView>> {
    let wanted = InstallationRetention {
        audit_months: input.audit_months,
        mail_log_days: input.mail_log_days,
    };
    let changed = retention::change_installation_retention(&app, &caller.actor(), wanted).await?;
    Ok(Json(view(changed)))
}

fn view(found: InstallationRetention) -> InstallationRetentionView {
    InstallationRetentionView {
        audit_months: found.audit_months,
        mail_log_days: found.mail_log_days,
    }
}
