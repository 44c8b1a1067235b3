//! What is settled for one connection.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::connections::settings::{self, SettingsView};
use fanfare_domain::ConnectionId;
use fanfare_platform_kit::manifest::OptionSpec;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::path::Id;
use crate::problem::Answer;

/// What can be settled for a connection, and what is.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectionSettings)]
pub(crate) struct SettingsAnswer {
    /// One that is named like an option of its channels is that option's default.
    options: Vec<OptionSpec>,
    /// By the options' names; what nobody settled is not there.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConnectionSettingsChange)]
pub(crate) struct SettingsInput {
    /// By the options' names. Null goes back to the platform's default; what is left out stays as it is.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
}

/// Show a connection's settings
#[utoipa::path(get, path = "/api/connections/{id}/settings", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = SettingsAnswer)))]
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<SettingsAnswer>> {
    Ok(Json(
        settings::read_settings(&app, &caller, id).await?.into(),
    ))
}

/// Change a connection's settings
///
/// They apply to posts that are scheduled or published from now on and do not choose themselves.
#[utoipa::path(patch, path = "/api/connections/{id}/settings", tag = "Connections", params(("id" = String, Path)), request_body = SettingsInput, responses((status = 200, body = SettingsAnswer)))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
    Input(input): Input<SettingsInput>,
) -> Answer<Json<SettingsAnswer>> {
    let view = settings::change_settings(&app, &caller, id, input.values).await?;
    Ok(Json(view.into()))
}

impl From<SettingsView> for SettingsAnswer {
    fn from(view: SettingsView) -> Self {
        Self {
            options: view.options,
            values: view.values,
        }
    }
}
