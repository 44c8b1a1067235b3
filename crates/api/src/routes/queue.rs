//! `/api/channels/{id}/queue` and `/api/queue`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::scheduling::{
    self, ChannelAgenda, Coming, FreeSlot, QueueInput, SlotInput, read_queue, set_queue,
};
use fanfare_app::{App, AppError};
use fanfare_domain::queue::Queue;
use fanfare_domain::{Action, ChannelId, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::repeat::DayOfWeek;
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
        .routes(needs(Action::ChannelsRead, routes!(read)))
        .routes(needs(Action::ChannelsWrite, routes!(replace)))
        .routes(needs(Action::ChannelsRead, routes!(next)))
        .routes(needs(Action::ChannelsRead, routes!(agenda)))
}

/// The times of the week at which a channel likes to be posted to.
#[derive(Serialize, ToSchema)]
#[schema(as = Queue)]
struct QueueAnswer {
    channel_id: String,
    /// The IANA zone whose clocks the times are read by.
    time_zone: String,
    /// In the order of the week.
    slots: Vec<SlotBody>,
}

/// One time of the week.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueSlot)]
struct SlotBody {
    weekday: DayOfWeek,
    /// Hours and minutes, such as `09:05`.
    time: String,
}

/// A whole queue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueInput)]
struct QueueBody {
    /// An IANA zone, such as `Europe/Madrid`.
    time_zone: String,
    /// At most 100, none twice.
    slots: Vec<SlotBody>,
}

/// Which channels are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ChannelsQuery {
    /// One or several channels, separated by commas.
    channel_id: String,
}

/// Where a post would go next on a channel.
#[derive(Serialize, ToSchema)]
#[schema(as = FreeSlot)]
struct FreeSlotAnswer {
    channel_id: String,
    /// The next free slot; absent when there is none.
    #[schema(required)]
    at: Option<Timestamp>,
    /// The zone of the channel's queue.
    #[schema(required)]
    time_zone: Option<String>,
    /// Why there is no slot.
    #[schema(required)]
    reason: Option<Reason>,
}

/// A stable code, and the same in words.
#[derive(Serialize, ToSchema)]
#[schema(as = NoSlotReason)]
struct Reason {
    code: String,
    detail: String,
}

/// A channel and what is next on it.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelAgenda)]
struct AgendaAnswer {
    channel_id: String,
    /// The zone of the channel's queue; absent while it has none.
    #[schema(required)]
    time_zone: Option<String>,
    slots_a_week: usize,
    /// The coming two weeks in order, at most twenty entries.
    coming: Vec<ComingAnswer>,
}

/// A slot, a post that has a time, or a post in a slot.
#[derive(Serialize, ToSchema)]
#[schema(as = AgendaEntry)]
struct ComingAnswer {
    at: Timestamp,
    is_slot: bool,
    /// Absent while the slot is free.
    #[schema(required)]
    post: Option<ComingPost>,
}

/// What goes out then.
#[derive(Serialize, ToSchema)]
#[schema(as = AgendaPost)]
struct ComingPost {
    id: String,
    delivery_id: String,
    /// As this channel gets it.
    text: String,
    state: String,
    repeats: bool,
}

/// Show a channel's queue
///
/// Empty for a channel that has none yet.
#[utoipa::path(get, path = "/api/channels/{id}/queue", tag = "Scheduling", operation_id = "read_queue", params(("id" = String, Path)), responses((status = 200, body = QueueAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
) -> Answer<Json<QueueAnswer>> {
    let queue = read_queue(&app, &caller, id).await?;
    Ok(Json(QueueAnswer::new(id, queue)))
}

/// Set a channel's queue
///
/// Replaces all its slots. Posts that are in the queue already keep their times.
#[utoipa::path(put, path = "/api/channels/{id}/queue", tag = "Scheduling", operation_id = "set_queue", params(("id" = String, Path)), request_body = QueueBody, responses((status = 200, body = QueueAnswer)))]
async fn replace(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
    Input(body): Input<QueueBody>,
) -> Answer<Json<QueueAnswer>> {
    let slots = body.slots.into_iter().map(|slot| SlotInput {
        weekday: slot.weekday.into(),
        time: slot.time,
    });
    let input = QueueInput {
        time_zone: body.time_zone,
        slots: slots.collect(),
    };
    let queue = set_queue(&app, &caller, id, &input).await?;
    Ok(Json(QueueAnswer::new(id, queue)))
}

/// Find free slots
///
/// Each channel's next free slot, or why it has none.
#[utoipa::path(get, path = "/api/queue/next", tag = "Scheduling", operation_id = "next_free_slots", params(ChannelsQuery), responses((status = 200, body = List<FreeSlotAnswer>)))]
async fn next(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<ChannelsQuery>,
) -> Answer<Json<List<FreeSlotAnswer>>> {
    let found =
        scheduling::next_free_slots(&app, &caller, &named_channels(&query.channel_id)?).await?;
    Ok(List::whole(found.into_iter().map(Into::into).collect()))
}

/// Show what is next
///
/// For every channel, its coming slots and the posts that have a time.
#[utoipa::path(get, path = "/api/queue", tag = "Scheduling", operation_id = "agenda", params(Page), responses((status = 200, body = List<AgendaAnswer>)))]
async fn agenda(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<AgendaAnswer>>> {
    let limit = page.limit()?;
    let found = scheduling::agenda(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |one: &AgendaAnswer| {
        one.channel_id.clone()
    }))
}

/// The channels that a query names, separated by commas.
pub(super) fn named_channels(text: &str) -> Answer<Vec<ChannelId>> {
    const MOST: usize = 100;
    let words: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > MOST {
        let detail = format!("Name 1 to {MOST} channels, separated by commas.");
        return Err(AppError::invalid_field("channel_id", ErrorCode::OutOfRange, detail).into());
    }
    let mut ids = Vec::new();
    for word in words {
        let id = word.parse().map_err(|_| {
            let detail =
                "There is no such channel in this workspace; it may have been disconnected.";
            AppError::invalid_field("channel_id", ErrorCode::UnknownChannel, detail)
        })?;
        ids.push(id);
    }
    Ok(ids)
}

impl QueueAnswer {
    fn new(channel: ChannelId, queue: Queue) -> Self {
        let slots = queue.slots.into_iter().map(|slot| SlotBody {
            weekday: slot.weekday.into(),
            time: slot.time.to_string(),
        });
        Self {
            channel_id: channel.to_string(),
            slots: slots.collect(),
            time_zone: queue.time_zone,
        }
    }
}

impl From<FreeSlot> for FreeSlotAnswer {
    fn from(slot: FreeSlot) -> Self {
        let (at, reason) = match slot.at {
            Ok(at) => (Some(at), None),
            Err(wrong) => {
                let code = wrong.code.to_string();
                let detail = wrong.detail;
                (None, Some(Reason { code, detail }))
            }
        };
        Self {
            channel_id: slot.channel.to_string(),
            at,
            time_zone: slot.time_zone,
            reason,
        }
    }
}

impl From<ChannelAgenda> for AgendaAnswer {
    fn from(agenda: ChannelAgenda) -> Self {
        Self {
            channel_id: agenda.channel.to_string(),
            time_zone: agenda.time_zone,
            slots_a_week: agenda.slots_a_week,
            coming: agenda.coming.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Coming> for ComingAnswer {
    fn from(coming: Coming) -> Self {
        Self {
            at: coming.at,
            is_slot: coming.is_slot,
            post: coming.entry.map(|entry| ComingPost {
                id: entry.post_id.to_string(),
                delivery_id: entry.delivery_id.to_string(),
                text: entry.text,
                state: entry.state.to_string(),
                repeats: entry.series_id.is_some(),
            }),
        }
    }
}
