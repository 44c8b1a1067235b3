//! Notices that the program was away, and that a platform may no longer tell what it was asked to.

use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::WorkspaceId;
use fanfare_store::{channel_subscriptions, installation_facts};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{catch_up, subscriptions};
use crate::App;
use crate::periodic::Work;

/// Until when something could be heard, as milliseconds in words.
const HEARD_UNTIL: &str = "heard_until";
/// Nobody heard for longer than this: platforms that tried meanwhile wait before they try again, and give up in the end.
const AWAY: SignedDuration = SignedDuration::from_mins(15);
/// How old the platform's word may be before it is asked again.
const SEEN: SignedDuration = SignedDuration::from_hours(24);
/// Channels that are looked at in one round.
const BATCH: u32 = 50;

/// How often it is noted that somebody hears.
const NOTED_EVERY: Duration = Duration::from_secs(5 * 60);

/// Done every five minutes, by any process.
pub(crate) const LISTENING: Work = Work {
    kind: "watch_listening",
    every: SignedDuration::from_mins(5),
    body: |app| look_again(app).boxed(),
};

/// Notes again and again that somebody hears, until told to stop. For processes that platforms reach, and for no others: a worker may go
/// on for days while nobody hears.
pub async fn keep_noting_that_we_hear(app: Arc<App>, stop: CancellationToken) {
    loop {
        if let Err(error) = we_hear(&app).await {
            tracing::warn!(
                error = format!("{error:#}"),
                "it was not noted that we hear; tried again in five minutes"
            );
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(NOTED_EVERY) => {}
        }
    }
}

/// Notes that somebody hears now. What was missed is read, when nobody did for a while.
///
/// # Errors
/// When the database fails.
pub async fn we_hear(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    if let Some(since) = heard_until(app).await?
        && now.duration_since(since) > AWAY
    {
        let begun = catch_up::catch_up_after(app, since).await?;
        tracing::info!(%since, channels = begun, "nobody heard for a while; what was missed is read");
    }
    // Only now: a process that dies before has it done once more.
    let mut tx = app.store.as_system("somebody hears").write().await?;
    let word = now.as_millisecond().to_string();
    installation_facts::put(&mut tx, HEARD_UNTIL, word.as_bytes()).await?;
    Ok(tx.commit().await?)
}

async fn heard_until(app: &App) -> anyhow::Result<Option<Timestamp>> {
    let mut tx = app
        .store
        .as_system("until when somebody heard")
        .read()
        .await?;
    let word = installation_facts::get(&mut tx, HEARD_UNTIL).await?;
    let millis = word.and_then(|word| String::from_utf8(word).ok()?.parse().ok());
    Ok(millis.and_then(|millis| Timestamp::from_millisecond(millis).ok()))
}

/// Has the platform asked about what nobody asked about for a day.
async fn look_again(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app
        .store
        .as_system("what was told a day ago")
        .write()
        .await?;
    let old: Vec<(WorkspaceId, _)> =
        channel_subscriptions::unseen_since(&mut tx, now - SEEN, BATCH).await?;
    for (workspace, channel) in old {
        subscriptions::enqueue_look(&mut tx, workspace, channel, now).await?;
    }
    Ok(tx.commit().await?)
}
