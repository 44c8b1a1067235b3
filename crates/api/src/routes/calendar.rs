//! `/api/calendar`.

use std::str::FromStr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::calendar::{
    CalendarDelivery, CalendarEntry, CalendarFilter, read_authors, read_calendar,
};
use fanfare_app::{App, AppError};
use fanfare_domain::post::PostState;
use fanfare_domain::{Action, ErrorCode, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::page::{ByName, List, Page};
use crate::params::Params;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsRead, routes!(list)))
        .routes(needs(Action::PostsRead, routes!(authors)))
}

/// Which posts are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CalendarQuery {
    /// The earliest instant.
    from: Timestamp,
    /// The first instant that is not wanted, at most 400 days later.
    to: Timestamp,
    /// Only posts that go to one of these channels; several are separated by commas.
    channel_id: Option<String>,
    /// Only posts in one of these states; several are separated by commas.
    state: Option<String>,
    /// Only posts by one of these people; several are separated by commas.
    author_id: Option<String>,
}

/// A post as a calendar shows it.
#[derive(Serialize, ToSchema)]
#[schema(as = CalendarEntry)]
struct EntryAnswer {
    /// The post's id.
    id: String,
    /// As of the post: the sum of its deliveries.
    state: String,
    /// The first 140 characters; those of a channel's own text when the post has none.
    text: String,
    /// When it went out; when it is due, while a channel still waits for it.
    at: Timestamp,
    /// The zone in which its time was chosen.
    time_zone: String,
    /// How its time was chosen: `draft`, `now`, `at` or `queue`.
    kind: String,
    #[schema(required)]
    author: Option<CalendarAuthor>,
    media_count: usize,
    /// A small picture of the first file that has one.
    #[schema(required)]
    thumbnail_url: Option<String>,
    deliveries: Vec<EntryDeliveryAnswer>,
    /// Whether it can be given another time: nothing of it is going out, and a channel still waits.
    can_move: bool,
    /// Nothing of it begins, because somebody paused it.
    paused: bool,
    /// Counts edits; send it back when moving the post to notice others.
    revision: i64,
}

/// Where a post of the calendar goes.
#[derive(Serialize, ToSchema)]
#[schema(as = CalendarDelivery)]
struct EntryDeliveryAnswer {
    channel_id: String,
    platform: String,
    state: String,
    /// Where it can be seen.
    #[schema(required)]
    permalink: Option<String>,
}

/// Somebody who writes posts.
#[derive(Serialize, ToSchema)]
struct CalendarAuthor {
    id: String,
    name: String,
}

/// Show the calendar
///
/// Every post of a range of time, earliest first, with just enough to draw it. Posts without a time are left out.
#[utoipa::path(get, path = "/api/calendar", tag = "Calendar", params(CalendarQuery), responses((status = 200, body = List<EntryAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<CalendarQuery>,
) -> Answer<Json<List<EntryAnswer>>> {
    let found = read_calendar(&app, &caller, &query.filter()?).await?;
    Ok(List::whole(found.into_iter().map(Into::into).collect()))
}

/// List the people of the calendar
///
/// Everybody in the workspace, by name: whose posts the calendar can be narrowed to.
#[utoipa::path(get, path = "/api/calendar/authors", tag = "Calendar", params(Page), responses((status = 200, body = List<CalendarAuthor>)))]
async fn authors(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<CalendarAuthor>>> {
    let found = read_authors(&app, &caller).await?;
    List::part(found, &page, |(id, name)| ByName::new(name, *id))
}

impl From<(UserId, String)> for CalendarAuthor {
    fn from((id, name): (UserId, String)) -> Self {
        Self {
            id: id.to_string(),
            name,
        }
    }
}

impl CalendarQuery {
    fn filter(&self) -> Answer<CalendarFilter> {
        Ok(CalendarFilter {
            from: self.from,
            to: self.to,
            states: several(self.state.as_deref(), PostState::parse, |word| {
                let detail = format!("“{word}” is not a state of posts.");
                AppError::invalid_field("state", ErrorCode::NotAllowed, detail)
            })?,
            channels: several(self.channel_id.as_deref(), read_id, |_| {
                let detail = "There is no such channel in this workspace.";
                AppError::invalid_field("channel_id", ErrorCode::UnknownChannel, detail)
            })?,
            authors: several(self.author_id.as_deref(), read_id, |word| {
                let detail = format!("“{word}” is not the id of a person.");
                AppError::invalid_field("author_id", ErrorCode::NotAllowed, detail)
            })?,
        })
    }
}

/// The values of a list with commas; none when it is absent or empty.
fn several<T>(
    list: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    refuse: impl Fn(&str) -> AppError,
) -> Answer<Vec<T>> {
    let words = list.unwrap_or_default().split(',').map(str::trim);
    let mut found = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        found.push(read(word).ok_or_else(|| refuse(word))?);
    }
    Ok(found)
}

fn read_id<T: FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}

impl From<CalendarEntry> for EntryAnswer {
    fn from(entry: CalendarEntry) -> Self {
        let CalendarEntry { post, .. } = entry;
        Self {
            id: post.id.to_string(),
            state: post.state.to_string(),
            text: entry.text,
            at: entry.at,
            time_zone: post.schedule.time_zone,
            kind: post.schedule.kind.to_string(),
            author: post.author_id.map(|id| CalendarAuthor {
                id: id.to_string(),
                name: post.author_name,
            }),
            media_count: entry.media_count,
            thumbnail_url: entry
                .thumbnail
                .map(|id| format!("/api/media/{id}/thumbnail")),
            deliveries: entry.deliveries.into_iter().map(Into::into).collect(),
            can_move: entry.can_move,
            paused: post.paused_at.is_some(),
            revision: post.revision,
        }
    }
}

impl From<CalendarDelivery> for EntryDeliveryAnswer {
    fn from(delivery: CalendarDelivery) -> Self {
        Self {
            channel_id: delivery.channel_id.to_string(),
            platform: delivery.platform,
            state: delivery.state.to_string(),
            permalink: delivery.permalink,
        }
    }
}
