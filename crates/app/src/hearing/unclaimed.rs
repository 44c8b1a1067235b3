//! Tells those who run the installation that platforms tell of accounts that no workspace has connected: nobody else sees that.

use fanfare_domain::{NotificationKind, ids_from};
use fanfare_store::notifications::Notice;
use fanfare_store::{installation_facts, members, webhook_events};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};

use crate::periodic::Work;
use crate::{App, notifications};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// When they were last told, as milliseconds in words.
const TOLD_AT: &str = "unclaimed_events_told_at";

/// Looked at every hour, and told once a day at most.
pub(crate) const UNCLAIMED: Work = Work {
    kind: "watch_unclaimed_events",
    every: SignedDuration::from_hours(1),
    body: |app| tell(app).boxed(),
};

async fn tell(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app
        .store
        .as_system("events that nobody has")
        .write()
        .await?;
    let said = installation_facts::get(&mut tx, TOLD_AT).await?;
    if said.is_some_and(|said| now.duration_since(instant(said)) < DAY) {
        return Ok(());
    }
    let (all, late) = webhook_events::unclaimed(&mut tx, &ids_from(now - DAY)).await?;
    if late == 0 {
        return Ok(());
    }
    let count = all.to_string();
    let notice = Notice {
        kind: NotificationKind::EventsUnclaimed,
        subject: "unclaimed".to_owned(),
        post: None,
        title: "",
        what: Some(&count),
        platform: None,
        account: None,
    };
    for (user, workspace) in members::administrators(&mut tx).await? {
        notifications::tell_person(&mut tx, workspace, user, &notice, now).await?;
    }
    let word = now.as_millisecond().to_string();
    installation_facts::put(&mut tx, TOLD_AT, word.as_bytes()).await?;
    Ok(tx.commit().await?)
}

fn instant(said: Vec<u8>) -> Timestamp {
    let millis = String::from_utf8(said)
        .ok()
        .and_then(|word| word.parse().ok());
    let at = millis.and_then(|millis| Timestamp::from_millisecond(millis).ok());
    at.unwrap_or(Timestamp::UNIX_EPOCH)
}
