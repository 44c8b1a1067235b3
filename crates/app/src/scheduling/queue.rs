//! A channel's queue, as people set it.

use std::collections::BTreeSet;

use fanfare_domain::queue::{Queue, Slot};
use fanfare_domain::wall_clock::Weekday;
use fanfare_domain::{ChannelId, ErrorCode};
use fanfare_store::audit;
use fanfare_store::{WorkspaceTx, channels, queues};
use serde_json::json;

use super::rule::check_zone;
use crate::audit::event;
use crate::error::FieldError;
use crate::{App, AppError, Caller, Result};

/// One for nearly every two hours of the week: more is a stream, not a queue.
const MOST_SLOTS: usize = 100;

/// What a person wants the queue to be.
#[derive(Debug, Clone)]
pub struct QueueInput {
    pub time_zone: String,
    pub slots: Vec<SlotInput>,
}

/// One time of the week.
#[derive(Debug, Clone)]
pub struct SlotInput {
    pub weekday: Weekday,
    /// `09:05`.
    pub time: String,
}

/// The channel's queue; empty, in UTC, when nobody ever made one.
///
/// # Errors
/// `not_found`.
pub async fn read_queue(app: &App, caller: &Caller, channel: ChannelId) -> Result<Queue> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    present(&mut tx, channel).await?;
    let queue = queues::get(&mut tx, channel).await?;
    Ok(queue.unwrap_or_else(|| Queue::new("UTC".to_owned(), Vec::new())))
}

/// Replaces the channel's queue. What is in the queue already keeps its time.
///
/// # Errors
/// `not_found`, and bad input slot by slot.
pub async fn set_queue(
    app: &App,
    caller: &Caller,
    channel: ChannelId,
    input: &QueueInput,
) -> Result<Queue> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let name = present(&mut tx, channel).await?;
    let queue = checked(input)?;
    queues::set(&mut tx, channel, &queue, now).await?;
    let event = event(
        now,
        caller.actor(),
        "channel.queue_changed",
        ("channel", channel),
        json!({ "name": name, "time_zone": queue.time_zone, "slots": queue.slots.len() }),
    );
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(queue)
}

/// The channel's name, if it is there.
async fn present(tx: &mut WorkspaceTx, channel: ChannelId) -> Result<String> {
    let found = channels::get(tx, channel)
        .await
        .map_err(AppError::or_missing("channel"))?;
    if found.removed_at.is_some() {
        return Err(AppError::not_found("channel"));
    }
    Ok(found.name)
}

fn checked(input: &QueueInput) -> Result<Queue> {
    let mut wrong = Vec::new();
    wrong.extend(check_zone(&input.time_zone, "time_zone"));
    if input.slots.len() > MOST_SLOTS {
        let detail = format!("A queue has at most {MOST_SLOTS} slots a week.");
        wrong.push(FieldError::new("slots", ErrorCode::TooLong, detail));
        return Err(AppError::invalid(wrong));
    }
    let mut seen = BTreeSet::new();
    let mut slots = Vec::new();
    for (position, slot) in input.slots.iter().enumerate() {
        let Ok(time) = slot.time.parse() else {
            wrong.push(FieldError::new(
                format!("slots.{position}.time"),
                ErrorCode::NotAllowed,
                "Write the time as hours and minutes, such as 09:05.",
            ));
            continue;
        };
        if seen.insert((slot.weekday.position(), time)) {
            let weekday = slot.weekday;
            slots.push(Slot { weekday, time });
        } else {
            wrong.push(FieldError::new(
                format!("slots.{position}"),
                ErrorCode::Duplicate,
                format!("{} at {time} is named twice.", named(slot.weekday)),
            ));
        }
    }
    if wrong.is_empty() {
        Ok(Queue::new(input.time_zone.clone(), slots))
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn named(weekday: Weekday) -> String {
    let name = weekday.as_str();
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}
