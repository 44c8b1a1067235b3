//! What becomes of an event: one function for each thing that it can say. Each may be said again, and changes nothing then.

mod engagement;
mod message;
mod notice;
mod post;

use fanfare_domain::{ChannelId, WebhookEventId};
use fanfare_platform_kit::roles::{InboundFact, Notification};
use fanfare_store::WorkspaceTx;
use fanfare_store::channels::{self, Channel};
use fanfare_store::webhook_events::WebhookEvent;
use serde_json::Value as Json;

use super::read::UNREADABLE;
use super::replay::Effect;
use super::trial::is_test;
use crate::{App, Result};

/// What an event is about: its account's channel, and the event itself.
pub(super) struct About<'a> {
    pub channel: &'a Channel,
    pub event: WebhookEventId,
    pub now: jiff::Timestamp,
}

/// Has the event take effect, and answers what it did. Absent for kinds of which nothing is known.
///
/// # Errors
/// When it cannot take effect now, or is not what its kind is.
pub(super) async fn apply(
    app: &App,
    tx: &mut WorkspaceTx,
    event: &WebhookEvent,
    told: Option<&Notification>,
) -> Result<Option<Vec<Effect>>> {
    if event.kind == Notification::UNREADABLE {
        return Err(anyhow::anyhow!(UNREADABLE).into());
    }
    let told = told.ok_or_else(|| anyhow::anyhow!("What the platform sent is no longer there."))?;
    let webhooks = app.platform(&event.platform)?.webhooks();
    let webhooks =
        webhooks.ok_or_else(|| anyhow::anyhow!("The platform tells nothing here any more."))?;
    let Some(facts) = webhooks.facts(told).map_err(anyhow::Error::from)? else {
        return Ok(None);
    };
    let found = channels::by_remote_id(tx, &event.platform, &event.account).await?;
    let Some(channel) = found else {
        // It was given back meanwhile.
        return Ok(Some(Vec::new()));
    };
    if is_test(&event.kind) {
        // It came all the way, and that is what was to be seen.
        return Ok(Some(Vec::new()));
    }
    let about = About {
        channel: &channel,
        event: event.id,
        now: app.now(),
    };
    effects_of(tx, &about, &facts, &told.payload)
        .await
        .map(Some)
}

/// Has facts take effect, whoever told them. `said` is the platform's own words.
pub(super) async fn effects_of(
    tx: &mut WorkspaceTx,
    about: &About<'_>,
    facts: &[InboundFact],
    said: &Json,
) -> Result<Vec<Effect>> {
    let mut effects = Vec::with_capacity(facts.len());
    for fact in facts {
        effects.push(match fact {
            InboundFact::Post(fact) => post::apply(tx, about, fact).await?,
            InboundFact::Engagement(fact) => engagement::apply(tx, about, fact).await?,
            InboundFact::Message(fact) => message::apply(tx, about, fact, said).await?,
            InboundFact::Notice(fact) => notice::apply(tx, about, fact).await?,
        });
    }
    Ok(effects)
}

impl About<'_> {
    fn channel_id(&self) -> ChannelId {
        self.channel.id
    }
}
