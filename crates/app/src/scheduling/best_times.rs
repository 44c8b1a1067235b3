//! When posts do better, by what people did with those of the last three months.

use fanfare_domain::ChannelId;
use fanfare_domain::best_times::{self, BestTime, ENOUGH_POSTS};
use fanfare_store::engagement;
use jiff::SignedDuration;

use super::rule::check_zone;
use super::slots::present;
use crate::{App, AppError, Caller, Result};

/// What was usual longer ago may be so no more.
const SINCE: SignedDuration = SignedDuration::from_hours(24 * 90);
/// People are still finding what is younger.
const SETTLED: SignedDuration = SignedDuration::from_hours(24);
/// The newest posts that are looked at: enough to tell, few enough to count at once.
const MOST_FIGURES: u32 = 500;

/// The hours of the week at which posts do better on some channels.
#[derive(Debug, Clone)]
pub struct BestTimesView {
    /// The best first; none while the figures are too few, or when no hour stands out.
    pub times: Vec<BestTime>,
    /// The posts that somebody did something with.
    pub posts: usize,
    /// How many more of those it takes; absent where Fanfare is never told what people do.
    pub posts_missing: Option<usize>,
}

/// The best times of these channels together, by the clocks of a zone.
///
/// # Errors
/// `unknown_channel` and `unknown_time_zone`.
pub async fn best_times(
    app: &App,
    caller: &Caller,
    channels: &[ChannelId],
    time_zone: &str,
) -> Result<BestTimesView> {
    if let Some(wrong) = check_zone(time_zone, "time_zone") {
        return Err(AppError::invalid(vec![wrong]));
    }
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let is_told = present(&mut tx, channels).await?.iter().any(|channel| {
        let platform = app.platforms.get(channel.platform.as_str());
        platform.is_some_and(|platform| platform.webhooks().is_some())
    });
    let figures =
        engagement::of_published(&mut tx, channels, now - SINCE, now - SETTLED, MOST_FIGURES)
            .await?;
    let found = best_times::best_times(&figures, time_zone, now);
    Ok(BestTimesView {
        times: found.times,
        posts: found.posts,
        posts_missing: is_told.then(|| ENOUGH_POSTS.saturating_sub(found.posts)),
    })
}
