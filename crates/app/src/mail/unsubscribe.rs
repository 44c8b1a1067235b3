//! Messages that somebody may have no more of, and the links by which they say so (RFC 8058).

use fanfare_domain::UserId;
use fanfare_platform_kit::settings::join;
use fanfare_store::SystemTx;
use fanfare_store::mail_preferences::{self, MailPreference};
use serde_json::json;

use super::Letter;
use super::queue::post;
use crate::accounts::new_token;
use crate::{App, Result};

/// Queues a message unless its person wants none of its kind; the message says how to have no more.
pub(crate) async fn post_if_wanted(
    app: &App,
    tx: &mut SystemTx,
    user: UserId,
    mut letter: Letter,
) -> Result<()> {
    if !app.mail.can_send() {
        return Ok(());
    }
    let new = new_token();
    let wish = mail_preferences::get_or_make(tx, user, letter.kind, new.expose()).await?;
    if wish.off_at.is_some() {
        return Ok(());
    }
    let url = join(
        &app.config.public_url,
        &format!("unsubscribe/{}", wish.token),
    );
    letter.values["unsubscribe_url"] = json!(url);
    letter.unsubscribe = Some(url);
    post(app, tx, letter).await
}

/// What the link is about; absent for one that was not made here.
pub async fn preference(app: &App, token: &str) -> Result<Option<MailPreference>> {
    let mut tx = app.store.as_system("what a link is about").read().await?;
    Ok(mail_preferences::of_token(&mut tx, token).await?)
}

/// Stops messages of the link's kind, or lets them come again. Saying it twice changes nothing.
pub async fn prefer(app: &App, token: &str, wanted: bool) -> Result<Option<MailPreference>> {
    let off_at = (!wanted).then(|| app.now());
    let mut tx = app.store.as_system("what somebody wants").write().await?;
    mail_preferences::set(&mut tx, token, off_at).await?;
    let found = mail_preferences::of_token(&mut tx, token).await?;
    tx.commit().await?;
    Ok(found)
}
