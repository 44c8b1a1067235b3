//! Being told by the platform what happens there. Everything here is pure: what was sent is on record before anybody reads it.

use std::collections::BTreeMap;

use fanfare_domain::Secret;
use fanfare_domain::webhook::{EngagementKind, MessageStep, NoticeKind, RemoteChange, TestKind};
use jiff::Timestamp;
use serde_json::Value;

/// Hears what the platform tells.
pub trait Webhooks: Send + Sync {
    /// What to answer when the platform asks whether it may tell us; absent when it does not know one of `tokens`.
    fn handshake(&self, tokens: &[Secret], query: &[(String, String)]) -> Option<String>;

    /// Whether the platform sent this, by one of `secrets`, and just now where its signature says when. Takes the same time wherever a
    /// signature differs.
    fn is_genuine(&self, secrets: &[Secret], request: &Received) -> bool;

    /// Names of headers, in lower case, that are kept to be looked at: what is said of the signature, and nothing that could be a secret.
    fn kept_headers(&self) -> &'static [&'static str];

    /// What the request tells, one by one, in its order.
    ///
    /// # Errors
    /// When it is not what the platform sends.
    fn split(&self, raw: &[u8]) -> Result<Vec<Notification>, NotUnderstood>;

    /// What happened, by one of those. Absent for kinds of which nothing is known.
    ///
    /// # Errors
    /// When the kind is known, and it is not as that kind is.
    fn facts(&self, told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood>;

    /// What of it can be tried out; the first is the most ordinary.
    fn test_kinds(&self) -> Vec<TestKind>;

    /// Something that the platform could tell, signed with that secret: for trying out whether it is heard. Absent for kinds that it does
    /// not tell.
    fn sample(&self, secret: &Secret, wish: &Wish<'_>) -> Option<Sample>;

    /// Whose consent a `signed_request` is about: somebody who took it back, or wants what we have of them deleted. Absent when the
    /// platform did not sign it.
    fn person_of(&self, secrets: &[Secret], signed_request: &str) -> Option<SignedWord>;
}

/// What a platform signed about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedWord {
    /// As the platform calls them.
    pub person: String,
    /// By the platform's clock, where it says so.
    pub issued_at: Option<Timestamp>,
    /// It is not to be believed afterwards.
    pub expires_at: Option<Timestamp>,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// In capitals.
    pub method: String,
    /// The address to which it was sent, as the sender knows it: public, with its query as it was written.
    pub uri: String,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    pub at: Timestamp,
}

impl Received {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// What somebody wants to see arrive.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub kind: TestKind,
    /// The page, account or number, as the platform calls it.
    pub account: &'a str,
    /// Where it will be sent.
    pub uri: &'a str,
    pub at: Timestamp,
}

/// A request as the platform would make it.
#[derive(Debug, Clone)]
pub struct Sample {
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// One thing that the platform told.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// The page, account or number that it is about, as the platform calls it. What is told of one is worked off in order.
    pub account: String,
    /// Such as `feed.comment.add`.
    pub kind: String,
    /// The same, with account and kind, for whatever is the same when it is told again.
    pub key: String,
    pub occurred_at: Option<Timestamp>,
    /// Its own part of what was sent.
    pub payload: Value,
}

impl Notification {
    /// The kind of what stood in a request and cannot be read; its payload has it as `text`.
    pub const UNREADABLE: &str = "unreadable";
}

/// Something that happened at the platform.
#[derive(Debug, Clone, PartialEq)]
pub enum InboundFact {
    Post(PostFact),
    Engagement(EngagementFact),
    Message(MessageFact),
    Notice(NoticeFact),
}

/// What became of a post on the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostFact {
    pub remote_id: String,
    /// What else the same post can be known by: not every platform keeps to the id under which it was published.
    pub other_ids: Vec<String>,
    pub change: RemoteChange,
    pub permalink: Option<String>,
    pub at: Timestamp,
}

/// What somebody did with a post, or undid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngagementFact {
    pub kind: EngagementKind,
    pub change: RemoteChange,
    /// Its own id, or one that is made of what it is about and whose it is.
    pub remote_id: String,
    pub post_remote_id: Option<String>,
    /// As [`PostFact::other_ids`].
    pub post_other_ids: Vec<String>,
    pub parent_remote_id: Option<String>,
    pub actor_id: Option<String>,
    pub actor_name: Option<String>,
    pub text: Option<String>,
    pub at: Timestamp,
}

/// A message, or what became of one.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageFact {
    /// As the platform names it.
    pub kind: String,
    pub step: MessageStep,
    pub remote_id: String,
    /// Whom the conversation is with.
    pub contact: String,
    pub text: Option<String>,
    pub at: Timestamp,
}

/// What the platform decided about the account itself, or about something that it has to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFact {
    pub kind: NoticeKind,
    /// The platform's id of what it is about: a template, a number, the account.
    pub subject: String,
    /// What people call it.
    pub name: Option<String>,
    pub language: Option<String>,
    /// How it stands now, in the platform's own word: `APPROVED`, `RED`, `TIER_1K` …
    pub state: String,
    /// How it stood before, where the platform says so.
    pub before: Option<String>,
    /// Why, in the platform's own word or words.
    pub reason: Option<String>,
    /// Until when, where it ends by itself.
    pub until: Option<Timestamp>,
    pub at: Timestamp,
}

/// What was sent is not what the platform sends.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotUnderstood(pub String);

impl NotUnderstood {
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

#[cfg(test)]
mod a_scheme;
