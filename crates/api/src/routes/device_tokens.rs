//! `/api/auth/token`: signing in without a browser.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::accounts::{self, DeviceSignedIn, DeviceSigningIn};
use fanfare_app::{App, AppError, FieldError};
use fanfare_domain::{ErrorCode, Secret};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::client_address::Visiting;
use crate::input::Input;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(token))
}

/// What a device shows to be given tokens.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GrantType)]
enum GrantType {
    Password,
    RefreshToken,
}

/// With `password`: e-mail address, password and a name for the device. With `refresh_token`: that token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DeviceTokenInput)]
struct TokenInput {
    grant_type: GrantType,
    email: Option<String>,
    password: Option<String>,
    /// What the device is called in the list of sessions.
    device_name: Option<String>,
    /// Of the second step, where the account has one.
    code: Option<String>,
    refresh_token: Option<String>,
}

/// Tokens for a device. Neither is shown again.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceTokens)]
struct TokenAnswer {
    /// Sent as `Authorization: Bearer …`; begins with `ffa_`.
    access_token: String,
    /// Good for one use; begins with `ffr_`.
    refresh_token: String,
    /// How many seconds the access token works.
    expires_in: i64,
}

/// Sign a device in, or get it new tokens
///
/// For mobile apps and assistants. The access token acts as its person, in the workspace that `Fanfare-Workspace` names. Each refresh token is
/// good for one use: using one again signs the device out, as two hold it then. It takes no `Idempotency-Key`, as no token is kept to be
/// answered again: a repeat of `password` signs in as another device, which `/api/auth/sessions` lists and ends.
#[utoipa::path(post, path = "/api/auth/token", tag = "Accounts", security(()), request_body = TokenInput, responses((status = 200, body = TokenAnswer)))]
async fn token(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<TokenInput>,
) -> Answer<Json<TokenAnswer>> {
    let given = match input.grant_type {
        GrantType::Password => {
            let device = device(input)?;
            accounts::sign_in_device(&app, device, &visitor).await?
        }
        GrantType::RefreshToken => {
            let [token] = needed([("refresh_token", input.refresh_token)])?;
            accounts::refresh_device(&app, &Secret::new(token), &visitor).await?
        }
    };
    Ok(Json(given.into()))
}

fn device(input: TokenInput) -> Answer<DeviceSigningIn> {
    let [email, password, device_name] = needed([
        ("email", input.email),
        ("password", input.password),
        ("device_name", input.device_name),
    ])?;
    Ok(DeviceSigningIn {
        email,
        password: Secret::new(password),
        device_name,
        code: input.code.map(Secret::new),
    })
}

/// What this grant needs, which another may not.
fn needed<const MANY: usize>(fields: [(&str, Option<String>); MANY]) -> Answer<[String; MANY]> {
    let wrong: Vec<_> = fields
        .iter()
        .filter(|(_, value)| value.as_deref().unwrap_or_default().is_empty())
        .map(|(field, _)| FieldError::new(*field, ErrorCode::Required, "This is needed."))
        .collect();
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong).into());
    }
    Ok(fields.map(|(_, value)| value.unwrap_or_default()))
}

impl From<DeviceSignedIn> for TokenAnswer {
    fn from(given: DeviceSignedIn) -> Self {
        Self {
            access_token: given.access_token.expose().to_owned(),
            refresh_token: given.refresh_token.expose().to_owned(),
            expires_in: given.expires_in_seconds,
        }
    }
}
