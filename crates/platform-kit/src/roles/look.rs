//! Looking at a post that is out: people edit and delete there what was published from here.

use async_trait::async_trait;
use serde_json::Value;

use super::publish::ChannelRef;
use crate::content::Options;
use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::PlatformError;

/// The role of saying how a post of ours stands now.
#[async_trait]
pub trait Look: Send + Sync {
    /// An error where that cannot be told: it must not be taken for a post that is gone.
    async fn look(&self, ctx: &PlatformContext, post: &Sent) -> Result<Seen, PlatformError>;
}

/// A post that is out, as it was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub channel: ChannelRef,
    pub credentials: Credentials,
    pub remote_id: String,
    pub text: String,
    pub options: Options,
    /// The `raw` of its receipt; null where a person said that it is out.
    pub receipt: Value,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// There, in the words that were sent.
    AsSent,
    Edited,
    Gone,
}
