//! What platforms tell of their own accord: where each event stands, and what it may do.

use jiff::SignedDuration;

use crate::named;

named! {
    /// Where an event from a platform stands.
    pub enum WebhookStatus {
        /// On record; its turn comes.
        Pending = "pending",
        /// Somebody is at it.
        Processing = "processing",
        Processed = "processed",
        /// It went wrong, and is tried again by itself.
        Failed = "failed",
        /// It went wrong too often; a person may retry it.
        DeadLetter = "dead_letter",
    }
}

named! {
    /// Something people did with what we published.
    pub enum EngagementKind {
        Comment = "comment",
        Reaction = "reaction",
        Mention = "mention",
        Share = "share",
    }
}

named! {
    /// How something at a platform changed.
    pub enum RemoteChange {
        Added = "added",
        Edited = "edited",
        Removed = "removed",
    }
}

named! {
    /// Why nothing is told to an endpoint.
    pub enum DisabledWhy {
        /// Nothing but failures for days.
        Failing = "failing",
        /// It answered that it is gone for good.
        Gone = "gone",
        /// A person switched it off.
        Person = "person",
    }
}

named! {
    /// Whether an endpoint has a message.
    pub enum SendStatus {
        /// It is tried, now or later.
        Pending = "pending",
        Delivered = "delivered",
        /// It is tried no more, unless a person asks.
        Failed = "failed",
    }
}

/// How long after the first, second … failure a message is sent again; after the last it is given up.
pub const SEND_AGAIN: [SignedDuration; 7] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(10),
];

/// How long after the first, second … failure an event is tried again; after the last it is a dead letter.
pub const WEBHOOK_RETRIES: [SignedDuration; 3] = [
    SignedDuration::from_secs(1),
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
];

impl WebhookStatus {
    /// Nothing happens to it any more unless a person asks.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Processed | Self::DeadLetter)
    }
}
