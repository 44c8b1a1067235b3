//! What else goes out on a channel around the time of a post: the same words twice in a day, two posts in one minute, or more
//! posts in a day than the platform takes.

use fanfare_domain::{ChannelId, ErrorCode, PostId, SeriesId};
use fanfare_platform_kit::rules::Finding;
use fanfare_store::agenda::{self, Words};
use fanfare_store::{WorkspaceTx, series};
use jiff::{SignedDuration, Timestamp};

use super::daily_limit::over_daily_limit;
use super::wall_clock;
use crate::Result;

/// The same words on the same channel within this span are told.
const SAME_WORDS: SignedDuration = SignedDuration::from_hours(24);

/// A post as one channel would get it.
pub(crate) struct Candidate<'a> {
    pub channel: ChannelId,
    pub text: &'a str,
    pub at: Timestamp,
    /// How many posts the platform takes in 24 hours, where it has a limit.
    pub daily_posts: Option<u32>,
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
        let warnings = [
            same_words(tx, candidate, except, own_series, time_zone).await?,
            same_minute(tx, candidate, except).await?,
            over_daily_limit(tx, candidate, except).await?,
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

async fn same_words(
    tx: &mut WorkspaceTx,
    candidate: &Candidate<'_>,
    except: Option<PostId>,
    except_series: Option<SeriesId>,
    time_zone: &str,
) -> Result<Option<Finding>> {
    let words = Words {
        channel: candidate.channel,
        text: candidate.text.trim(),
        except,
        except_series,
    };
    if words.text.is_empty() {
        return Ok(None);
    }
    let (after, before) = (candidate.at - SAME_WORDS, candidate.at + SAME_WORDS);
    let other = agenda::says_the_same(tx, words, after, before).await?;
    Ok(other.map(|at| {
        let when = wall_clock(at, time_zone).strftime("%a %-d %b, %H:%M");
        Finding::warning(
            ErrorCode::DuplicateContent,
            "text",
            format!(
                "A post with the same text goes out here on {when} as well. Platforms may hide what is repeated within a day; change the words, or leave one out."
            ),
        )
    }))
}

async fn same_minute(
    tx: &mut WorkspaceTx,
    candidate: &Candidate<'_>,
    except: Option<PostId>,
) -> Result<Option<Finding>> {
    let from = beginning_of_minute(candidate.at);
    let before = from + SignedDuration::from_mins(1);
    let is_taken = agenda::is_taken(tx, candidate.channel, from, before, except).await?;
    Ok(is_taken.then(|| {
        Finding::warning(
            ErrorCode::SameTime,
            "schedule.at",
            "Another post goes out here in the same minute, so they compete with each other. A few minutes apart is better.",
        )
    }))
}

fn beginning_of_minute(at: Timestamp) -> Timestamp {
    at - SignedDuration::from_millis(at.as_millisecond().rem_euclid(60_000))
}
