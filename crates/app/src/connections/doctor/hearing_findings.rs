//! Whether the platform tells what happens on each channel, where this installation is set up to hear it.

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::Platform;
use fanfare_store::channels;

use super::findings::{finding, repaired_by};
use super::{Chart, Finding, Health, Repair};
use crate::Result;
use crate::hearing::{ChannelHealth, SubscriptionState, of_channels};

pub(super) async fn gather(
    chart: &mut Chart<'_>,
    id: ConnectionId,
    platform: &dyn Platform,
) -> Result<()> {
    let manifest = platform.manifest();
    // Without a verify token nobody has entered our address there, and nothing that is told would arrive.
    let can_hear = !chart.app.settings.verify_tokens(manifest).is_empty();
    if platform.subscribe().is_none() || !can_hear {
        return Ok(());
    }
    let mut tx = chart.app.store.in_workspace(chart.workspace).read().await?;
    let found = channels::of_connection(&mut tx, id).await?;
    let all = of_channels(chart.app, &mut tx, found).await?;
    drop(tx);
    for health in all.iter().filter(|health| health.channel.enabled) {
        chart.note(one_channel(manifest.name, health)).await?;
    }
    Ok(())
}

fn one_channel(platform: &str, health: &ChannelHealth) -> Finding {
    let subscription = &health.subscription;
    let found = |state, detail: String| Finding {
        channel_id: Some(health.channel.id.to_string()),
        ..finding("hearing", &health.channel.name, state, detail)
    };
    match (&subscription.trouble, subscription.state) {
        (Some(trouble), _) => {
            let repair = match trouble.advice.as_str() {
                "reconnect" | "grant_permission" => Repair::Reconnect,
                _ => Repair::Subscribe,
            };
            repaired_by(repair, found(Health::Warning, trouble.detail.clone()))
        }
        (None, SubscriptionState::Off) => found(
            Health::Ok,
            format!("Nothing is to be heard of it; that is chosen under {platform}, Hearing."),
        ),
        (None, SubscriptionState::Differs | SubscriptionState::Failed) => repaired_by(
            Repair::Subscribe,
            found(
                Health::Warning,
                format!("{platform} does not tell all that is wanted of it."),
            ),
        ),
        (None, SubscriptionState::Unknown) => repaired_by(
            Repair::Subscribe,
            found(
                Health::Warning,
                format!("{platform} was not asked yet to tell what happens on it."),
            ),
        ),
        (None, SubscriptionState::Told) if health.is_silent => repaired_by(
            Repair::CatchUp,
            found(
                Health::Warning,
                "Nothing was heard of it for a day, although a post went out. Read what was missed, and see under Webhooks whether requests arrive."
                    .to_owned(),
            ),
        ),
        (None, SubscriptionState::Told) => found(
            Health::Ok,
            format!("{platform} tells what happens on it."),
        ),
    }
}
