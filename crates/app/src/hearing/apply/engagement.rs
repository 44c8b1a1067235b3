//! Somebody commented, reacted, mentioned or shared, or took it back.
//!
//! What the account itself does comes back like what others do. It is part of what stands below a post, so it is kept, and nobody is told
//! of it: people know what they wrote, and a program that answers comments must not answer itself.

use fanfare_domain::EngagementId;
use fanfare_platform_kit::roles::EngagementFact;
use fanfare_store::engagement::{self, Engagement};
use fanfare_store::{WorkspaceTx, deliveries};

use super::About;
use crate::Result;
use crate::hearing::replay::Effect;
use crate::news::{News, tell};

pub(super) async fn apply(
    tx: &mut WorkspaceTx,
    about: &About<'_>,
    fact: &EngagementFact,
) -> Result<Effect> {
    let delivery = match &fact.post_remote_id {
        Some(post) => {
            deliveries::by_remote_id(tx, about.channel_id(), post, &fact.post_other_ids).await?
        }
        None => None,
    };
    let new = Engagement {
        id: EngagementId::new(about.now),
        channel: about.channel_id(),
        delivery: delivery.map(|delivery| delivery.id),
        kind: fact.kind,
        remote_id: fact.remote_id.clone(),
        post_remote_id: fact.post_remote_id.clone(),
        parent_remote_id: fact.parent_remote_id.clone(),
        actor_id: fact.actor_id.clone(),
        actor_name: fact.actor_name.clone(),
        text: fact.text.clone(),
        change: fact.change,
        at: fact.at,
        event: about.event,
    };
    let changes = engagement::keep(tx, &new, about.now).await?;
    let is_by_us = fact.actor_id.as_ref() == Some(&about.channel.remote_id);
    if changes && !is_by_us {
        tell(tx, News::Engagement(&new), about.now).await?;
    }
    Ok(Effect {
        what: fact.kind.as_str(),
        action: fact.change.as_str(),
        remote_id: fact.remote_id.clone(),
        changes,
    })
}
