//! `/api/invitations`: inviting people, and what whoever has a link does with it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use fanfare_app::accounts::Visitor;
use fanfare_app::invitations::{self, Acceptance, Accepted, Invitation, Invited};
use fanfare_app::{App, AppError, Caller, Person, workspaces};
use fanfare_domain::role::Role;
use fanfare_domain::{Action, InvitationId, Secret};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::auth::{UserView, language_of, set, user_view};
use crate::allowed::Allowed;
use crate::client_address::Visiting;
use crate::idempotency::{KeyIfAny, SaidOnce};
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::person::PersonIfAny;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::{session_cookie, words};

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MembersManage, routes!(list, invite)))
        .routes(needs(Action::MembersManage, routes!(resend)))
        .routes(needs(Action::MembersManage, routes!(withdraw)))
        .routes(routes!(look))
        .routes(routes!(accept))
}

/// An invitation that nobody has accepted yet.
#[derive(Serialize, ToSchema)]
#[schema(as = Invitation)]
struct InvitationAnswer {
    id: String,
    email: String,
    #[schema(schema_with = words::roles)]
    role: &'static str,
    /// The name of whoever made it.
    invited_by: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    expired: bool,
}

/// An invitation with its link, which is not shown again.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationWithLink {
    #[serde(flatten)]
    invitation: InvitationAnswer,
    /// To be passed on by hand. Null where it was mailed, and when this repeats an answer that has shown it.
    #[schema(required)]
    link: Option<String>,
    /// A message with the link is on its way to the address. Null when this repeats an answer that has said it.
    #[schema(required)]
    mailed: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationInput {
    email: String,
    #[schema(schema_with = words::roles)]
    role: Role,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationToken {
    /// From the link.
    token: String,
}

/// What an invitation says to whoever has its link.
#[derive(Serialize, ToSchema)]
struct InvitationLook {
    workspace_name: String,
    email: String,
    #[schema(schema_with = words::roles)]
    role: &'static str,
    invited_by: String,
    /// The address has an account to sign in with; otherwise accepting makes one.
    has_account: bool,
    expires_at: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationAcceptance {
    /// From the link.
    token: String,
    /// Of the account to be made, where the address has none.
    name: Option<String>,
    /// Of the account to be made, where the address has none.
    password: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct InvitationAccepted {
    user: UserView,
    workspace_id: String,
}

/// List open invitations
///
/// The newest first, with expired ones for 30 days.
#[utoipa::path(get, path = "/api/invitations", tag = "Members", operation_id = "list_invitations", params(Page), responses((status = 200, body = List<InvitationAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<InvitationAnswer>>> {
    let limit = page.limit()?;
    let found = invitations::list(&app, &caller, page.after()?, limit + 1).await?;
    let now = app.now();
    let items = found
        .into_iter()
        .map(|one| InvitationAnswer::new(one, now))
        .collect();
    Ok(List::page(items, limit, |one: &InvitationAnswer| {
        one.id.clone()
    }))
}

/// Invite somebody
///
/// The link works for seven days. Inviting an address again replaces its link.
#[utoipa::path(post, path = "/api/invitations", tag = "Members", operation_id = "invite", request_body = InvitationInput, responses((status = 201, body = InvitationWithLink)))]
async fn invite(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<InvitationInput>,
) -> Answer<(StatusCode, Extension<SaidOnce>, Json<InvitationWithLink>)> {
    let invited = invitations::invite(&app, &caller, &input.email, input.role).await?;
    let answer = InvitationWithLink::new(invited, app.now());
    Ok((StatusCode::CREATED, Extension(SaidOnce), Json(answer)))
}

/// Send an invitation again
///
/// With a new link; the one before works no more.
#[utoipa::path(post, path = "/api/invitations/{id}/resend", tag = "Members", operation_id = "resend_invitation", params(("id" = String, Path)), responses((status = 200, body = InvitationWithLink)))]
async fn resend(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<InvitationId>,
) -> Answer<(Extension<SaidOnce>, Json<InvitationWithLink>)> {
    let invited = invitations::resend(&app, &caller, id).await?;
    let answer = InvitationWithLink::new(invited, app.now());
    Ok((Extension(SaidOnce), Json(answer)))
}

/// Withdraw an invitation
#[utoipa::path(delete, path = "/api/invitations/{id}", tag = "Members", operation_id = "withdraw_invitation", params(("id" = String, Path)), responses((status = 204)))]
async fn withdraw(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<InvitationId>,
) -> Answer<StatusCode> {
    invitations::withdraw(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look at an invitation
///
/// For whoever has its link.
#[utoipa::path(post, path = "/api/invitations/look", tag = "Members", operation_id = "look_at_invitation", security(()), request_body = InvitationToken, responses((status = 200, body = InvitationLook)))]
async fn look(
    State(app): State<Arc<App>>,
    Input(input): Input<InvitationToken>,
) -> Answer<Json<InvitationLook>> {
    let looked = invitations::look(&app, &Secret::new(input.token)).await?;
    let invitation = looked.invitation;
    Ok(Json(InvitationLook {
        workspace_name: looked.workspace_name,
        email: invitation.email,
        role: invitation.role.as_str(),
        invited_by: invitation.invited_by_name,
        has_account: looked.has_account,
        expires_at: invitation.expires_at,
    }))
}

/// Accept an invitation
///
/// Once for each link. Who has an account signs in first; for who has none, it is made and a session begins. A repeat under the same
/// `Idempotency-Key` signs in to the account that was made.
#[utoipa::path(post, path = "/api/invitations/accept", tag = "Members", operation_id = "accept_invitation", security(()), request_body = InvitationAcceptance, responses((status = 200, body = InvitationAccepted)))]
async fn accept(
    State(app): State<Arc<App>>,
    PersonIfAny(person): PersonIfAny,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
    KeyIfAny(request_key): KeyIfAny,
    Input(input): Input<InvitationAcceptance>,
) -> Answer<impl IntoResponse> {
    let acceptance = Acceptance {
        token: Secret::new(input.token),
        name: input.name,
        password: input.password.map(Secret::new),
        language: language_of(&headers).to_owned(),
        request_key,
    };
    let accepted = invitations::accept(&app, person.as_ref(), acceptance, &visitor).await?;
    Ok((Extension(SaidOnce), joined(&app, accepted)))
}

fn joined(app: &App, accepted: Accepted) -> impl IntoResponse + use<> {
    let cookie = accepted
        .session
        .map(|token| set(session_cookie::keep(&token, &app.config.public_url)));
    let answer = InvitationAccepted {
        user: user_view(app, accepted.user),
        workspace_id: accepted.workspace.to_string(),
    };
    (cookie, Json(answer))
}

/// Answers a repeat of what joined with a new account.
pub(crate) async fn show_joined_account(
    app: &App,
    id: &str,
    password: &Secret,
    visitor: &Visitor,
) -> Answer<impl IntoResponse + use<>> {
    let id = id.parse().map_err(|_| AppError::not_found("person"))?;
    let accepted = invitations::enter_joined(app, id, password, visitor).await?;
    Ok(joined(app, accepted))
}

/// Answers a repeat of what joined with the account that one is signed in with.
pub(crate) async fn show_membership(
    app: &App,
    person: Person,
    id: &str,
) -> Answer<impl IntoResponse + use<>> {
    let id = id.parse().map_err(|_| AppError::not_found("workspace"))?;
    let own = workspaces::own(app, &person, id).await?;
    let accepted = Accepted {
        user: person.user,
        workspace: own.workspace,
        session: None,
    };
    Ok(joined(app, accepted))
}

/// An invitation as its making or renewing answers a repeat: without its link.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
    status: StatusCode,
) -> Answer<(StatusCode, Json<InvitationWithLink>)> {
    let id = id.parse().map_err(|_| AppError::not_found("invitation"))?;
    let invitation = invitations::read(app, caller, id).await?;
    let answer = InvitationWithLink {
        invitation: InvitationAnswer::new(invitation, app.now()),
        link: None,
        mailed: None,
    };
    Ok((status, Json(answer)))
}

impl InvitationAnswer {
    fn new(invitation: Invitation, now: Timestamp) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.email,
            role: invitation.role.as_str(),
            invited_by: invitation.invited_by_name,
            created_at: invitation.created_at,
            expires_at: invitation.expires_at,
            expired: invitation.expires_at <= now,
        }
    }
}

impl InvitationWithLink {
    fn new(invited: Invited, now: Timestamp) -> Self {
        Self {
            mailed: Some(invited.invitation.mailed),
            invitation: InvitationAnswer::new(invited.invitation, now),
            link: invited.link.map(Into::into),
        }
    }
}
