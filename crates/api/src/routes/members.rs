//! `/api/members`: who belongs to the workspace.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::members::{self, Member};
use fanfare_domain::role::Role;
use fanfare_domain::{Action, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MembersRead, routes!(list)))
        .routes(needs(Action::MembersManage, routes!(change, remove)))
}

/// A member of the workspace.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
struct MemberAnswer {
    user_id: String,
    name: String,
    email: String,
    #[schema(schema_with = words::roles)]
    role: &'static str,
    /// They sign in with a second factor.
    two_factor: bool,
    joined_at: Timestamp,
    /// When they acted in this workspace last, as far as it is noted: up to an hour late.
    #[schema(required)]
    last_seen_at: Option<Timestamp>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberChange {
    #[schema(schema_with = words::roles)]
    role: Role,
}

/// List the members
#[utoipa::path(get, path = "/api/members", tag = "Members", operation_id = "list_members", params(Page), responses((status = 200, body = List<MemberAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<MemberAnswer>>> {
    let limit = page.limit()?;
    let found = members::list(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |member: &MemberAnswer| {
        member.user_id.clone()
    }))
}

/// Change a member's role
///
/// Only owners make or unmake owners.
#[utoipa::path(patch, path = "/api/members/{id}", tag = "Members", operation_id = "change_member", params(("id" = String, Path, description = "The member's `user_id`.")), request_body = MemberChange, responses((status = 200, body = MemberAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<UserId>,
    Input(input): Input<MemberChange>,
) -> Answer<Json<MemberAnswer>> {
    let changed = members::change_role(&app, &caller, id, input.role).await?;
    Ok(Json(changed.into()))
}

/// Remove a member
///
/// From their next request on. What they made stays; their API keys of this workspace stop working.
#[utoipa::path(delete, path = "/api/members/{id}", tag = "Members", operation_id = "remove_member", params(("id" = String, Path, description = "The member's `user_id`.")), responses((status = 204)))]
async fn remove(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<UserId>,
) -> Answer<StatusCode> {
    members::remove(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Member> for MemberAnswer {
    fn from(member: Member) -> Self {
        Self {
            user_id: member.user.to_string(),
            name: member.name,
            email: member.email,
            role: member.role.as_str(),
            two_factor: member.two_factor,
            joined_at: member.joined_at,
            last_seen_at: member.last_seen_at,
        }
    }
}
