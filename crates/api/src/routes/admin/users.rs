//! `/api/admin/users`: people with an account.

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use fanfare_app::App;
use fanfare_app::accounts::{self, AccountChange, UserInList};
use fanfare_domain::{Action, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::idempotency::SaidOnce;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::InstallationManage, routes!(list)))
        .routes(needs(Action::InstallationManage, routes!(change)))
        .routes(needs(Action::InstallationManage, routes!(reset_password)))
}

/// A person as an administrator sees them.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
struct PersonView {
    id: String,
    email: String,
    name: String,
    is_admin: bool,
    email_verified: bool,
    two_factor: bool,
    /// Since when they may not sign in.
    #[schema(required)]
    disabled_at: Option<Timestamp>,
    created_at: Timestamp,
    #[schema(required)]
    last_seen_at: Option<Timestamp>,
    /// In how many they are.
    workspaces: i64,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeopleParams {
    /// Part of a name or an address.
    search: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonInput {
    disabled: Option<bool>,
    is_admin: Option<bool>,
    /// `false` switches two-factor authentication off, for somebody who has lost device and backup codes.
    two_factor: Option<bool>,
}

/// What makes somebody choose a new password.
#[derive(Serialize, ToSchema)]
struct ResetAnswer {
    mailed: bool,
    /// To be handed over where no mail can be sent; it works once, for 30 minutes.
    #[schema(required)]
    link: Option<String>,
}

/// List people
#[utoipa::path(get, path = "/api/admin/users", tag = "Administration", params(PeopleParams), responses((status = 200, body = List<PersonView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Params(params): Params<PeopleParams>,
) -> Answer<Json<List<PersonView>>> {
    let page = Page {
        cursor: params.cursor,
        limit: params.limit,
    };
    let limit = page.limit()?;
    let search = params.search.unwrap_or_default();
    let people = accounts::people(&app, &search, page.after()?, limit).await?;
    let views = people.into_iter().map(Into::into).collect();
    Ok(List::page(views, limit, |person: &PersonView| {
        person.id.clone()
    }))
}

/// Change somebody's account
///
/// Shutting somebody out ends their sessions.
#[utoipa::path(patch, path = "/api/admin/users/{id}", tag = "Administration", params(("id" = String, Path)), request_body = PersonInput, responses((status = 200, body = PersonView)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<UserId>,
    Input(input): Input<PersonInput>,
) -> Answer<Json<PersonView>> {
    let change = AccountChange {
        disabled: input.disabled,
        is_admin: input.is_admin,
        without_two_factor: input.two_factor == Some(false),
    };
    let person = accounts::change_person(&app, &caller.actor(), id, change).await?;
    Ok(Json(person.into()))
}

/// Make somebody choose a new password
///
/// Ends their sessions and sends them a link.
#[utoipa::path(post, path = "/api/admin/users/{id}/reset-password", tag = "Administration", params(("id" = String, Path)), responses((status = 200, body = ResetAnswer)))]
async fn reset_password(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<UserId>,
) -> Answer<(Extension<SaidOnce>, Json<ResetAnswer>)> {
    let reset = accounts::reset_somebodys_password(&app, &caller.actor(), id).await?;
    let answer = ResetAnswer {
        mailed: reset.mailed,
        link: reset.link.map(|link| link.to_string()),
    };
    Ok((Extension(SaidOnce), Json(answer)))
}

impl From<UserInList> for PersonView {
    fn from(person: UserInList) -> Self {
        let user = person.user;
        Self {
            id: user.id.to_string(),
            email: user.email,
            name: user.name,
            is_admin: user.is_admin,
            email_verified: user.email_verified_at.is_some(),
            two_factor: user.two_factor_at.is_some(),
            disabled_at: person.disabled_at,
            created_at: user.created_at,
            last_seen_at: person.last_seen_at,
            workspaces: person.workspaces,
        }
    }
}
