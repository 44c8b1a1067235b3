//! How many posts a platform takes from a channel in a day: told before one more is planned.
//!
//! Platforms count over moving spans of 24 hours. They alone know what other programs post, so this warns and they decide.

use fanfare_domain::{ErrorCode, PostId};
use fanfare_platform_kit::rules::{Finding, Fix};
use fanfare_store::{WorkspaceTx, agenda};
use jiff::{SignedDuration, Timestamp};

use super::Candidate;
use crate::Result;

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A free time further away is no answer to somebody who wanted to post today.
const LOOK_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7);
/// What went out was due at most this long before: what waits for a paused channel is late.
const LATENESS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The warning when as many posts as the platform takes are out or planned around the candidate's time.
pub(super) async fn over_daily_limit(
    tx: &mut WorkspaceTx,
    candidate: &Candidate<'_>,
    except: Option<PostId>,
) -> Result<Option<Finding>> {
    let Some(most) = candidate.daily_posts else {
        return Ok(None);
    };
    let due_from = candidate.at - DAY - LATENESS;
    let due_before = candidate.at + LOOK_AHEAD + DAY;
    let times = agenda::times(tx, candidate.channel, due_from, due_before, except).await?;
    let used = most_around(&times, candidate.at);
    if used < most as usize {
        return Ok(None);
    }
    let detail = format!(
        "{used} of {most} posts a day are out or planned on this channel around that time, so the platform may refuse this one. Choose a later time."
    );
    let fix = free_time(&times, candidate.at, most as usize).map(|at| Fix::Move { at });
    Ok(Some(
        Finding::warning(ErrorCode::DailyLimitReached, "schedule.at", detail).mended_by(fix),
    ))
}

/// The most of the times, which are in order, within any 24 hours that `at` falls into.
fn most_around(times: &[Timestamp], at: Timestamp) -> usize {
    let earlier_than = |moment: Timestamp| times.partition_point(|time| *time < moment);
    let within_a_day = |from: Timestamp| earlier_than(from + DAY) - earlier_than(from);
    // Each span worth looking at begins with a post.
    let begins = times[..earlier_than(at)]
        .iter()
        .rev()
        .take_while(|from| at < **from + DAY);
    begins
        .copied()
        .chain([at])
        .map(within_a_day)
        .max()
        .unwrap_or_default()
}

/// The first whole minute after `at` at which there is room for one more: there can only be when another post is a day old.
fn free_time(times: &[Timestamp], at: Timestamp, most: usize) -> Option<Timestamp> {
    let latest = at + LOOK_AHEAD;
    times
        .iter()
        .map(|time| whole_minute_from(*time + DAY))
        .filter(|free| (at..=latest).contains(free))
        .find(|free| most_around(times, *free) < most)
}

fn whole_minute_from(at: Timestamp) -> Timestamp {
    let past = at.as_millisecond().rem_euclid(60_000);
    let to_go = if past == 0 { 0 } else { 60_000 - past };
    at + SignedDuration::from_millis(to_go)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
    }

    fn hours(all: &[i64]) -> Vec<Timestamp> {
        all.iter().map(|hours| hour(*hours)).collect()
    }

    #[test]
    fn what_counts_is_any_span_of_a_day_with_the_time_in_it() {
        for (times, at, expected) in [
            (&[][..], 0, 0),
            (&[0], 0, 1),
            (&[0], 23, 1),
            // A day later there is room again.
            (&[0], 24, 0),
            (&[0, 1, 2], 24, 2),
            // What comes after is in the way as well.
            (&[30, 31], 10, 2),
            (&[30, 31], 7, 1),
            // Never more than one day of them at once.
            (&[0, 30], 15, 1),
            (&[0, 23, 30, 40], 20, 3),
        ] {
            let times = hours(times);
            assert_eq!(most_around(&times, hour(at)), expected, "{times:?} {at}");
        }
    }

    #[test]
    fn the_first_free_time_is_when_enough_posts_are_a_day_old() {
        let free = |times: &[i64], at, most| free_time(&hours(times), hour(at), most);
        assert_eq!(free(&[0, 1], 2, 2), Some(hour(24)));
        assert_eq!(free(&[0, 0, 5], 6, 2), Some(hour(24)));
        // At 24 it would stand between one that is not yet a day old and one that follows.
        assert_eq!(free(&[0, 10, 30], 12, 2), Some(hour(34)));
        assert_eq!(free(&[0], 5, 0), None);
        let every_hour: Vec<i64> = (0..24 * 9).collect();
        assert_eq!(free(&every_hour, 3, 24), None, "not within a week");
    }

    #[test]
    fn a_free_time_is_one_that_a_clock_can_be_set_to() {
        let odd = hour(0) + SignedDuration::from_millis(1);
        assert_eq!(
            free_time(&[odd], hour(1), 1),
            Some(hour(24) + SignedDuration::from_mins(1))
        );
    }
}
