//! Which applications asked to be told what happens on which accounts.

use serde::{Deserialize, Serialize};

use crate::{Platform, cast};

/// What a Page can tell an application.
const OF_PAGES: [&str; 10] = [
    "feed",
    "mention",
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "message_reads",
    "message_deliveries",
    "message_echoes",
    "message_edits",
    "messaging_referrals",
];
/// What an Instagram account can tell an application.
const OF_INSTAGRAM: [&str; 12] = [
    "comments",
    "live_comments",
    "mentions",
    "messages",
    "messaging_postbacks",
    "messaging_seen",
    "messaging_referral",
    "message_reactions",
    "message_edit",
    "messaging_handover",
    "standby",
    "story_insights",
];

/// One application's subscription to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The id of the Page or Instagram account.
    pub account: String,
    pub client_id: String,
    /// What the application's requests are signed with.
    #[serde(rename = "client_secret")]
    pub secret: String,
    pub fields: Vec<String>,
}

/// All subscriptions; an application has one at most to each account.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subscriptions(Vec<Subscription>);

impl Subscriptions {
    /// Subscribes an application. What it was subscribed to before counts no more.
    pub fn put(&mut self, new: Subscription) {
        self.remove(&new.account, &new.client_id);
        self.0.push(new);
    }

    pub fn remove(&mut self, account: &str, client_id: &str) {
        self.0
            .retain(|one| one.account != account || one.client_id != client_id);
    }

    pub fn of<'a>(&'a self, account: &'a str) -> impl Iterator<Item = &'a Subscription> {
        self.0.iter().filter(move |one| one.account == account)
    }

    pub fn all(&self) -> &[Subscription] {
        &self.0
    }
}

/// The fields that accounts of a platform have; none on platforms without webhooks.
pub fn fields_of(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Facebook => &OF_PAGES,
        Platform::Instagram => &OF_INSTAGRAM,
        Platform::Mastodon | Platform::GDrive => &[],
    }
}

/// The platform of an account that can tell something.
pub fn platform_of(account: &str) -> Option<Platform> {
    let page = cast::page(account).map(|_| Platform::Facebook);
    page.or_else(|| cast::instagram(account).map(|_| Platform::Instagram))
}
