//! `/api/auth/2fa`: switching two-factor authentication on and off.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use fanfare_app::{App, accounts};
use fanfare_domain::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::PasswordAgain;
use crate::client_address::Visiting;
use crate::idempotency::SaidOnce;
use crate::input::Input;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(for_person(routes!(set_up)))
        .routes(for_person(routes!(verify)))
        .routes(for_person(routes!(disable)))
        .routes(for_person(routes!(new_backup_codes)))
}

/// A secret for a device, in three forms.
#[derive(Serialize, ToSchema)]
struct TwoFactorSecret {
    /// To be typed: base32.
    secret: String,
    otpauth_uri: String,
    /// The same as a picture to be scanned.
    qr_svg: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeInput {
    code: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DisableInput {
    password: String,
    code: String,
}

/// Ten codes for days without the device, each for one use. They are not shown again.
#[derive(Serialize, ToSchema)]
struct BackupCodes {
    backup_codes: Vec<String>,
}

/// Begin two-factor authentication
///
/// It is on once a code of the device was verified. Whoever signed in a while ago gives the password again.
#[utoipa::path(post, path = "/api/auth/2fa/setup", tag = "Accounts", request_body = Option<PasswordAgain>, responses((status = 200, body = TwoFactorSecret)))]
async fn set_up(
    State(app): State<Arc<App>>,
    Person(person): Person,
    input: Option<Input<PasswordAgain>>,
) -> Answer<(Extension<SaidOnce>, Json<TwoFactorSecret>)> {
    let password = input
        .and_then(|Input(input)| input.password)
        .map(Secret::new);
    let new = accounts::begin_two_factor(&app, &person, password.as_ref()).await?;
    let answer = TwoFactorSecret {
        secret: new.text.expose().to_owned(),
        otpauth_uri: new.otpauth_uri.expose().to_owned(),
        qr_svg: new.qr_svg.expose().to_owned(),
    };
    Ok((Extension(SaidOnce), Json(answer)))
}

/// Switch two-factor authentication on
#[utoipa::path(post, path = "/api/auth/2fa/verify", tag = "Accounts", request_body = CodeInput, responses((status = 200, body = BackupCodes)))]
async fn verify(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Input(input): Input<CodeInput>,
) -> Answer<(Extension<SaidOnce>, Json<BackupCodes>)> {
    let id = person.user.id;
    let backup_codes = accounts::verify_two_factor(&app, id, &input.code, &visitor).await?;
    Ok((Extension(SaidOnce), Json(BackupCodes { backup_codes })))
}

/// Switch two-factor authentication off
#[utoipa::path(post, path = "/api/auth/2fa/disable", tag = "Accounts", request_body = DisableInput, responses((status = 204)))]
async fn disable(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Input(input): Input<DisableInput>,
) -> Answer<StatusCode> {
    let password = Secret::new(input.password);
    accounts::disable_two_factor(&app, &person, &password, &input.code, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make new backup codes
///
/// The old ones work no more.
#[utoipa::path(post, path = "/api/auth/2fa/backup-codes", tag = "Accounts", request_body = CodeInput, responses((status = 200, body = BackupCodes)))]
async fn new_backup_codes(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Input(input): Input<CodeInput>,
) -> Answer<(Extension<SaidOnce>, Json<BackupCodes>)> {
    let id = person.user.id;
    let backup_codes = accounts::new_backup_codes(&app, id, &input.code, &visitor).await?;
    Ok((Extension(SaidOnce), Json(BackupCodes { backup_codes })))
}
