//! What else goes out on a channel around the time of a post: the same words twice in a day, or two posts in one minute.

use fanfare_domain::{ChannelId, ErrorCode, PostId, SeriesId};
use fanfare_platform_kit::rules::Finding;
use fanfare_store::agenda::{self, Entry};
use fanfare_store::{WorkspaceTx, series};
use jiff::{SignedDuration, Timestamp};

use super::slots::minute_of;
use super::wall_clock;
use crate::Result;

/// The same words on the same channel within this span are told.
const SAME_WORDS: SignedDuration = SignedDuration::from_hours(24);

/// A post as one channel would get it.
pub(crate) struct Candidate<'a> {
    pub channel: ChannelId,
    pub text: &'a str,
    pub at: Timestamp,
}

/// The warnings for each candidate, in their order. `except` is the post itself, which is not in its own way; `time_zone` is for the words.
pub(crate) async fn clashes(
    tx: &mut WorkspaceTx,
    candidates: &[Candidate<'_>],
    except: Option<PostId>,
    time_zone: &str,
) -> Result<Vec<(ChannelId, Finding)>> {
    let own_series = match except {
        Some(post) => series::place_of(tx, post)
            .await?
            .map(|place| place.series.id),
        None => None,
    };
    let mut found = Vec::new();
    for candidate in candidates {
        let (from, until) = (candidate.at - SAME_WORDS, candidate.at + SAME_WORDS);
        let around = agenda::between(tx, candidate.channel, from, until, except).await?;
        let warnings = [
            same_words(candidate, &around, own_series, time_zone),
            same_minute(candidate, &around),
        ];
        found.extend(
            warnings
                .into_iter()
                .flatten()
                .map(|finding| (candidate.channel, finding)),
        );
    }
    Ok(found)
}

fn same_words(
    candidate: &Candidate<'_>,
    around: &[Entry],
    own_series: Option<SeriesId>,
    time_zone: &str,
) -> Option<Finding> {
    let text = candidate.text.trim();
    if text.is_empty() {
        return None;
    }
    let other = around.iter().find(|entry| {
        let apart = entry.due_at.duration_since(candidate.at).abs();
        let is_of_own_series = own_series.is_some() && entry.series_id == own_series;
        apart < SAME_WORDS && !is_of_own_series && entry.text.trim() == text
    })?;
    let when = wall_clock(other.due_at, time_zone).strftime("%a %-d %b, %H:%M");
    Some(Finding::warning(
        ErrorCode::DuplicateContent,
        "text",
        format!(
            "A post with the same text goes out here on {when} as well. Platforms may hide what is repeated within a day; change the words, or leave one out."
        ),
    ))
}

fn same_minute(candidate: &Candidate<'_>, around: &[Entry]) -> Option<Finding> {
    let minute = minute_of(candidate.at);
    let others = around
        .iter()
        .filter(|entry| minute_of(entry.due_at) == minute)
        .count();
    (others > 0).then(|| {
        Finding::warning(
            ErrorCode::SameTime,
            "schedule.at",
            "Another post goes out here in the same minute, so they compete with each other. A few minutes apart is better.",
        )
    })
}
