//! `/api/account`: one's own account.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use fanfare_app::App;
use fanfare_app::accounts::{self, Agreement};
use fanfare_domain::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::{TokenInput, UserView, user_view};
use crate::client_address::Visiting;
use crate::idempotency::SaidOnce;
use crate::input::Input;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(for_person(routes!(read)))
        .routes(for_person(routes!(change)))
        .routes(for_person(routes!(delete)))
        .routes(for_person(routes!(change_password)))
        .routes(for_person(routes!(change_email)))
        .routes(for_person(routes!(cancel_email_change)))
        .routes(routes!(confirm_email))
        .routes(for_person(routes!(export)))
}

/// One's own account.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
struct AccountView {
    user: UserView,
    two_factor: TwoFactorView,
    /// Without one, another provider or a passkey lets them in.
    has_password: bool,
    /// In which one is written to: `en` or `es`.
    language: String,
    /// The address that waits to be agreed to.
    #[schema(required)]
    pending_email: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TwoFactor)]
struct TwoFactorView {
    enabled: bool,
    #[schema(required)]
    enabled_at: Option<Timestamp>,
    backup_codes_left: usize,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountInput {
    name: Option<String>,
    language: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordInput {
    current_password: String,
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailInput {
    email: String,
    password: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeleteAccountInput {
    password: String,
    /// Needed while two-factor authentication is on.
    code: Option<String>,
}

/// A change of address that has begun.
#[derive(Serialize, ToSchema)]
struct EmailChangeBegun {
    pending_email: String,
    /// Where no mail can be sent: the links that would have been.
    #[schema(required)]
    links: Option<Vec<EmailLink>>,
}

#[derive(Serialize, ToSchema)]
struct EmailLink {
    email: String,
    url: String,
}

/// How a change of address stands.
#[derive(Serialize, ToSchema)]
struct EmailAgreement {
    done: bool,
    /// Which address is still to agree: `old` or `new`.
    #[schema(required)]
    waiting_for: Option<&'static str>,
}

/// See one's own account
#[utoipa::path(get, path = "/api/account", tag = "Accounts", responses((status = 200, body = AccountView)))]
async fn read(State(app): State<Arc<App>>, Person(person): Person) -> Answer<Json<AccountView>> {
    let account = accounts::account(&app, person.user.id).await?;
    Ok(Json(view(&app, account)))
}

/// Change one's name or language
#[utoipa::path(patch, path = "/api/account", tag = "Accounts", request_body = AccountInput, responses((status = 200, body = AccountView)))]
async fn change(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Input(input): Input<AccountInput>,
) -> Answer<Json<AccountView>> {
    let (name, language) = (input.name.as_deref(), input.language.as_deref());
    let account = accounts::change_account(&app, person.user.id, name, language).await?;
    Ok(Json(view(&app, account)))
}

/// Delete one's account
///
/// Workspaces in which nobody else is go with it.
#[utoipa::path(delete, path = "/api/account", tag = "Accounts", request_body = DeleteAccountInput, responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Input(input): Input<DeleteAccountInput>,
) -> Answer<StatusCode> {
    let password = Secret::new(input.password);
    accounts::delete_account(&app, &person, &password, input.code.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's password
///
/// Ends all other sessions.
#[utoipa::path(post, path = "/api/account/password", tag = "Accounts", request_body = PasswordInput, responses((status = 204)))]
async fn change_password(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Input(input): Input<PasswordInput>,
) -> Answer<StatusCode> {
    let current = Secret::new(input.current_password);
    let new = Secret::new(input.password);
    accounts::change_password(&app, &person, &current, &new, &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's e-mail address
///
/// The present and the new address both have to agree, each by a link sent there.
#[utoipa::path(post, path = "/api/account/email", tag = "Accounts", request_body = EmailInput, responses((status = 202, body = EmailChangeBegun)))]
async fn change_email(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Input(input): Input<EmailInput>,
) -> Answer<impl IntoResponse> {
    let password = Secret::new(input.password);
    let pending = accounts::change_email(&app, &person, &input.email, &password).await?;
    let links = pending.links.map(|links| {
        let link = |(email, url): (String, url::Url)| EmailLink {
            email,
            url: url.to_string(),
        };
        links.into_iter().map(link).collect()
    });
    let answer = EmailChangeBegun {
        pending_email: pending.new_email,
        links,
    };
    Ok((StatusCode::ACCEPTED, Extension(SaidOnce), Json(answer)))
}

/// Call off a change of one's e-mail address
#[utoipa::path(delete, path = "/api/account/email", tag = "Accounts", responses((status = 204)))]
async fn cancel_email_change(
    State(app): State<Arc<App>>,
    Person(person): Person,
) -> Answer<StatusCode> {
    accounts::cancel_email_change(&app, person.user.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Agree to a change of one's e-mail address
#[utoipa::path(post, path = "/api/account/email/confirm", tag = "Accounts", security(()), request_body = TokenInput, responses((status = 200, body = EmailAgreement)))]
async fn confirm_email(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    Input(input): Input<TokenInput>,
) -> Answer<Json<EmailAgreement>> {
    let agreement = accounts::confirm_email(&app, &Secret::new(input.token), &visitor).await?;
    let waiting_for = match agreement {
        Agreement::Done => None,
        Agreement::WaitsForOld => Some("old"),
        Agreement::WaitsForNew => Some("new"),
    };
    Ok(Json(EmailAgreement {
        done: waiting_for.is_none(),
        waiting_for,
    }))
}

/// Take along what is kept about oneself
#[utoipa::path(get, path = "/api/account/export", tag = "Accounts", responses((status = 200, content_type = "application/json", body = serde_json::Value)))]
async fn export(State(app): State<Arc<App>>, Person(person): Person) -> Answer<impl IntoResponse> {
    let data = accounts::export(&app, &person).await?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"fanfare-account.json\"",
        ),
    ];
    Ok((headers, format!("{data:#}\n")))
}

fn view(app: &App, account: accounts::Account) -> AccountView {
    AccountView {
        two_factor: TwoFactorView {
            enabled: account.user.two_factor_at.is_some(),
            enabled_at: account.user.two_factor_at,
            backup_codes_left: account.backup_codes_left,
        },
        has_password: account.has_password,
        language: account.user.language.clone(),
        pending_email: account.pending_email,
        user: user_view(app, account.user),
    }
}
