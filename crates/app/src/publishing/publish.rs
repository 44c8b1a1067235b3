//! Decides that a composed post goes out, now or at another time.

use fanfare_domain::PostId;
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_store::{deliveries, posts};

use crate::composing::{PostChange, PostDetail, ScheduleInput, edit_post};
use crate::scheduling::take_slot;
use crate::{App, Caller, Result};

use super::retry::revive_missed;

/// Schedules a draft, moves a scheduled post, or sends one that was missed. Without `schedule` it goes out now.
///
/// # Errors
/// As in editing: content that a channel would refuse, or publishing has begun. `not_possible_in_state` when no channel waits for it.
pub async fn publish_post(
    app: &App,
    caller: &Caller,
    id: PostId,
    schedule: Option<ScheduleInput>,
) -> Result<PostDetail> {
    let schedule = schedule.unwrap_or(ScheduleInput::Now { time_zone: None });
    let change = PostChange {
        schedule: Some(schedule),
        ..PostChange::default()
    };
    let detail = edit_post(app, caller, id, &change).await?;
    let missed: Vec<_> = detail
        .deliveries
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Missed)
        .map(|delivery| delivery.id)
        .collect();
    if missed.is_empty() {
        return Ok(detail);
    }
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let now = app.now();
    let mut post = detail.post;
    let at = post.schedule.at.unwrap_or(now);
    let mut times = Vec::new();
    for delivery in missed {
        let delivery = deliveries::get(&mut tx, delivery).await?;
        let at = match (
            post.schedule.kind,
            detail.channels.get(&delivery.channel_id),
        ) {
            (ScheduleKind::Queue, Some(channel)) => take_slot(&mut tx, channel, id, now).await?,
            _ => at,
        };
        times.push(at);
        revive_missed(app, &mut tx, caller, delivery, at).await?;
    }
    if post.schedule.kind == ScheduleKind::Queue {
        // The past time of what was missed says nothing any more.
        times.extend(post.schedule.at.filter(|at| *at > now));
        post.schedule.at = times.into_iter().min();
        posts::update(&mut tx, &post).await?;
    }
    super::sum_up(&mut tx, id, app.now()).await?;
    let detail = crate::composing::load(&mut tx, id).await?;
    tx.commit().await?;
    super::ring_if_due(app, Some(at));
    Ok(detail)
}
