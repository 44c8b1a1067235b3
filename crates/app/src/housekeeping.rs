//! Throws away what has served its time: ended sessions and links, unused consents, old answers, old mail, ended keys, invitations
//! that nobody took up, abandoned uploads, deleted posts.

use fanfare_store::{account_tokens, idempotency, oauth_states, oidc, passkeys, sessions};
use futures::FutureExt;
use jiff::SignedDuration;

use crate::periodic::Work;
use crate::{
    App, api_keys, composing, exports, hearing, invitations, mail, media, notifications, telling,
};

/// Answers to repeated requests are kept this long.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Done every hour.
pub(crate) const HOUSEKEEPING: Work = Work {
    kind: "housekeeping",
    every: SignedDuration::from_hours(1),
    body: |app| tidy(app).boxed(),
};

async fn tidy(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("housekeeping").write().await?;
    sessions::delete_expired(&mut tx, now).await?;
    account_tokens::delete_expired(&mut tx, now).await?;
    oauth_states::delete_all_expired(&mut tx, now).await?;
    oidc::delete_expired_states(&mut tx, now).await?;
    passkeys::delete_expired_challenges(&mut tx, now).await?;
    idempotency::delete_older(&mut tx, now - ANSWERS_KEPT).await?;
    invitations::tidy(&mut tx, now).await?;
    tx.commit().await?;
    mail::forget_bodies(app).await?;
    api_keys::tidy_calls(app).await?;
    composing::sweep_deleted(app).await?;
    exports::sweep(app).await?;
    hearing::forget_old(app).await?;
    telling::forget_old(app).await?;
    notifications::forget_old(app).await?;
    // A server elsewhere has a part in it, which may be away for longer than a job is tried again: the next time will do.
    if let Err(error) = media::sweep(app).await {
        tracing::warn!(%error, "left-over files could not be cleared away; that is tried again within an hour");
    }
    Ok(())
}
