//! Edits a post up to the moment of publishing.

use std::collections::BTreeMap;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{Action, ChannelId, ErrorCode, PostId};
use fanfare_store::deliveries::Delivery;
use fanfare_store::{WorkspaceTx, deliveries, posts, series};
use serde_json::{Value as Json, json};

use super::check::{findings, look_up, refuse_errors, require_channels};
use super::defaults::filled;
use super::detail::{PostDetail, load};
use super::edit_news::edit_news;
use super::input::{MediaInput, PostChange, PostInput, VariantInput};
use super::record::{self, too_late};
use super::schedule::{plan_of, without_same_rule};
use super::validate::warnings;
use super::versions::{self, Hand};
use crate::publishing::{self, audit_delivery, audit_post};
use crate::scheduling::{due_times, keep_up};
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

pub(super) async fn apply(
    app: &App,
    caller: &Caller,
    id: PostId,
    change: &PostChange,
    origin: Origin,
) -> Result<PostDetail> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    posts::lock(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let mut post = posts::get(&mut tx, id).await?;
    refuse_stale(change.revision, post.revision)?;
    let present = deliveries::of_posts(&mut tx, &[id]).await?;
    if present
        .iter()
        .any(|delivery| delivery.state == DeliveryState::Publishing)
    {
        return Err(too_late());
    }

    // A draft that saves itself every few seconds is no news.
    let as_it_was = match post.schedule.kind {
        ScheduleKind::Draft => None,
        _ => Some(load(&mut tx, id).await?),
    };
    let input = merge(&mut tx, &post, &present, change).await?;
    if change.schedule.is_some() {
        refuse_time_without_effect(&input, &present)?;
    }
    let before = posts::media_of(&mut tx, &[id]).await?;
    let before: Vec<_> = before.into_iter().map(|(_, item)| item).collect();
    let before = versions::content(&post.text, &before, &present);
    let since = post.updated_at;
    let old_text = std::mem::replace(&mut post.text, input.text.clone());
    let schedule_before = post.schedule.clone();
    let mut repetition = None;
    if let Some(schedule) = &input.schedule {
        let place = series::place_of(&mut tx, id).await?;
        let schedule = without_same_rule(schedule, &post, place.as_ref());
        let plan = plan_of(&schedule, now).map_err(AppError::invalid)?;
        (post.schedule, repetition) = (plan.schedule, plan.repetition);
    }
    let goes_out = post.schedule.kind != ScheduleKind::Draft;
    if goes_out || schedule_before.kind != ScheduleKind::Draft {
        caller.require(Action::PostsPublish)?;
    }
    let named = look_up(&mut tx, &input).await?;
    let mut input = input;
    if goes_out {
        input = filled(app, &mut tx, &input, &named.channels).await?;
        if !present.iter().any(is_settled) {
            require_channels(&input)?;
        }
        refuse_errors(&findings(app, &input, &named)?)?;
    }
    post.revision += 1;
    post.updated_at = now;
    if old_text != post.text {
        // The record of what went out stays true.
        deliveries::keep_text_of_published(&mut tx, id, &old_text).await?;
    }
    let channels = &named.channels;
    let due = due_times(
        &mut tx,
        &mut post,
        Some(&schedule_before),
        channels,
        &present,
        now,
    )
    .await?;
    posts::update(&mut tx, &post).await?;
    let media = record::post_media(&input.media);
    posts::set_media(&mut tx, id, &media).await?;
    record::deliveries_of(app, &mut tx, &post, &input, channels, present, &due).await?;
    keep_up(&mut tx, caller.actor(), &post, repetition.as_ref(), now).await?;
    let mut detail = load(&mut tx, id).await?;
    if let Origin::Restored(number) = origin {
        let news = json!({ "version": number, "revision": post.revision });
        audit_post(
            &mut tx,
            now,
            caller.actor(),
            "post.version_restored",
            id,
            news,
        )
        .await?;
    } else if let Some(as_it_was) = &as_it_was {
        let news = edit_news(as_it_was, &detail);
        audit_post(&mut tx, now, caller.actor(), "post.edited", id, news).await?;
    } else if goes_out {
        let news = json!({ "at": post.schedule.at, "channels": named.channels.len() });
        audit_post(&mut tx, now, caller.actor(), "post.scheduled", id, news).await?;
    }
    if let Some(as_it_was) = &as_it_was {
        audit_left_out(&mut tx, caller, as_it_was, &detail).await?;
    }
    let after = versions::content(&post.text, &media, &detail.deliveries);
    let hand = Hand {
        caller,
        now,
        restored_from: match origin {
            Origin::Restored(number) => Some(number),
            Origin::Written => None,
        },
        keeps_present: change.keeps_present,
    };
    versions::keep(&mut tx, &post, Some((before, since)), &after, hand).await?;
    let zone = &post.schedule.time_zone;
    detail.warnings = warnings(&mut tx, &input, &named, &due, id, zone).await?;
    tx.commit().await?;

    publishing::ring_if_due(app, post.schedule.at);
    Ok(detail)
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
    post: &posts::Post,
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
