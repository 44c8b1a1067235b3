//! Giving an account back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use fanfare_app::App;
use fanfare_app::connections::{self, Scheduled};
use fanfare_domain::ConnectionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::problem::Answer;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DisconnectInput {
    #[schema(value_type = String)]
    connection_id: ConnectionId,
    scheduled: ScheduledInput,
}

/// What becomes of deliveries that have not begun: `keep` lets them wait for the account to be connected again.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ScheduledDeliveries)]
enum ScheduledInput {
    Cancel,
    Keep,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Disconnected {
    cancelled_deliveries: usize,
}

/// Disconnect an account
///
/// Gives the grant back at the platform where that is possible, and deletes the tokens.
#[utoipa::path(post, path = "/api/platforms/{platform}/disconnect", tag = "Connections", params(("platform" = String, Path)), request_body = DisconnectInput, responses((status = 200, body = Disconnected)))]
pub(super) async fn disconnect(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(platform): Path<String>,
    Input(input): Input<DisconnectInput>,
) -> Answer<Json<Disconnected>> {
    let scheduled = match input.scheduled {
        ScheduledInput::Cancel => Scheduled::Cancel,
        ScheduledInput::Keep => Scheduled::Keep,
    };
    let id = input.connection_id;
    let cancelled_deliveries =
        connections::disconnect(&app, &caller, &platform, id, scheduled).await?;
    Ok(Json(Disconnected {
        cancelled_deliveries,
    }))
}
