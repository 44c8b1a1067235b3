//! Looking at a published post once more: not every platform tells that it was edited or deleted there.

mod regularly;

use std::time::Duration;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::webhook::RemoteChange;
use fanfare_domain::{DeliveryId, ErrorCode, WorkspaceId};
use fanfare_platform_kit::roles::{Account, InboundFact, PostFact, Seen, Sent};
use fanfare_platform_kit::{Platform, PlatformError};
use fanfare_store::channels::Channel;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts::{self, Post};
use jiff::SignedDuration;
use serde_json::Value as Json;

use super::apply::{About, effects_of};
use super::catch_up::before_all_events;
use super::subscriptions::{account, load};
use crate::{App, AppError, Result};

pub(crate) use regularly::{LookRegularly, look_regularly};

const PATIENCE: Duration = Duration::from_secs(30);

/// Asks the platform how a delivery stands there, and keeps what it says.
///
/// # Errors
/// `not_found`; `not_possible_in_state` unless it is out; the platform's own where it cannot tell.
pub async fn look_again(app: &App, workspace: WorkspaceId, id: DeliveryId) -> Result<()> {
    let looked = look(app, workspace, id).await?;
    keep(app, workspace, looked).await
}

/// A published delivery, and how the platform says it stands.
struct Looked {
    delivery: Delivery,
    channel: Channel,
    seen: Seen,
}

async fn look(app: &App, workspace: WorkspaceId, id: DeliveryId) -> Result<Looked> {
    let (delivery, post) = published(app, workspace, id).await?;
    let platform = app.platform(&delivery.platform)?.as_ref();
    let channel = load(app, workspace, delivery.channel_id).await?;
    let Account {
        channel: remote,
        credentials,
    } = account(app, workspace, &channel).await?;
    let receipt = delivery.receipt.as_deref().unwrap_or_default();
    let sent = Sent {
        channel: remote,
        credentials,
        remote_id: delivery.remote_id.clone().unwrap_or_default(),
        text: delivery.variant_text.clone().unwrap_or(post.text),
        options: delivery.options.as_object().cloned().unwrap_or_default(),
        receipt: serde_json::from_str(receipt).unwrap_or(Json::Null),
    };
    let seen = ask(app, platform, &sent).await?;
    Ok(Looked {
        delivery,
        channel,
        seen,
    })
}

async fn published(app: &App, workspace: WorkspaceId, id: DeliveryId) -> Result<(Delivery, Post)> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let delivery = deliveries::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    // Deleted with its post.
    let post = posts::get(&mut tx, delivery.post_id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    if delivery.state != DeliveryState::Published || delivery.remote_id.is_none() {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "Only a post that is out can be looked at, where the platform's id of it is known.",
        ));
    }
    Ok((delivery, post))
}

async fn ask(app: &App, platform: &dyn Platform, sent: &Sent) -> Result<Seen> {
    let manifest = platform.manifest();
    let look = platform.look().ok_or_else(|| {
        let detail = format!("{} does not say how a post stands.", manifest.name);
        AppError::conflict(ErrorCode::NotPossibleInState, detail)
    })?;
    let ctx = app.platform_context(manifest.id);
    let asked = tokio::time::timeout(PATIENCE, look.look(&ctx, sent)).await;
    let late = || PlatformError::unavailable(manifest.name, "a look at a post took too long");
    Ok(asked.unwrap_or_else(|_| Err(late()))?)
}

/// Has it take effect like what is told of a post, unless it is known already.
async fn keep(app: &App, workspace: WorkspaceId, looked: Looked) -> Result<()> {
    let Looked {
        delivery,
        channel,
        seen,
    } = looked;
    let now = app.now();
    let change = match seen {
        Seen::AsSent => RemoteChange::Added,
        Seen::Edited => RemoteChange::Edited,
        Seen::Gone => RemoteChange::Removed,
    };
    let known = delivery
        .at_platform
        .map_or(RemoteChange::Added, |(known, _)| known);
    if known == change {
        return Ok(());
    }
    // What was just seen is the later word, also where the platform's clock is ahead of ours.
    let at = delivery.at_platform.map_or(now, |(_, told_at)| {
        now.max(told_at + SignedDuration::from_millis(1))
    });
    let fact = InboundFact::Post(PostFact {
        remote_id: delivery.remote_id.clone().unwrap_or_default(),
        other_ids: Vec::new(),
        change,
        permalink: None,
        at,
    });
    let about = About {
        channel: &channel,
        event: before_all_events()?,
        now,
    };
    let mut tx = app.store.in_workspace(workspace).write().await?;
    effects_of(&mut tx, &about, &[fact], &Json::Null).await?;
    Ok(tx.commit().await?)
}
