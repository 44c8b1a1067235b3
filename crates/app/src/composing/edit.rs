//! Edits a post up to the moment of publishing.

use std::collections::BTreeMap;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{Action, ChannelId, ErrorCode, PostId};
use fanfare_store::deliveries::Delivery;
use fanfare_store::posts::Post;
use fanfare_store::{WorkspaceTx, deliveries, posts, series};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::check::{Named, findings, look_up, refuse_errors, require_channels};
use super::defaults::filled;
use super::detail::{PostDetail, load};
use super::edit_news::edit_news;
use super::input::{MediaInput, PostChange, PostInput, VariantInput};
use super::record::{self, too_late};
use super::schedule::{plan_of, without_same_rule};
use super::validate::warnings;
use super::versions::{self, Hand, VersionContent};
use crate::news::{News, tell};
use crate::publishing::{self, audit_delivery, audit_post};
use crate::scheduling::{DueTimes, Repetition, due_times, keep_up};
use crate::{App, AppError, Caller, Result};

/// Saves what the change names and leaves the rest.
///
/// What is out on some channels stays as it went out there; what failed on others is tried with the new content when a person asks.
///
/// # Errors
/// `forbidden` when the caller may only write drafts; `conflict` when somebody else edited it meanwhile, `too_late` when publishing has begun, and bad input as in creating.
pub async fn edit_post(
    app: &App,
    caller: &Caller,
    id: PostId,
    change: &PostChange,
) -> Result<PostDetail> {
    apply(app, caller, id, change, Origin::Written).await
}

/// Where the content of an edit comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Origin {
    Written,
    /// From that version of the post.
    Restored(i64),
}

impl Origin {
    fn version(self) -> Option<i64> {
        match self {
            Self::Restored(number) => Some(number),
            Self::Written => None,
        }
    }
}

pub(super) async fn apply(
    app: &App,
    caller: &Caller,
    id: PostId,
    change: &PostChange,
    origin: Origin,
) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut post = locked(&mut tx, id, change.revision).await?;
    let before = Before::of(&mut tx, &post).await?;

    let mut input = merge(&mut tx, &post, &before.present, change).await?;
    if change.schedule.is_some() {
        refuse_time_without_effect(&input, &before.present)?;
    }
    post.text.clone_from(&input.text);
    let repetition = replan(&mut tx, &mut post, &input, now).await?;
    let is_draft = post.schedule.kind == ScheduleKind::Draft;
    if !is_draft || before.schedule.kind != ScheduleKind::Draft {
        caller.require(Action::PostsPublish)?;
    }
    let named = look_up(&mut tx, &input).await?;
    if !is_draft {
        input = filled(app, &mut tx, &input, &named.channels).await?;
        if !before.present.iter().any(is_settled) {
            require_channels(&input)?;
        }
        refuse_errors(&findings(app, &input, &named)?)?;
    }
    post.revision += 1;
    post.updated_at = now;

    let due = store(app, &mut tx, &mut post, &input, &named, &before).await?;
    keep_up(&mut tx, caller.actor(), &post, repetition.as_ref(), now).await?;
    let mut detail = load(&mut tx, id).await?;
    audit(&mut tx, caller, &post, &before, &detail, origin).await?;
    let says = versions::content(
        &post.text,
        &record::post_media(&input.media),
        &detail.deliveries,
    );
    let hand = Hand {
        caller,
        now,
        restored_from: origin.version(),
        keeps_present: change.keeps_present,
    };
    let was = (before.content, before.since);
    versions::keep(&mut tx, &post, Some(was), &says, hand).await?;
    let zone = &post.schedule.time_zone;
    detail.warnings = warnings(app, &mut tx, &input, &named, &due, id, zone).await?;
    tx.commit().await?;

    publishing::ring_if_due(app, post.schedule.at);
    Ok(detail)
}

/// The post, held until the transaction ends, if it is still the one that was `seen`.
async fn locked(tx: &mut WorkspaceTx, id: PostId, seen: Option<i64>) -> Result<Post> {
    posts::lock(tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let post = posts::get(tx, id).await?;
    refuse_stale(seen, post.revision)?;
    Ok(post)
}

/// A post as it was before the edit.
struct Before {
    text: String,
    schedule: Schedule,
    since: Timestamp,
    present: Vec<Delivery>,
    content: VersionContent,
    /// With everything that the audit log compares; none for a draft, whose saving itself every few seconds is no news.
    detail: Option<PostDetail>,
}

impl Before {
    /// Refuses a post that is being published.
    async fn of(tx: &mut WorkspaceTx, post: &Post) -> Result<Self> {
        let present = deliveries::of_posts(tx, &[post.id]).await?;
        if present
            .iter()
            .any(|delivery| delivery.state == DeliveryState::Publishing)
        {
            return Err(too_late());
        }
        let media = posts::media_of(tx, &[post.id]).await?;
        let media: Vec<_> = media.into_iter().map(|(_, item)| item).collect();
        Ok(Self {
            text: post.text.clone(),
            schedule: post.schedule.clone(),
            since: post.updated_at,
            content: versions::content(&post.text, &media, &present),
            present,
            detail: match post.schedule.kind {
                ScheduleKind::Draft => None,
                _ => Some(load(tx, post.id).await?),
            },
        })
    }
}

/// Gives the post the time that the edit names, if it names one, and says how it is to come round again.
async fn replan(
    tx: &mut WorkspaceTx,
    post: &mut Post,
    input: &PostInput,
    now: Timestamp,
) -> Result<Option<Repetition>> {
    let Some(schedule) = &input.schedule else {
        return Ok(None);
    };
    let place = series::place_of(tx, post.id).await?;
    let schedule = without_same_rule(schedule, post, place.as_ref());
    let plan = plan_of(&schedule, now).map_err(AppError::invalid)?;
    post.schedule = plan.schedule;
    // Whoever sends it now, or makes a draft of it, no longer holds it back.
    if matches!(post.schedule.kind, ScheduleKind::Now | ScheduleKind::Draft) {
        post.paused_at = None;
    }
    Ok(plan.repetition)
}

/// Writes the post with its media and deliveries, and answers when each of these is due.
async fn store(
    app: &App,
    tx: &mut WorkspaceTx,
    post: &mut Post,
    input: &PostInput,
    named: &Named,
    before: &Before,
) -> Result<DueTimes> {
    if before.text != post.text {
        // The record of what went out stays true.
        deliveries::keep_text_of_published(tx, post.id, &before.text).await?;
    }
    let (channels, now) = (&named.channels, post.updated_at);
    let was = Some(&before.schedule);
    let due = due_times(tx, post, was, channels, &before.present, now).await?;
    posts::update(tx, post).await?;
    posts::set_media(tx, post.id, &record::post_media(&input.media)).await?;
    let present = before.present.clone();
    record::deliveries_of(app, tx, post, input, channels, present, &due).await?;
    Ok(due)
}

async fn audit(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    post: &Post,
    before: &Before,
    after: &PostDetail,
    origin: Origin,
) -> Result<()> {
    let goes_out = post.schedule.kind != ScheduleKind::Draft;
    let (action, news) = match (origin, &before.detail) {
        (Origin::Restored(number), _) => (
            "post.version_restored",
            json!({ "version": number, "revision": post.revision }),
        ),
        (Origin::Written, Some(before)) => ("post.edited", edit_news(before, after)),
        (Origin::Written, None) if goes_out => (
            "post.scheduled",
            json!({ "at": post.schedule.at, "channels": after.channels.len() }),
        ),
        (Origin::Written, None) => return Ok(()),
    };
    let (now, actor) = (post.updated_at, caller.actor());
    audit_post(tx, now, actor, action, post.id, news).await?;
    if moved(before, after) {
        tell(tx, News::Post(post.id, PostState::Scheduled), now).await?;
    }
    match &before.detail {
        Some(before) => audit_left_out(tx, caller, before, after).await,
        None => Ok(()),
    }
}

/// It was scheduled, still is, and for another time.
fn moved(before: &Before, after: &PostDetail) -> bool {
    let before = before.detail.as_ref().map(|detail| &detail.post);
    before.is_some_and(|before| {
        [before.state, after.post.state] == [PostState::Scheduled; 2]
            && before.schedule.at != after.post.schedule.at
    })
}

/// Channels that were tried and that the edit leaves out stay on the post as cancelled.
async fn audit_left_out(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    before: &PostDetail,
    after: &PostDetail,
) -> Result<()> {
    for delivery in &after.deliveries {
        let from = before
            .deliveries
            .iter()
            .find(|other| other.id == delivery.id)
            .map_or(delivery.state, |other| other.state);
        if delivery.state == DeliveryState::Cancelled && from != DeliveryState::Cancelled {
            let (at, actor) = (delivery.updated_at, caller.actor());
            let detail = json!({ "from": from, "because": "left_out" });
            audit_delivery(tx, at, actor, "delivery.cancelled", delivery, detail).await?;
        }
    }
    Ok(())
}

fn refuse_stale(seen: Option<i64>, present: i64) -> Result<()> {
    if seen.is_some_and(|seen| seen != present) {
        return Err(AppError::conflict(
            ErrorCode::Conflict,
            "Somebody else changed this post meanwhile. Nothing of yours was saved; reload it and try again.",
        ));
    }
    Ok(())
}

/// A post that is out, failed or was cancelled on each of its channels would only get another time on paper.
fn refuse_time_without_effect(input: &PostInput, present: &[Delivery]) -> Result<()> {
    let waits = |delivery: &Delivery| {
        delivery.state.is_editable() || delivery.state == DeliveryState::Missed
    };
    let is_new = |channel: &ChannelId| {
        !present
            .iter()
            .any(|delivery| delivery.channel_id == *channel)
    };
    if present.is_empty() || present.iter().any(waits) || input.channels.iter().any(is_new) {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::NotPossibleInState,
        "No channel waits for this post: it is out, failed or was cancelled on each. Try again what failed, or duplicate \
         the post to send it anew.",
    ))
}

/// Out, or called off: an edit does not touch it, whatever became of its channel since.
fn is_settled(delivery: &Delivery) -> bool {
    matches!(
        delivery.state,
        DeliveryState::Published | DeliveryState::Cancelled
    )
}

/// What still may change of the post, as it would be after the change.
async fn merge(
    tx: &mut WorkspaceTx,
    post: &Post,
    present: &[Delivery],
    change: &PostChange,
) -> Result<PostInput> {
    let media = match &change.media {
        Some(media) => media.clone(),
        None => present_media(tx, post.id).await?,
    };
    let settled: Vec<ChannelId> = present
        .iter()
        .filter(|delivery| is_settled(delivery))
        .map(|delivery| delivery.channel_id)
        .collect();
    let mut channels: Vec<ChannelId> = match &change.channels {
        Some(channels) => channels.clone(),
        None => present.iter().map(|delivery| delivery.channel_id).collect(),
    };
    channels.retain(|channel| !settled.contains(channel));
    let mut variants = match &change.variants {
        Some(variants) => variants.clone(),
        None => present_variants(present),
    };
    variants.retain(|channel, _| !settled.contains(channel));
    if change.variants.is_none() {
        variants.retain(|channel, _| channels.contains(channel));
    }
    Ok(PostInput {
        text: change.text.clone().unwrap_or_else(|| post.text.clone()),
        media,
        channels,
        variants,
        schedule: change.schedule.clone(),
    })
}

async fn present_media(tx: &mut WorkspaceTx, post: PostId) -> Result<Vec<MediaInput>> {
    let media = posts::media_of(tx, &[post]).await?;
    Ok(media
        .into_iter()
        .map(|(_, item)| MediaInput {
            id: item.media_id,
            alt: Some(item.alt).filter(|alt| !alt.is_empty()),
        })
        .collect())
}

fn present_variants(present: &[Delivery]) -> BTreeMap<ChannelId, VariantInput> {
    present
        .iter()
        .map(|delivery| {
            let options = match &delivery.options {
                Json::Object(options) => options.clone(),
                _ => serde_json::Map::new(),
            };
            (
                delivery.channel_id,
                VariantInput {
                    text: delivery.variant_text.clone(),
                    options,
                },
            )
        })
        .collect()
}
