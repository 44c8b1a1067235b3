//! How each channel is heard.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::hearing::{self, ChannelHealth};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::page::{ByNumber, List, Page};
use crate::params::Params;
use crate::problem::Answer;
use crate::routes::channels::{CatchUpAnswer, SubscriptionAnswer};

/// How one channel is heard.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelHearing)]
pub(super) struct ChannelHealthAnswer {
    channel_id: String,
    connection_id: String,
    platform: String,
    name: String,
    /// When something was last told of it, in the last week.
    #[schema(required)]
    last_heard_at: Option<Timestamp>,
    received_24h: i64,
    failed_24h: i64,
    /// When a post last went out, in the last week.
    #[schema(required)]
    last_published_at: Option<Timestamp>,
    /// Nothing was heard for 24 hours although a post had gone out.
    silent: bool,
    subscription: SubscriptionAnswer,
    /// What was missed can be read from the platform.
    can_catch_up: bool,
    /// The latest reading of what was missed.
    #[schema(required)]
    catch_up: Option<CatchUpAnswer>,
}

/// See how each channel is heard
///
/// Those of platforms where what is told is chosen for each account.
#[utoipa::path(get, path = "/api/webhook-events/health", tag = "Receiving", operation_id = "webhook_health", params(Page), responses((status = 200, body = List<ChannelHealthAnswer>)))]
pub(super) async fn health(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ChannelHealthAnswer>>> {
    let found = hearing::health(&app, &caller).await?;
    List::part(found, &page, |one| {
        ByNumber(one.channel.position, one.channel.id)
    })
}

impl From<ChannelHealth> for ChannelHealthAnswer {
    fn from(health: ChannelHealth) -> Self {
        Self {
            channel_id: health.channel.id.to_string(),
            connection_id: health.channel.connection_id.to_string(),
            platform: health.channel.platform,
            name: health.channel.name,
            last_heard_at: health.last_heard_at,
            received_24h: health.received,
            failed_24h: health.failed,
            last_published_at: health.last_published_at,
            silent: health.is_silent,
            subscription: health.subscription.into(),
            can_catch_up: health.can_catch_up,
            catch_up: health.catch_up.map(Into::into),
        }
    }
}
