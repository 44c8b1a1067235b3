//! `/api/auth`: registering, signing in and out, and what to show first.

mod links;
mod oidc;
#[cfg(feature = "passkeys")]
mod passkeys;
mod second_step;
mod two_factor;

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse};
use axum::{Extension, Json};
use fanfare_app::accounts::{self, LoggedIn, Registration, SessionToken, User, Visitor};
use fanfare_app::mail::LANGUAGES;
use fanfare_app::{App, AppError};
use fanfare_domain::{ErrorCode, Secret};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::workspaces::WorkspaceView;
use crate::client_address::Visiting;
use crate::idempotency::{KeyIfAny, SaidOnce};
use crate::input::Input;
use crate::problem::Answer;
use crate::session_cookie;
use crate::signed_in::{ShownIfAny, session_token};
use crate::state::ApiState;

pub(crate) use links::TokenInput;
#[cfg(feature = "passkeys")]
pub(crate) use passkeys::show_made_passkey;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    let always = OpenApiRouter::new()
        .routes(routes!(status))
        .routes(routes!(register))
        .routes(routes!(log_in))
        .routes(routes!(log_out))
        .merge(links::router())
        .merge(oidc::router())
        .merge(second_step::router())
        .merge(two_factor::router());
    #[cfg(feature = "passkeys")]
    let always = always.merge(passkeys::router());
    always
}

/// A person with an account.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserView {
    id: String,
    email: String,
    name: String,
    is_admin: bool,
    /// The address is proved, or cannot be: without it they look around but publish nothing.
    email_verified: bool,
    /// Signing in takes a second step.
    two_factor: bool,
    created_at: Timestamp,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct UserAnswer {
    pub user: UserView,
}

/// What proves that it is still the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordAgain {
    /// Needed when the last sign-in was a while ago.
    password: Option<String>,
}

/// A session has begun, or the second step is to be taken.
#[derive(Serialize, ToSchema)]
struct LoginAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<UserView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    two_factor_required: Option<bool>,
    /// Goes with the code to `/api/auth/login-2fa`, within ten minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<String>,
}

/// What the interface shows first.
#[derive(Serialize, ToSchema)]
struct AuthStatus {
    authenticated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<UserView>,
    /// They have a second step, or signed in with a passkey: workspaces that ask for two steps let them in.
    took_two_steps: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    workspaces: Option<Vec<WorkspaceView>>,
    /// Where requests act that name no workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_id: Option<String>,
    /// Pretend platforms are on.
    sandbox: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox_url: Option<String>,
    registration_open: bool,
    /// Messages can be sent, or are shown in the sandbox's mailbox.
    mail: bool,
    /// Another provider that one may sign in with.
    #[schema(required)]
    oidc: Option<OidcView>,
    /// One may sign in with a passkey.
    passkeys: bool,
    /// An administrator exists.
    set_up: bool,
    version: String,
}

/// What signing in with another provider is called.
#[derive(Serialize, ToSchema)]
#[schema(as = OidcProvider)]
struct OidcView {
    name: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterInput {
    email: String,
    password: String,
    name: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LoginInput {
    email: String,
    password: String,
}

/// Who is signed in
#[utoipa::path(get, path = "/api/auth/status", tag = "Accounts", security(()), responses((status = 200, body = AuthStatus)))]
async fn status(
    State(app): State<Arc<App>>,
    ShownIfAny(shown): ShownIfAny,
) -> Answer<impl IntoResponse> {
    let status = accounts::status(&app, shown.as_ref()).await?;
    // Each look prolongs the session, and so the cookie.
    let cookie = match (&status.user, shown.map(|shown| shown.token)) {
        (Some(_), Some(SessionToken::Browser(token))) => {
            Some(set(session_cookie::keep(&token, &app.config.public_url)))
        }
        _ => None,
    };
    let is_signed_in = status.user.is_some();
    let workspaces = status.workspaces.into_iter().map(Into::into).collect();
    let answer = AuthStatus {
        authenticated: is_signed_in,
        user: status.user.map(|user| user_view(&app, user)),
        took_two_steps: status.took_two_steps,
        workspaces: is_signed_in.then_some(workspaces),
        workspace_id: status.current.map(|id| id.to_string()),
        sandbox: app.config.sandbox_url.is_some(),
        sandbox_url: app.config.sandbox_url.as_ref().map(ToString::to_string),
        registration_open: status.registration_open,
        mail: app.mail.can_send(),
        oidc: app.oidc.as_ref().map(|provider| OidcView {
            name: provider.settings.name.clone(),
        }),
        passkeys: app.takes_passkeys(),
        set_up: status.set_up,
        version: app.config.version.to_owned(),
    };
    Ok((cookie, Json(answer)))
}

/// Make an account
///
/// The first account of an installation is its administrator's. A repeat under the same `Idempotency-Key` signs in to the account that was made.
#[utoipa::path(post, path = "/api/auth/register", tag = "Accounts", security(()), request_body = RegisterInput, responses((status = 201, body = UserAnswer)))]
async fn register(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
    KeyIfAny(request_key): KeyIfAny,
    Input(input): Input<RegisterInput>,
) -> Answer<impl IntoResponse> {
    let registration = Registration {
        email: input.email,
        password: Secret::new(input.password),
        name: input.name,
        language: language_of(&headers).to_owned(),
        request_key,
    };
    let found = accounts::register(&app, registration, &visitor).await?;
    Ok((
        StatusCode::CREATED,
        Extension(SaidOnce),
        signed_in(&app, found),
    ))
}

/// Answers a repeat of what made the account.
pub(crate) async fn show_made_account(
    app: &App,
    id: &str,
    password: &Secret,
    visitor: &Visitor,
) -> Answer<impl IntoResponse + use<>> {
    let id = id.parse().map_err(|_| AppError::not_found("person"))?;
    let found = accounts::enter_made(app, id, password, visitor).await?;
    Ok((StatusCode::CREATED, signed_in(app, found)))
}

/// A session's cookie, and whose it is.
fn signed_in(app: &App, found: accounts::SignedIn) -> impl IntoResponse + use<> {
    let cookie = session_cookie::keep(&found.token, &app.config.public_url);
    let user = user_view(app, found.user);
    (set(cookie), Json(UserAnswer { user }))
}

/// The first language of ours that a browser asks for.
pub(super) fn language_of(headers: &HeaderMap) -> &'static str {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let codes = asked
        .unwrap_or_default()
        .split(',')
        .filter_map(|tag| tag.trim().split(['-', ';']).next());
    codes
        .filter_map(|code| {
            LANGUAGES
                .into_iter()
                .find(|one| code.eq_ignore_ascii_case(one))
        })
        .next()
        .unwrap_or("en")
}

/// Sign in
///
/// Where two-factor authentication is on, this is the first step: the answer holds a ticket for the second.
#[utoipa::path(post, path = "/api/auth/login", tag = "Accounts", security(()), request_body = LoginInput, responses((status = 200, body = LoginAnswer)))]
async fn log_in(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<LoginInput>,
) -> Answer<impl IntoResponse> {
    let missing = [("email", &input.email), ("password", &input.password)];
    if let Some((field, _)) = missing.into_iter().find(|(_, value)| value.is_empty()) {
        return Err(AppError::invalid_field(field, ErrorCode::Required, "This is needed.").into());
    }
    let password = Secret::new(input.password);
    let answer = match accounts::log_in(&app, &input.email, &password, &visitor).await? {
        LoggedIn::Session(found) => signed_in(&app, found).into_response(),
        LoggedIn::SecondStep(ticket) => Json(LoginAnswer {
            user: None,
            two_factor_required: Some(true),
            ticket: Some(ticket.expose().to_owned()),
        })
        .into_response(),
    };
    Ok(answer)
}

/// Sign out
///
/// A device's refresh tokens end with it; its last access token is taken for this even when it has expired.
#[utoipa::path(post, path = "/api/auth/logout", tag = "Accounts", security(()), responses((status = 204)))]
async fn log_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Answer<impl IntoResponse> {
    if let Some(token) = session_token(&headers, &app.config.public_url) {
        accounts::log_out(&app, &token).await?;
    }
    Ok((
        StatusCode::NO_CONTENT,
        set(session_cookie::forget(&app.config.public_url)),
    ))
}

pub(super) fn set(
    cookie: HeaderValue,
) -> AppendHeaders<[(axum::http::HeaderName, HeaderValue); 1]> {
    AppendHeaders([(SET_COOKIE, cookie)])
}

pub(crate) fn user_view(app: &App, user: User) -> UserView {
    UserView {
        id: user.id.to_string(),
        email_verified: accounts::is_verified(app, &user),
        two_factor: user.two_factor_at.is_some(),
        email: user.email,
        name: user.name,
        is_admin: user.is_admin,
        created_at: user.created_at,
    }
}
