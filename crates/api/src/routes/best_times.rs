//! `/api/best-times`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::scheduling::{self, BestTimesView};
use fanfare_domain::Action;
use fanfare_domain::best_times::BestTime;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::queue::named_channels;
use super::repeat::DayOfWeek;
use crate::allowed::Allowed;
use crate::params::Params;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(needs(Action::PostsRead, routes!(read)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct BestTimesQuery {
    /// One or several channels, separated by commas.
    channel_id: String,
    /// The IANA zone by whose clocks hours are told, such as `Europe/Madrid`; UTC when absent.
    time_zone: Option<String>,
}

/// When posts do better on some channels.
#[derive(Serialize, ToSchema)]
#[schema(as = BestTimes)]
struct BestTimesAnswer {
    /// The best first, at most three. None while the figures are too few, or when no hour stands out.
    times: Vec<BestTimeAnswer>,
    /// Posts of the last three months that somebody commented on, reacted to or shared.
    posts: usize,
    /// How many more of those it takes before times are suggested; absent where platforms never tell what people do.
    #[schema(required)]
    posts_missing: Option<usize>,
}

/// An hour of the week at which posts do better.
#[derive(Serialize, ToSchema)]
#[schema(as = BestTime)]
struct BestTimeAnswer {
    weekday: DayOfWeek,
    /// When the hour begins, such as `18:00`.
    time: String,
    /// When clocks show it next.
    at: Timestamp,
    /// How many times the average of the channels' posts, cautiously: above 1.
    times_average: f64,
    /// How many posts, of this hour and those around it, say so.
    posts: usize,
}

/// Suggest times
///
/// The hours of the week at which people did more with the posts of these channels, by the figures of the last three months.
#[utoipa::path(get, path = "/api/best-times", tag = "Scheduling", operation_id = "best_times", params(BestTimesQuery), responses((status = 200, body = BestTimesAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<BestTimesQuery>,
) -> Answer<Json<BestTimesAnswer>> {
    let channels = named_channels(&query.channel_id)?;
    let zone = query.time_zone.as_deref().unwrap_or("UTC");
    let found = scheduling::best_times(&app, &caller, &channels, zone).await?;
    Ok(Json(found.into()))
}

impl From<BestTimesView> for BestTimesAnswer {
    fn from(view: BestTimesView) -> Self {
        Self {
            times: view.times.into_iter().map(Into::into).collect(),
            posts: view.posts,
            posts_missing: view.posts_missing,
        }
    }
}

impl From<BestTime> for BestTimeAnswer {
    fn from(best: BestTime) -> Self {
        Self {
            weekday: best.slot.weekday.into(),
            time: best.slot.time.to_string(),
            at: best.at,
            // More digits would claim more than is known.
            times_average: (best.ratio * 10.0).round() / 10.0,
            posts: best.posts,
        }
    }
}
