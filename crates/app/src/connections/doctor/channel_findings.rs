//! Whether each channel of a connection can be reached and may be posted to.

use std::time::Duration;

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::{Credentials, Platform, PlatformError};
use fanfare_store::channels::{self, Channel};
use fanfare_store::deliveries;
use jiff::Timestamp;

use super::findings::{finding, refusal, repaired_by};
use super::{Chart, Finding, Health, Repair};
use crate::Result;
use crate::connections::channels::channel_ref;
use crate::connections::keep::channel_owner;
use crate::connections::renewal;

/// One channel's answer.
const CHANNEL_PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn gather(
    chart: &mut Chart<'_>,
    id: ConnectionId,
    platform: &dyn Platform,
) -> Result<()> {
    let mut tx = chart.app.store.in_workspace(chart.workspace).read().await?;
    let found = channels::of_connection(&mut tx, id).await?;
    let mut with_own = Vec::new();
    for channel in found {
        let own = channels::sealed_credentials(&mut tx, channel.id).await?;
        let waiting = deliveries::waiting_on(&mut tx, &[channel.id]).await?.len();
        with_own.push((channel, own, waiting));
    }
    drop(tx);
    let app = chart.app;
    let asked = with_own.iter().map(async |(channel, own, waiting)| {
        let reached = match own {
            Some(sealed) => {
                let name = platform.manifest().name;
                match renewal::open(&app.vault, &channel_owner(channel.id), sealed, name) {
                    Ok(credentials) => reach(chart.app, platform, &credentials, channel).await,
                    Err(error) => Err(error),
                }
            }
            None => Ok(()),
        };
        one_channel(
            platform.manifest().name,
            channel,
            &reached,
            *waiting,
            app.now(),
        )
    });
    for finding in futures::future::join_all(asked).await {
        chart.note(finding).await?;
    }
    Ok(())
}

async fn reach(
    app: &crate::App,
    platform: &dyn Platform,
    credentials: &Credentials,
    channel: &Channel,
) -> std::result::Result<(), PlatformError> {
    let name = platform.manifest().name;
    let Some(connect) = platform.connect() else {
        return Ok(());
    };
    let (ctx, channel) = (
        app.platform_context(platform.manifest().id),
        channel_ref(channel),
    );
    let reaching = connect.reach(&ctx, credentials, &channel);
    tokio::time::timeout(CHANNEL_PATIENCE, reaching)
        .await
        .unwrap_or_else(|_| Err(PlatformError::unavailable(name, "a channel took too long")))
}

fn one_channel(
    platform: &str,
    channel: &Channel,
    reached: &std::result::Result<(), PlatformError>,
    waiting: usize,
    now: Timestamp,
) -> Finding {
    let found = |state, detail: String| Finding {
        channel_id: Some(channel.id.to_string()),
        ..finding("channel", &channel.name, state, detail)
    };
    if let Some(problem) = &channel.problem {
        return repaired_by(Repair::Reconnect, found(Health::Failed, problem.clone()));
    }
    if let Err(error) = reached {
        return refusal(platform, error, &found);
    }
    if !channel.enabled || channel.paused {
        let is = if channel.enabled {
            "Paused here"
        } else {
            "Switched off here"
        };
        let (state, detail) = match waiting {
            0 => (Health::Ok, format!("{is}; otherwise it can be reached.")),
            1 => (
                Health::Warning,
                format!("{is}, and 1 scheduled post waits for it."),
            ),
            more => (
                Health::Warning,
                format!("{is}, and {more} scheduled posts wait for it."),
            ),
        };
        return repaired_by(Repair::EnableChannel, found(state, detail));
    }
    if channel.limited_until.is_some_and(|until| until > now) {
        let detail = format!(
            "{platform} takes nothing more for it for a while. Posts wait and go out by themselves."
        );
        return found(Health::Warning, detail);
    }
    found(
        Health::Ok,
        "It can be reached and is still ours.".to_owned(),
    )
}
