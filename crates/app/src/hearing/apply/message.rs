//! Somebody wrote, or something became of what was written.

use fanfare_domain::InboundMessageId;
use fanfare_platform_kit::roles::MessageFact;
use fanfare_store::WorkspaceTx;
use fanfare_store::inbound_messages::{self, InboundMessage};
use serde_json::Value as Json;

use super::About;
use crate::Result;
use crate::hearing::replay::Effect;
use crate::news::{News, tell};

pub(super) async fn apply(
    tx: &mut WorkspaceTx,
    about: &About<'_>,
    fact: &MessageFact,
    payload: &Json,
) -> Result<Effect> {
    let new = InboundMessage {
        id: InboundMessageId::new(about.now),
        channel: about.channel_id(),
        kind: fact.kind.clone(),
        remote_id: fact.remote_id.clone(),
        contact: fact.contact.clone(),
        text: fact.text.clone(),
        payload: payload.clone(),
        at: fact.at,
        event: about.event,
    };
    let changes = inbound_messages::keep(tx, &new, about.now).await?;
    if changes {
        tell(tx, News::Message(&new, fact.step), about.now).await?;
    }
    Ok(Effect {
        what: "message",
        action: "stored",
        remote_id: fact.remote_id.clone(),
        changes,
    })
}
