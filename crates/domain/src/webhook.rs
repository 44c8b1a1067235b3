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
    /// What can be tried out of what platforms tell.
    pub enum TestKind {
        Comment = "comment",
        Reaction = "reaction",
        Mention = "mention",
        /// A post came into the account's feed.
        Post = "post",
        /// Somebody wrote to the account.
        Message = "message",
        /// What the account wrote was delivered.
        MessageStatus = "message_status",
        /// A message template was decided about.
        Template = "template",
    }
}

/// What is told of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageStep {
    /// Somebody wrote to the account.
    Written,
    /// What the account itself wrote, told back.
    Echoed,
    /// What was written arrived, was read, or was not taken.
    StatusChanged,
    /// A reaction, a pressed button, a conversation that somebody else answers.
    Other,
}

named! {
    /// What a platform's word about an account is about.
    pub enum NoticeKind {
        /// Whether a message template may be used.
        TemplateStatus = "template_status",
        TemplateQuality = "template_quality",
        TemplateCategory = "template_category",
        TemplateContent = "template_content",
        /// How well a number's messages are received, and how many it may send.
        NumberQuality = "number_quality",
        NumberName = "number_name",
        /// What became of the account itself: restricted, banned, reviewed, taken over.
        Account = "account",
        /// A warning about the account.
        Alert = "alert",
        /// How much the business may do.
        Capability = "capability",
    }
}

named! {
    /// How far the reading of what was missed has come.
    pub enum CatchUpState {
        /// Its turn comes.
        Waiting = "waiting",
        /// Some of it was read.
        Running = "running",
        Done = "done",
        Failed = "failed",
    }
}

named! {
    /// Why something is read that was missed.
    pub enum CatchUpReason {
        /// Fanfare was not running for a while.
        Away = "away",
        /// A person asked for it.
        Person = "person",
        /// Whoever may run the program on the machine asked for it.
        CommandLine = "command_line",
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
