//! `/api/auth`: the second step of signing in, and what to do when its device is lost.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use fanfare_app::{App, accounts};
use fanfare_domain::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::links::TokenInput;
use super::{UserAnswer, signed_in};
use crate::client_address::Visiting;
use crate::input::Input;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(log_in_second_step))
        .routes(routes!(begin_recovery))
        .routes(routes!(recover))
        .routes(routes!(stop_recovery))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SecondStepInput {
    /// What signing in with the password answered.
    ticket: String,
    /// A code of the device, or a backup code.
    code: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TicketInput {
    ticket: String,
}

#[derive(Serialize, ToSchema)]
struct RecoveryBegun {
    /// From when on the link in the message works.
    available_at: Timestamp,
}

/// Take the second step of signing in
#[utoipa::path(post, path = "/api/auth/login-2fa", tag = "Accounts", security(()), request_body = SecondStepInput, responses((status = 200, body = UserAnswer)))]
async fn log_in_second_step(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<SecondStepInput>,
) -> Answer<impl IntoResponse> {
    let ticket = Secret::new(input.ticket);
    let found = accounts::log_in_second_step(&app, &ticket, &input.code, &visitor).await?;
    Ok(signed_in(&app, found))
}

/// Say that the device is lost
///
/// A message with a link leaves at once; the link works a day later.
#[utoipa::path(post, path = "/api/auth/2fa/recover", tag = "Accounts", security(()), request_body = TicketInput, responses((status = 202, body = RecoveryBegun)))]
async fn begin_recovery(
    State(app): State<Arc<App>>,
    Input(input): Input<TicketInput>,
) -> Answer<impl IntoResponse> {
    let available_at = accounts::begin_recovery(&app, &Secret::new(input.ticket)).await?;
    Ok((StatusCode::ACCEPTED, Json(RecoveryBegun { available_at })))
}

/// Sign in without the lost device
///
/// Switches two-factor authentication off.
#[utoipa::path(post, path = "/api/auth/2fa/recover/confirm", tag = "Accounts", security(()), request_body = TokenInput, responses((status = 200, body = UserAnswer)))]
async fn recover(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<TokenInput>,
) -> Answer<impl IntoResponse> {
    let found = accounts::recover(&app, &Secret::new(input.token), &visitor).await?;
    Ok(signed_in(&app, found))
}

/// Stop a recovery that was not one's own doing
#[utoipa::path(post, path = "/api/auth/2fa/recover/cancel", tag = "Accounts", security(()), request_body = TokenInput, responses((status = 204)))]
async fn stop_recovery(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<TokenInput>,
) -> Answer<StatusCode> {
    accounts::stop_recovery(&app, &Secret::new(input.token), &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}
