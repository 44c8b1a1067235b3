//! A post of the account changed at the platform: one of ours, or one that was made there.

use fanfare_domain::webhook::RemoteChange;
use fanfare_platform_kit::roles::PostFact;
use fanfare_store::WorkspaceTx;
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::{self, RemoteState};
use serde_json::json;

use super::About;
use crate::Result;
use crate::hearing::replay::Effect;
use crate::news::{ChangedThere, News, tell};
use crate::publishing::audit_delivery;

pub(super) async fn apply(
    tx: &mut WorkspaceTx,
    about: &About<'_>,
    fact: &PostFact,
) -> Result<Effect> {
    let mut effect = Effect {
        what: "post",
        action: fact.change.as_str(),
        remote_id: fact.remote_id.clone(),
        changes: false,
    };
    let found =
        deliveries::by_remote_id(tx, about.channel_id(), &fact.remote_id, &fact.other_ids).await?;
    let Some(delivery) = found else {
        return Ok(effect);
    };
    let state = RemoteState {
        change: fact.change,
        permalink: fact.permalink.as_deref(),
        at: fact.at,
        event: about.event,
    };
    effect.changes = deliveries::keep_remote_state(tx, delivery.id, &state).await?;
    // That it was published is known already; what was done to it since is news.
    let (action, change) = match fact.change {
        RemoteChange::Added => return Ok(effect),
        RemoteChange::Edited => ("delivery.edited_there", ChangedThere::Edited),
        RemoteChange::Removed => ("delivery.removed_there", ChangedThere::Removed),
    };
    if effect.changes {
        let detail = json!({ "platform": about.channel.platform, "at": fact.at });
        audit_delivery(tx, about.now, Actor::fanfare(), action, &delivery, detail).await?;
        let news = News::ChangedThere(&delivery, change, fact.at);
        tell(tx, news, about.now).await?;
    }
    Ok(effect)
}
