//! Keeps a series in step with its next post: what a person decides about that one holds for those after it.

use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{JobId, SeriesId};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::posts::Post;
use fanfare_store::series::{self, Place, Series};
use fanfare_store::{WorkspaceTx, audit::Actor};
use jiff::Timestamp;
use serde_json::json;

use super::repeat::{REPEAT, RepeatIds, repeat_key};
use super::rule::{Repetition, Rounds, wall_clock};
use crate::Result;
use crate::publishing::audit_post;

/// Whether the person left rule and time alone, as a form that sends everything does.
pub(crate) fn is_as_before(
    place: &Place,
    post: &Post,
    rule: &fanfare_domain::repeat::Repeat,
    at: Timestamp,
    time_zone: &str,
) -> bool {
    place.is_upcoming()
        && place.series.rule == *rule
        && place.series.time_zone == time_zone
        && post.schedule.at == Some(at)
}

/// After the post was created or changed: begins, changes or ends its series. `wanted` is what was asked for; nothing leaves the rule
/// alone, and moves at most this one post.
pub(crate) async fn keep_up(
    tx: &mut WorkspaceTx,
    actor: Actor,
    post: &Post,
    wanted: Option<&Repetition>,
    now: Timestamp,
) -> Result<()> {
    let place = series::place_of(tx, post.id).await?;
    let upcoming = place.filter(Place::is_upcoming);
    match (upcoming, wanted) {
        (None, Some(Repetition::By(rule))) => {
            let begun = Series {
                id: SeriesId::new(now),
                rule: rule.clone(),
                time_zone: post.schedule.time_zone.clone(),
                starts: wall_clock(post.schedule.at.unwrap_or(now), &post.schedule.time_zone),
                problem: None,
                ended_at: None,
            };
            begin(tx, actor, post, &begun, now).await
        }
        (Some(place), _) if post.schedule.kind == ScheduleKind::Draft => {
            end(tx, actor, &place, "draft", now).await
        }
        (Some(place), Some(Repetition::Never)) => end(tx, actor, &place, "stopped", now).await,
        (Some(place), wanted) => {
            let rule = match wanted {
                Some(Repetition::By(rule)) => Some(rule),
                _ => None,
            };
            follow(tx, actor, post, place, rule, now).await
        }
        (None, _) => Ok(()),
    }
}

async fn begin(
    tx: &mut WorkspaceTx,
    actor: Actor,
    post: &Post,
    begun: &Series,
    now: Timestamp,
) -> Result<()> {
    let at = post.schedule.at.unwrap_or(now);
    // It may have been one of a series that is over.
    series::leave(tx, post.id).await?;
    series::insert(tx, begun, now).await?;
    series::add_post(tx, begun.id, post.id, 1, at).await?;
    come_round(tx, begun.id, at, now).await?;
    let detail = json!({ "series": begun.id, "rule": begun.rule });
    audit_post(tx, now, actor, "post.repeats", post.id, detail).await
}

/// The next post was changed: the rule too, if `rule` says so.
async fn follow(
    tx: &mut WorkspaceTx,
    actor: Actor,
    post: &Post,
    place: Place,
    rule: Option<&fanfare_domain::repeat::Repeat>,
    now: Timestamp,
) -> Result<()> {
    let at = post.schedule.at.unwrap_or(now);
    let mut changed = place.series.clone();
    if let Some(rule) = rule {
        changed.rule = rule.clone();
        // Of a number of times that was left as it was, those that are over are not had again.
        if rule.count.is_some() && rule.count == place.series.rule.count {
            let old = Rounds::new(
                &place.series.rule,
                place.series.starts,
                &place.series.time_zone,
            );
            let over = old.count_before(place.planned_at);
            changed.rule.count = rule.count.map(|count| count.saturating_sub(over).max(1));
        }
        changed.time_zone.clone_from(&post.schedule.time_zone);
        changed.starts = wall_clock(at, &post.schedule.time_zone);
        series::set_planned(tx, post.id, at).await?;
        let detail = json!({ "series": changed.id, "rule": changed.rule });
        audit_post(tx, now, actor, "post.repeats", post.id, detail).await?;
    }
    // Whatever stood in the way has been seen, and the post has passed all checks.
    changed.problem = None;
    if changed != place.series {
        series::update(tx, &changed, now).await?;
    }
    come_round(tx, changed.id, at, now).await
}

/// Ends the series; its newest post stays what it is. `because` goes into the audit log.
pub(super) async fn end(
    tx: &mut WorkspaceTx,
    actor: Actor,
    place: &Place,
    because: &str,
    now: Timestamp,
) -> Result<()> {
    let mut ended = place.series.clone();
    ended.ended_at = Some(now);
    series::update(tx, &ended, now).await?;
    jobs::withdraw(tx, &repeat_key(ended.id)).await?;
    let detail = json!({ "series": ended.id, "because": because });
    let post = place.latest_post_id;
    audit_post(tx, now, actor, "post.repeat_ended", post, detail).await
}

/// Makes sure that the next post is made when this one's time has come.
pub(super) async fn come_round(
    tx: &mut WorkspaceTx,
    series: SeriesId,
    at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let payload = serde_json::to_string(&RepeatIds { series }).expect("ids are plain JSON");
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(tx.workspace()),
        kind: REPEAT,
        payload,
        key: Some(repeat_key(series)),
        due_at: at,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}
