//! Records a post's deliveries: who gets it, in which variant, and what is to happen when.

use std::collections::BTreeMap;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::ScheduleKind;
use fanfare_domain::{ChannelId, DeliveryId, ErrorCode};
use fanfare_store::channels::Channel;
use fanfare_store::deliveries::Delivery;
use fanfare_store::posts::{Post, PostMedia};
use fanfare_store::{WorkspaceTx, deliveries, jobs, posts};
use jiff::Timestamp;
use serde_json::Value as Json;

use super::input::{MediaInput, PostInput, VariantInput};
use crate::publishing::{self, delivery_key};
use crate::scheduling::DueTimes;
use crate::{App, AppError, Result};

/// What the post's deliveries become when they may still change.
pub(super) fn decided_state(post: &Post) -> DeliveryState {
    match post.schedule.kind {
        ScheduleKind::Draft => DeliveryState::Draft,
        ScheduleKind::Now | ScheduleKind::At | ScheduleKind::Queue => DeliveryState::Scheduled,
    }
}

/// Makes the post's deliveries match what was asked: adds, changes and takes away, with their jobs. What is out already stays as it is.
pub(super) async fn deliveries_of(
    app: &App,
    tx: &mut WorkspaceTx,
    post: &Post,
    input: &PostInput,
    channels: &[Channel],
    present: Vec<Delivery>,
    due: &DueTimes,
) -> Result<()> {
    let mut present: BTreeMap<ChannelId, Delivery> = present
        .into_iter()
        .map(|delivery| (delivery.channel_id, delivery))
        .collect();
    let now = app.now();
    for (position, channel) in (0_i64..).zip(channels) {
        let variant = input.variants.get(&channel.id).cloned().unwrap_or_default();
        let due_at = due.of(channel.id);
        match present.remove(&channel.id) {
            None => add(app, tx, post, channel, position, variant, due_at).await?,
            Some(delivery) => change(tx, post, delivery, position, variant, due_at, now).await?,
        }
    }
    for delivery in present.into_values() {
        take_away(tx, delivery, now).await?;
    }
    index(tx, post).await?;
    publishing::sum_up(tx, post.id, now).await?;
    Ok(())
}

/// Lets the search find the post by what each channel says of it.
async fn index(tx: &mut WorkspaceTx, post: &Post) -> Result<()> {
    let deliveries = deliveries::of_posts(tx, &[post.id]).await?;
    let own = deliveries
        .iter()
        .filter_map(|delivery| delivery.variant_text.as_deref());
    let texts: Vec<&str> = std::iter::once(post.text.as_str()).chain(own).collect();
    Ok(posts::set_search_text(tx, post.id, &texts).await?)
}

async fn add(
    app: &App,
    tx: &mut WorkspaceTx,
    post: &Post,
    channel: &Channel,
    position: i64,
    variant: VariantInput,
    due_at: Option<Timestamp>,
) -> Result<()> {
    let now = app.now();
    let delivery = Delivery {
        id: DeliveryId::new(now),
        post_id: post.id,
        channel_id: channel.id,
        platform: channel.platform.clone(),
        position,
        state: decided_state(post),
        variant_text: variant.text,
        options: Json::Object(variant.options),
        due_at,
        next_attempt_at: None,
        deadline_at: due_at.map(publishing::deadline),
        attempts: 0,
        began_at: None,
        progress: Json::Null,
        intended_at: None,
        remote_id: None,
        permalink: None,
        published_at: None,
        receipt: None,
        at_platform: None,
        error: None,
        created_at: now,
        updated_at: now,
    };
    deliveries::insert(tx, &delivery).await?;
    if let Some(due_at) = due_at {
        publishing::enqueue(tx, delivery.id, due_at, now).await?;
    }
    Ok(())
}

async fn change(
    tx: &mut WorkspaceTx,
    post: &Post,
    mut delivery: Delivery,
    position: i64,
    variant: VariantInput,
    due_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    let from = delivery.state;
    if matches!(from, DeliveryState::Published | DeliveryState::Cancelled) {
        return Ok(());
    }
    delivery.position = position;
    delivery.variant_text = variant.text;
    delivery.options = Json::Object(variant.options);
    delivery.updated_at = now;
    if from.is_editable() {
        delivery.state = decided_state(post);
        delivery.due_at = due_at;
        delivery.deadline_at = due_at.map(publishing::deadline);
        // What it waited for may be over by its new time; if not, it says so then.
        delivery.error = None;
    } else if from != DeliveryState::NeedsAttention {
        // Certainly not out: what was prepared at the platform belongs to the old content.
        delivery.progress = Json::Null;
    }
    decide(tx, &delivery, from).await?;
    if from.is_editable() {
        set_job(tx, &delivery, now).await?;
    }
    Ok(())
}

async fn set_job(tx: &mut WorkspaceTx, delivery: &Delivery, now: Timestamp) -> Result<()> {
    match delivery.due_at {
        Some(due_at) => publishing::enqueue(tx, delivery.id, due_at, now).await,
        None => Ok(jobs::withdraw(tx, &delivery_key(delivery.id)).await?),
    }
}

async fn take_away(tx: &mut WorkspaceTx, mut delivery: Delivery, now: Timestamp) -> Result<()> {
    let from = delivery.state;
    // What is out stays on the post as the record of that.
    if matches!(from, DeliveryState::Published | DeliveryState::Cancelled) {
        return Ok(());
    }
    jobs::withdraw(tx, &delivery_key(delivery.id)).await?;
    if from.is_editable() {
        return Ok(deliveries::delete(tx, delivery.id).await?);
    }
    // It was tried: its attempts stay on record.
    delivery.state = DeliveryState::Cancelled;
    delivery.updated_at = now;
    decide(tx, &delivery, from).await
}

async fn decide(tx: &mut WorkspaceTx, delivery: &Delivery, from: DeliveryState) -> Result<()> {
    if deliveries::decide(tx, delivery, from).await? {
        Ok(())
    } else {
        Err(too_late())
    }
}

/// Publishing began while the person was editing.
pub(super) fn too_late() -> AppError {
    AppError::conflict(
        ErrorCode::TooLate,
        "Publishing has begun already, so the post can no longer be changed. Wait until it is done.",
    )
}

/// The media as stored with the post.
pub(super) fn post_media(media: &[MediaInput]) -> Vec<PostMedia> {
    media
        .iter()
        .map(|item| PostMedia {
            media_id: item.id,
            alt: item.alt.clone().unwrap_or_default(),
        })
        .collect()
}

/// A post nobody has edited yet.
pub(super) async fn insert_post(
    tx: &mut WorkspaceTx,
    post: &Post,
    media: &[MediaInput],
) -> Result<()> {
    debug_assert_eq!(post.state, PostState::Draft);
    posts::insert(tx, post).await?;
    Ok(posts::set_media(tx, post.id, &post_media(media)).await?)
}
