//! Publishing as a checkpointed walk: one remote step at a time, each answer saved before the next.

use std::borrow::Cow;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::content::{Content, Options};
use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::PlatformError;
use crate::manifest::ContentRules;
use crate::roles::OutgoingMedia;
use crate::rules::text::Entity;
use crate::rules::{self, Finding};

/// The role of putting a post on a channel exactly once.
///
/// The engine's side of the contract:
/// 1. `step` is called with [`Progress::start`], then with whatever the last step returned; what it returns is on disk
///    before `step` is called again.
/// 2. After a crash, `step` is called again with the last saved progress, so a step whose call may run twice without harm
///    (reading, uploading something not yet public, a write with a key the platform honours) just returns [`Step::Checkpoint`].
/// 3. A call that must not run twice is announced first: return [`Step::Intend`] *without* calling. The engine saves it and
///    calls `step` once more with that progress, and now the call is made. If we crash after the intent was saved, or the call's
///    answer is lost (`Advice::OutcomeUnknown`), `reconcile` is called instead of `step`, until it can tell.
/// 4. Any error other than `OutcomeUnknown` from an intended step means: the platform certainly did not publish.
#[async_trait]
pub trait Publish: Send + Sync {
    /// The rules for this channel and these options; the manifest's own where nothing differs.
    fn rules(&self, channel: &ChannelRef, options: &Options) -> Cow<'_, ContentRules>;

    /// Everything wrong or remarkable about publishing `content` there. Pure, and the same wherever it is asked.
    fn check(&self, channel: &ChannelRef, content: &Content<'_>) -> Vec<Finding> {
        rules::check(&self.rules(channel, content.options), content)
    }

    /// Whether the platform makes a link of this part of a text.
    fn links(&self, _part: &Entity<'_>) -> bool {
        true
    }

    /// Takes the next remote step.
    async fn step(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError>;

    /// Asks the platform what became of an intended call.
    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError>;
}

/// The channel, as far as a platform needs to know it.
#[derive(Debug, Clone)]
pub struct ChannelRef {
    /// Ours, for budgets.
    pub id: String,
    pub remote_id: String,
    pub name: String,
    pub kind: String,
    pub limits: Value,
}

/// One delivery, with everything needed to carry it out.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Ours; the same for all attempts, so it serves as the platform's idempotency key and as the source of chosen record keys.
    pub delivery_id: String,
    pub channel: ChannelRef,
    /// The channel's own if it has some, else the connection's.
    pub credentials: Credentials,
    pub text: String,
    pub media: Vec<OutgoingMedia>,
    pub options: Options,
    /// When it was meant to go out.
    pub due_at: Timestamp,
    /// When the first attempt of this delivery began; nothing of ours can be on the platform from before then.
    pub began_at: Timestamp,
    /// Remote ids on this channel that other deliveries account for: whatever they look like, they are not this one.
    pub taken: Vec<String>,
}

/// Where a delivery's walk stands: a platform's own JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress(pub Value);

impl Progress {
    /// Nothing was done yet.
    #[must_use]
    pub fn start() -> Self {
        Self(Value::Null)
    }

    #[must_use]
    pub fn is_start(&self) -> bool {
        self.0.is_null()
    }

    /// # Panics
    /// If `value` cannot be written as JSON, which only a map with non-text keys can cause.
    #[must_use]
    pub fn from_value(value: &impl Serialize) -> Self {
        Self(serde_json::to_value(value).expect("progress is plain JSON"))
    }

    /// Reads it as the platform's own type; `default` when nothing was done yet.
    ///
    /// # Errors
    /// When it is of another shape, as after an upgrade.
    pub fn read<T: DeserializeOwned + Default>(&self, platform: &str) -> Result<T, PlatformError> {
        if self.is_start() {
            return Ok(T::default());
        }
        serde_json::from_value(self.0.clone()).map_err(|error| {
            PlatformError::outcome_unknown(platform, format!("saved progress unreadable: {error}"))
        })
    }
}

/// What one step came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Done so far; go on at once.
    Checkpoint(Progress),
    /// About to make a call that must not run twice; see rule 3 of [`Publish`].
    Intend(Progress),
    /// The platform is busy with it; ask again after that time.
    Wait { progress: Progress, after: Duration },
    /// It is live.
    Published(Receipt),
}

/// What the platform says about a call whose answer was lost.
#[derive(Debug, Clone, PartialEq)]
pub enum Reconciled {
    Published(Receipt),
    /// Certainly not published: go on from there.
    NotPublished(Progress),
    /// Cannot be told now. It is asked again for a while, then a person must look.
    Unknown,
}

/// What proves a delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    pub remote_id: String,
    pub permalink: Option<String>,
    /// By the platform's clock where it says, else ours.
    pub published_at: Timestamp,
    /// The platform's answer as it came, without secrets.
    pub raw: Value,
}
