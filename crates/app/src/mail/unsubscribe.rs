//! Messages that somebody may have no more of, and the links by which they say so (RFC 8058).

use fanfare_domain::{NotificationChannel, NotificationKind, UserId};
use fanfare_platform_kit::settings::join;
use fanfare_store::notification_preferences::{self, Said};
use fanfare_store::{SystemTx, mail_preferences};
use serde_json::json;

use super::Letter;
use super::queue::post;
use crate::accounts::new_token;
use crate::{App, Result};

/// Messages that gather what happened; their link is about all of it at once.
pub(crate) const NOTIFICATIONS: &str = "notifications";
/// Messages about one connection.
pub(crate) const CONNECTION_TROUBLE: &str = "connection_trouble";

/// What a link is about, and whether its messages come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPreference {
    /// The kind of message.
    pub kind: String,
    pub is_off: bool,
}

/// Queues a message that says how to have no more of its kind.
pub(crate) async fn post_with_way_out(
    app: &App,
    tx: &mut SystemTx,
    user: UserId,
    mut letter: Letter,
) -> Result<()> {
    if !app.mail.can_send() {
        return Ok(());
    }
    let new = new_token();
    let token = mail_preferences::token(tx, user, letter.kind, new.expose()).await?;
    let url = join(&app.config.public_url, &format!("unsubscribe/{token}"));
    letter.values["unsubscribe_url"] = json!(url);
    letter.unsubscribe = Some(url);
    post(app, tx, letter).await
}

/// What the link is about; absent for one that was not made here.
pub async fn preference(app: &App, token: &str) -> Result<Option<MailPreference>> {
    let mut tx = app.store.as_system("what a link is about").read().await?;
    look(&mut tx, token).await
}

/// Stops messages of the link's kind, or lets them come again. Saying it twice changes nothing.
pub async fn prefer(app: &App, token: &str, wanted: bool) -> Result<Option<MailPreference>> {
    let now = app.now();
    let mut tx = app.store.as_system("what somebody wants").write().await?;
    if let Some((user, kind)) = mail_preferences::of_token(&mut tx, token).await? {
        for kind in told_by(&kind) {
            let said = Said {
                kind,
                channel: NotificationChannel::Email,
                wanted: wanted && kind.by_default(NotificationChannel::Email),
            };
            notification_preferences::set(&mut tx, user, said, now).await?;
        }
    }
    let found = look(&mut tx, token).await?;
    tx.commit().await?;
    Ok(found)
}

async fn look(tx: &mut SystemTx, token: &str) -> Result<Option<MailPreference>> {
    let Some((user, kind)) = mail_preferences::of_token(tx, token).await? else {
        return Ok(None);
    };
    let mut is_off = true;
    for one in told_by(&kind) {
        let comes =
            notification_preferences::wants(tx, user, one, NotificationChannel::Email).await?;
        is_off &= !comes;
    }
    Ok(Some(MailPreference { kind, is_off }))
}

/// What messages of a kind tell of.
fn told_by(kind: &str) -> Vec<NotificationKind> {
    // Of these two there are messages of their own.
    let gathered = |kind: &NotificationKind| {
        !kind.is_fixed()
            && !matches!(
                kind,
                NotificationKind::ConnectionTrouble | NotificationKind::WebhookDisabled
            )
    };
    match kind {
        NOTIFICATIONS => NotificationKind::ALL
            .iter()
            .copied()
            .filter(gathered)
            .collect(),
        one => NotificationKind::parse(one).into_iter().collect(),
    }
}
