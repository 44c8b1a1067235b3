//! `/api/channel-groups`: channels that are chosen together.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::connections::groups::{self, ChannelGroup, GroupChange};
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::{Action, ChannelGroupId, ChannelId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{ByNumber, List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::ChannelsRead, routes!(list)))
        .routes(needs(Action::ChannelsWrite, routes!(create)))
        .routes(needs(Action::ChannelsWrite, routes!(change)))
        .routes(needs(Action::ChannelsWrite, routes!(delete)))
}

/// A named set of channels.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelGroup)]
pub(crate) struct GroupAnswer {
    id: String,
    name: String,
    /// In the group's order.
    channel_ids: Vec<String>,
    /// Where it stands among the groups.
    position: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelGroupInput)]
struct GroupInput {
    /// Up to 60 characters, and no other group's.
    name: String,
    #[serde(default)]
    #[schema(value_type = Vec<String>, required = false)]
    channel_ids: Vec<ChannelId>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelGroupChange)]
struct GroupChangeInput {
    name: Option<String>,
    #[schema(value_type = Option<Vec<String>>)]
    channel_ids: Option<Vec<ChannelId>>,
    /// Its place among the groups, from 0.
    position: Option<u32>,
}

/// List channel groups
#[utoipa::path(get, path = "/api/channel-groups", tag = "Connections", params(Page), responses((status = 200, body = List<GroupAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<GroupAnswer>>> {
    let found = groups::list_groups(&app, &caller).await?;
    List::part(found, &page, |one| ByNumber(one.position, one.id))
}

/// Add a channel group
#[utoipa::path(post, path = "/api/channel-groups", tag = "Connections", request_body = GroupInput, responses((status = 201, body = GroupAnswer)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<GroupInput>,
) -> Answer<(StatusCode, Json<GroupAnswer>)> {
    let group = groups::create_group(&app, &caller, &input.name, &input.channel_ids).await?;
    Ok((StatusCode::CREATED, Json(group.into())))
}

/// Rename a channel group, change its channels, or move it
///
/// What is left out stays as it is.
#[utoipa::path(patch, path = "/api/channel-groups/{id}", tag = "Connections", params(("id" = String, Path)), request_body = GroupChangeInput, responses((status = 200, body = GroupAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelGroupId>,
    Input(input): Input<GroupChangeInput>,
) -> Answer<Json<GroupAnswer>> {
    let change = GroupChange {
        name: input.name,
        channels: input.channel_ids,
        position: input.position,
    };
    let group = groups::change_group(&app, &caller, id, &change).await?;
    Ok(Json(group.into()))
}

/// Delete a channel group
///
/// Its channels stay.
#[utoipa::path(delete, path = "/api/channel-groups/{id}", tag = "Connections", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelGroupId>,
) -> Answer<StatusCode> {
    groups::delete_group(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A group as its making answers it.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<GroupAnswer>)> {
    let id = id.parse().map_err(|_| AppError::not_found("group"))?;
    let group = groups::read_group(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(group.into())))
}

impl From<ChannelGroup> for GroupAnswer {
    fn from(group: ChannelGroup) -> Self {
        Self {
            id: group.id.to_string(),
            name: group.name,
            channel_ids: group.channels.iter().map(ToString::to_string).collect(),
            position: group.position,
        }
    }
}
