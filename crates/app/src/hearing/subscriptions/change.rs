//! What a person decides about what is told of a channel, and what they have looked at.

use fanfare_domain::{ChannelId, ErrorCode};
use fanfare_store::channel_subscriptions;
use fanfare_store::{audit, channels};
use jiff::SignedDuration;
use serde_json::json;

use super::defaults;
use super::set::{Then, carry_out, load};
use super::view::{SubscriptionView, not_supported, subscription};
use crate::audit::event;
use crate::{App, AppError, Caller, FieldError, Result};

/// When the job looks after what a person was answered at once.
const MADE_GOOD_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Has exactly these fields told from now on. What the platform refuses is kept with the subscription and is no error here.
///
/// # Errors
/// `not_found`; `not_allowed` for a field that there is not.
pub async fn change_subscription(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    wanted: &[String],
) -> Result<SubscriptionView> {
    let channel = load(app, caller.workspace, id).await?;
    let platform = app.platform(&channel.platform)?.as_ref();
    let subscribe = platform
        .subscribe()
        .ok_or_else(|| not_supported(platform))?;
    let known = |name: &str| subscribe.fields().iter().any(|field| field.name == name);
    let wrong: Vec<FieldError> = wanted
        .iter()
        .enumerate()
        .filter(|(_, name)| !known(name))
        .map(|(index, name)| {
            let detail = format!("{} tells nothing of that name.", platform.manifest().name);
            tracing::debug!(name, "an unknown field");
            FieldError::new(format!("fields.{index}"), ErrorCode::NotAllowed, detail)
        })
        .collect();
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let mut fields: Vec<String> = wanted.to_vec();
    fields.sort();
    fields.dedup();
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    channel_subscriptions::ensure(&mut tx, id, &defaults(subscribe), now).await?;
    let before = channel_subscriptions::get(&mut tx, id).await?;
    let before: Vec<String> = before.map(|kept| kept.wanted).unwrap_or_default();
    channel_subscriptions::set_wanted(&mut tx, id, &fields, now).await?;
    let added: Vec<&String> = fields.iter().filter(|one| !before.contains(one)).collect();
    let removed: Vec<&String> = before.iter().filter(|one| !fields.contains(one)).collect();
    if !(added.is_empty() && removed.is_empty()) {
        let detail = json!({ "name": channel.name, "added": added, "removed": removed });
        let event = event(
            now,
            caller.actor(),
            "channel.subscription_changed",
            ("channel", id),
            detail,
        );
        audit::record(&mut tx, &event).await?;
    }
    // A person waits for the answer below; the job makes good what a process that dies now leaves undone.
    super::enqueue(&mut tx, id, now + MADE_GOOD_AFTER, now).await?;
    tx.commit().await?;
    finish(app, caller, id, Then::Set).await
}

/// Asks the platform what it tells of a channel.
///
/// # Errors
/// `not_found`.
pub async fn look_at_subscription(
    app: &App,
    caller: &Caller,
    id: ChannelId,
) -> Result<SubscriptionView> {
    subscription(app, caller, id).await?;
    finish(app, caller, id, Then::Look).await
}

/// Has the platform tell what is wanted, where it does not.
///
/// # Errors
/// `not_found`.
pub async fn mend_subscription(
    app: &App,
    caller: &Caller,
    id: ChannelId,
) -> Result<SubscriptionView> {
    subscription(app, caller, id).await?;
    let view = finish(app, caller, id, Then::Mend).await?;
    if view.trouble.is_none() {
        let now = app.now();
        let mut tx = app.store.in_workspace(caller.workspace).write().await?;
        let channel = channels::get(&mut tx, id).await?;
        let event = event(
            now,
            caller.actor(),
            "channel.subscription_repaired",
            ("channel", id),
            json!({ "name": channel.name }),
        );
        audit::record(&mut tx, &event).await?;
        tx.commit().await?;
    }
    Ok(view)
}

async fn finish(app: &App, caller: &Caller, id: ChannelId, then: Then) -> Result<SubscriptionView> {
    // What it refuses is written down, and shown with the rest.
    carry_out(app, caller.workspace, id, then).await?.ok();
    subscription(app, caller, id).await
}
