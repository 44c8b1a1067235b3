//! `/api/auth/passkeys`: signing in without a password, and the passkeys of one's account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::accounts::passkeys::{self, Asked, NewPasskey, Passkey};
use fanfare_app::{App, AppError};
use fanfare_domain::{PasskeyId, Secret};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{PasswordAgain, UserAnswer, set, signed_in};
use crate::away_cookie;
use crate::client_address::Visiting;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(ask_to_sign_in))
        .routes(routes!(sign_in))
        .routes(for_person(routes!(ask_to_add)))
        .routes(for_person(routes!(list, add)))
        .routes(for_person(routes!(rename, remove)))
}

/// What an authenticator is asked to sign, within five minutes.
#[derive(Serialize, ToSchema)]
struct PasskeyChallenge {
    /// Goes with the answer.
    challenge_id: String,
    /// As `navigator.credentials` takes it, bytes in base64url.
    #[schema(value_type = Object)]
    options: Value,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasskeySignIn {
    challenge_id: String,
    /// As the authenticator answered it, bytes in base64url.
    #[schema(value_type = Object)]
    credential: Value,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasskeyInput {
    challenge_id: String,
    /// As the authenticator answered it, bytes in base64url.
    #[schema(value_type = Object)]
    credential: Value,
    /// After the browser when absent.
    name: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasskeyName {
    name: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Passkey)]
struct PasskeyView {
    id: String,
    name: String,
    created_at: Timestamp,
    #[schema(required)]
    last_used_at: Option<Timestamp>,
}

/// Ask for a passkey to sign in with
#[utoipa::path(post, path = "/api/auth/passkeys/challenge", tag = "Accounts", security(()), responses((status = 200, body = PasskeyChallenge)))]
async fn ask_to_sign_in(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let browser = away_cookie::read(&headers, &app.config.public_url);
    let asked = passkeys::begin_sign_in(&app, browser, &visitor).await?;
    Ok(challenge(&app, asked))
}

/// Sign in with a passkey
///
/// It counts as both steps.
#[utoipa::path(post, path = "/api/auth/passkeys/login", tag = "Accounts", security(()), request_body = PasskeySignIn, responses((status = 200, body = UserAnswer)))]
async fn sign_in(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
    Input(input): Input<PasskeySignIn>,
) -> Answer<impl IntoResponse> {
    let browser = away_cookie::read(&headers, &app.config.public_url);
    let (id, answer) = (&input.challenge_id, input.credential);
    let found = passkeys::sign_in(&app, id, answer, browser.as_ref(), &visitor).await?;
    Ok(signed_in(&app, found))
}

/// Ask an authenticator for a new passkey
#[utoipa::path(post, path = "/api/auth/passkeys/registration", tag = "Accounts", request_body = PasswordAgain, responses((status = 200, body = PasskeyChallenge)))]
async fn ask_to_add(
    State(app): State<Arc<App>>,
    Person(person): Person,
    headers: HeaderMap,
    Input(input): Input<PasswordAgain>,
) -> Answer<impl IntoResponse> {
    let browser = away_cookie::read(&headers, &app.config.public_url);
    let password = input.password.map(Secret::new);
    let asked = passkeys::begin_adding(&app, &person, password.as_ref(), browser).await?;
    Ok(challenge(&app, asked))
}

/// Add a passkey to one's account
#[utoipa::path(post, path = "/api/auth/passkeys", tag = "Accounts", request_body = PasskeyInput, responses((status = 201, body = PasskeyView)))]
async fn add(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
    Input(input): Input<PasskeyInput>,
) -> Answer<impl IntoResponse> {
    let browser = away_cookie::read(&headers, &app.config.public_url);
    let new = NewPasskey {
        challenge: input.challenge_id,
        credential: input.credential,
        name: input.name,
    };
    let made = passkeys::add(&app, &person, new, browser.as_ref(), &visitor).await?;
    Ok((StatusCode::CREATED, Json(PasskeyView::from(made))))
}

/// A passkey as its adding answers.
pub(crate) async fn show_made_passkey(
    app: &App,
    person: &fanfare_app::Person,
    id: &str,
) -> Answer<Response> {
    let own = passkeys::list(app, person).await?;
    let made = own.into_iter().find(|one| one.id.to_string() == id);
    let made = made.ok_or_else(|| AppError::not_found("passkey"))?;
    Ok((StatusCode::CREATED, Json(PasskeyView::from(made))).into_response())
}

/// List one's passkeys
#[utoipa::path(get, path = "/api/auth/passkeys", tag = "Accounts", params(Page), responses((status = 200, body = List<PasskeyView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Params(page): Params<Page>,
) -> Answer<Json<List<PasskeyView>>> {
    let own = passkeys::list(&app, &person).await?;
    List::part(own, &page, |one| one.id)
}

/// Call a passkey otherwise
#[utoipa::path(patch, path = "/api/auth/passkeys/{id}", tag = "Accounts", params(("id" = String, Path)), request_body = PasskeyName, responses((status = 200, body = PasskeyView)))]
async fn rename(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Id(id): Id<PasskeyId>,
    Input(input): Input<PasskeyName>,
) -> Answer<Json<PasskeyView>> {
    let renamed = passkeys::rename(&app, &person, id, &input.name).await?;
    Ok(Json(renamed.into()))
}

/// Remove a passkey
#[utoipa::path(delete, path = "/api/auth/passkeys/{id}", tag = "Accounts", params(("id" = String, Path)), request_body = PasswordAgain, responses((status = 204)))]
async fn remove(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Id(id): Id<PasskeyId>,
    Input(input): Input<PasswordAgain>,
) -> Answer<StatusCode> {
    let password = input.password.map(Secret::new);
    passkeys::remove(&app, &person, id, password.as_ref(), &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn challenge(app: &App, asked: Asked) -> impl IntoResponse + use<> {
    let cookie = set(away_cookie::keep(&asked.browser, &app.config.public_url));
    let answer = PasskeyChallenge {
        challenge_id: asked.id,
        options: asked.options,
    };
    (cookie, Json(answer))
}

impl From<Passkey> for PasskeyView {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.id.to_string(),
            name: passkey.name,
            created_at: passkey.created_at,
            last_used_at: passkey.last_used_at,
        }
    }
}
