//! The platform decided something about the account, or about something that it has to approve.

use fanfare_domain::AccountNoticeId;
use fanfare_platform_kit::roles::NoticeFact;
use fanfare_store::WorkspaceTx;
use fanfare_store::account_notices::{self, AccountNotice};

use super::About;
use crate::Result;
use crate::hearing::replay::Effect;

pub(super) async fn apply(
    tx: &mut WorkspaceTx,
    about: &About<'_>,
    fact: &NoticeFact,
) -> Result<Effect> {
    let new = AccountNotice {
        id: AccountNoticeId::new(about.now),
        channel: about.channel_id(),
        kind: fact.kind,
        subject: fact.subject.clone(),
        name: fact.name.clone(),
        language: fact.language.clone(),
        state: fact.state.clone(),
        before: fact.before.clone(),
        reason: fact.reason.clone(),
        until: fact.until,
        at: fact.at,
        event: about.event,
    };
    let changes = account_notices::keep(tx, &new, about.now).await?;
    Ok(Effect {
        what: "notice",
        action: "stored",
        remote_id: fact.subject.clone(),
        changes,
    })
}
