//! `/api/channels`.

mod subscription;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::connections::{self, ChannelChange, ChannelView};
use fanfare_domain::{Action, ChannelId};
use fanfare_platform_kit::manifest::ContentRules;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use subscription::{CatchUpAnswer, SubscriptionAnswer};

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::ChannelsRead, routes!(list)))
        .routes(needs(Action::ChannelsWrite, routes!(change)))
        .routes(needs(Action::ChannelsWrite, routes!(order)))
        .routes(needs(Action::WebhooksRead, routes!(subscription::read)))
        .routes(needs(Action::WebhooksManage, routes!(subscription::change)))
        .routes(needs(Action::WebhooksManage, routes!(subscription::verify)))
        .routes(needs(Action::WebhooksManage, routes!(subscription::repair)))
        .routes(needs(
            Action::WebhooksManage,
            routes!(subscription::catch_up),
        ))
}

/// One page, account or profile that can be published to.
#[derive(Serialize, ToSchema)]
#[schema(as = Channel)]
pub(crate) struct ChannelAnswer {
    id: String,
    connection_id: String,
    platform: String,
    remote_id: String,
    /// The platform's name for it, or the one it was given here.
    name: String,
    /// The platform's own word: `page`, `business`, `account` …
    kind: String,
    /// The picture's address at the platform. Small, and from here, it is at `/api/channels/{id}/avatar`.
    #[schema(required)]
    avatar_url: Option<String>,
    #[schema(required)]
    url: Option<String>,
    /// Switched off, it is not offered when composing.
    enabled: bool,
    /// Paused, nothing is published to it for now.
    paused: bool,
    /// In words, what is missing before publishing works.
    #[schema(required)]
    problem: Option<String>,
    /// Its connection's.
    status: String,
    /// What it takes.
    /// With what its connection settles as the options' defaults.
    rules: ContentRules,
    /// By name, what its options are when a post leaves them out, where the connection settles it.
    #[schema(value_type = Object)]
    option_defaults: Map<String, Value>,
    /// Where it stands among the workspace's channels; lists come in this order.
    position: i64,
    /// The platform takes nothing more before then.
    #[schema(required)]
    limited_until: Option<Timestamp>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChannelInput {
    /// Up to 100 characters. Kept when the platform's own name changes.
    name: Option<String>,
    enabled: Option<bool>,
    paused: Option<bool>,
}

/// List channels
#[utoipa::path(get, path = "/api/channels", tag = "Connections", params(Page), responses((status = 200, body = List<ChannelAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ChannelAnswer>>> {
    let limit = page.limit()?;
    let found = connections::list_channels(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |channel: &ChannelAnswer| {
        channel.id.clone()
    }))
}

/// Rename, switch or pause a channel
///
/// What is left out stays as it is.
#[utoipa::path(patch, path = "/api/channels/{id}", tag = "Connections", params(("id" = String, Path)), request_body = ChannelInput, responses((status = 200, body = ChannelAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
    Input(input): Input<ChannelInput>,
) -> Answer<Json<ChannelAnswer>> {
    let change = ChannelChange {
        name: input.name,
        enabled: input.enabled,
        paused: input.paused,
    };
    Ok(Json(
        connections::change_channel(&app, &caller, id, change)
            .await?
            .into(),
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChannelOrder {
    /// In the order wanted. Those that are left out stay where they are.
    #[schema(value_type = Vec<String>)]
    channel_ids: Vec<ChannelId>,
}

/// Put channels in an order
///
/// The named channels swap places among themselves; name all of them for a whole new order.
#[utoipa::path(put, path = "/api/channels/order", tag = "Connections", request_body = ChannelOrder, responses((status = 204)))]
async fn order(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<ChannelOrder>,
) -> Answer<StatusCode> {
    connections::order_channels(&app, &caller, &input.channel_ids).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<ChannelView> for ChannelAnswer {
    fn from(view: ChannelView) -> Self {
        let ChannelView {
            channel,
            status,
            rules,
            option_defaults,
            limited_until,
        } = view;
        Self {
            id: channel.id.to_string(),
            connection_id: channel.connection_id.to_string(),
            platform: channel.platform,
            remote_id: channel.remote_id,
            name: channel.name,
            kind: channel.kind,
            avatar_url: channel.avatar_url,
            url: channel.url,
            enabled: channel.enabled,
            paused: channel.paused,
            problem: channel.problem,
            status: status.to_string(),
            rules,
            option_defaults,
            position: channel.position,
            limited_until,
        }
    }
}
