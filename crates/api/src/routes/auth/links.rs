//! `/api/auth`: what a link in a message leads to.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::{App, accounts};
use fanfare_domain::Secret;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{UserAnswer, user_view};
use crate::client_address::Visiting;
use crate::input::Input;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(verify_email))
        .routes(for_person(routes!(resend_verification)))
        .routes(routes!(forgot_password))
        .routes(routes!(reset_password))
}

/// What stood in the link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenInput {
    pub token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgotPasswordInput {
    email: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetPasswordInput {
    token: String,
    password: String,
}

/// Prove that an address is one's own
#[utoipa::path(post, path = "/api/auth/verify-email", tag = "Accounts", security(()), request_body = TokenInput, responses((status = 200, body = UserAnswer)))]
async fn verify_email(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<TokenInput>,
) -> Answer<Json<UserAnswer>> {
    let user = accounts::verify_email(&app, &Secret::new(input.token), &visitor).await?;
    Ok(Json(UserAnswer {
        user: user_view(&app, user),
    }))
}

/// Have the link sent again
#[utoipa::path(post, path = "/api/auth/resend-verification", tag = "Accounts", responses((status = 202)))]
async fn resend_verification(
    State(app): State<Arc<App>>,
    Person(person): Person,
) -> Answer<StatusCode> {
    accounts::resend_verification(&app, person.user.id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Ask for a new password
///
/// The answer is the same whether or not there is an account with that address.
#[utoipa::path(post, path = "/api/auth/forgot-password", tag = "Accounts", security(()), request_body = ForgotPasswordInput, responses((status = 202)))]
async fn forgot_password(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<ForgotPasswordInput>,
) -> Answer<StatusCode> {
    accounts::forgot_password(&app, &input.email, &visitor).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Choose a new password
///
/// Ends all sessions.
#[utoipa::path(post, path = "/api/auth/reset-password", tag = "Accounts", security(()), request_body = ResetPasswordInput, responses((status = 204)))]
async fn reset_password(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<ResetPasswordInput>,
) -> Answer<StatusCode> {
    let (token, password) = (Secret::new(input.token), Secret::new(input.password));
    accounts::reset_password(&app, &token, &password, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}
