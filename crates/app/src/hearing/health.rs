//! How hearing fares, channel by channel.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use fanfare_domain::ids_from;
use fanfare_store::channel_subscriptions::{self, Subscription};
use fanfare_store::channels::{self, Channel};
use fanfare_store::webhook_events::{self, Health};
use fanfare_store::{WorkspaceTx, connections, deliveries};
use jiff::{SignedDuration, Timestamp};

use super::catch_up::{CatchUpView, latest_by_channel};
use super::subscriptions::{SubscriptionView, is_chosen, view_of};
use crate::{App, Caller, Result};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// More channels than any workspace has.
const MOST: u32 = 5_000;

/// How one channel is heard.
#[derive(Debug, Clone)]
pub struct ChannelHealth {
    pub channel: Channel,
    /// In the last week.
    pub last_heard_at: Option<Timestamp>,
    /// Events of the last day, and those of them that failed and were not made good.
    pub received: i64,
    pub failed: i64,
    /// In the last week.
    pub last_published_at: Option<Timestamp>,
    /// Nothing was heard for a day although a post had gone out.
    pub is_silent: bool,
    pub subscription: SubscriptionView,
    /// What was missed can be read.
    pub can_catch_up: bool,
    pub catch_up: Option<CatchUpView>,
}

/// How the channels are heard of which something can be told, in the workspace's order.
///
/// # Errors
/// When the database fails.
pub async fn health(app: &App, caller: &Caller) -> Result<Vec<ChannelHealth>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let found = channels::list(&mut tx, None, MOST).await?;
    of_channels(app, &mut tx, found).await
}

/// The same of these channels.
pub(crate) async fn of_channels(
    app: &App,
    tx: &mut WorkspaceTx,
    found: Vec<Channel>,
) -> Result<Vec<ChannelHealth>> {
    let now = app.now();
    let known = Known::read(tx, now).await?;
    let mut granted: HashMap<_, Vec<String>> = HashMap::new();
    let mut all = Vec::new();
    for channel in found {
        let Some(platform) = app.platforms.get(channel.platform.as_str()) else {
            continue;
        };
        if !is_chosen(platform.as_ref()) {
            continue;
        }
        let scopes = match granted.entry(channel.connection_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let connection = connections::get(tx, channel.connection_id).await?;
                unknown.insert(connection.scopes)
            }
        };
        let kept = known.subscriptions.get(&channel.id).cloned();
        let tells_something = kept.as_ref().is_some_and(Subscription::tells_something);
        let subscription = view_of(platform.as_ref(), channel.id, kept, scopes);
        let key = (channel.platform.clone(), channel.remote_id.clone());
        let heard = known.heard.get(&key);
        let last_heard_at = heard.and_then(|heard| heard.last_received_at);
        let (last_published_at, aged) = known
            .published
            .get(&channel.id)
            .map_or((None, None), |(last, aged)| (Some(*last), *aged));
        let is_silent = tells_something
            && aged.is_some_and(|aged| last_heard_at.is_none_or(|heard| heard < aged));
        all.push(ChannelHealth {
            last_heard_at,
            received: heard.map_or(0, |heard| heard.received),
            failed: heard.map_or(0, |heard| heard.failed),
            last_published_at,
            is_silent,
            subscription,
            can_catch_up: platform.history().is_some(),
            catch_up: known.catch_ups.get(&channel.id).cloned(),
            channel,
        });
    }
    Ok(all)
}

/// What is known of all channels, each by one statement.
struct Known {
    subscriptions: HashMap<fanfare_domain::ChannelId, Subscription>,
    heard: HashMap<(String, String), Health>,
    published: HashMap<fanfare_domain::ChannelId, (Timestamp, Option<Timestamp>)>,
    catch_ups: HashMap<fanfare_domain::ChannelId, CatchUpView>,
}

impl Known {
    async fn read(tx: &mut WorkspaceTx, now: Timestamp) -> Result<Self> {
        let (day, week) = (ids_from(now - DAY), ids_from(now - WEEK));
        let subscriptions = channel_subscriptions::list(tx).await?.into_iter();
        let heard = webhook_events::health_of_accounts(tx, &day, &week).await?;
        let published = deliveries::last_published(tx, now - WEEK, now - DAY).await?;
        Ok(Self {
            subscriptions: subscriptions.map(|one| (one.channel, one)).collect(),
            heard: heard
                .into_iter()
                .map(|(account, health)| ((health.platform.clone(), account), health))
                .collect(),
            published: published
                .into_iter()
                .map(|(channel, last, aged)| (channel, (last, aged)))
                .collect(),
            catch_ups: latest_by_channel(tx).await?,
        })
    }
}
