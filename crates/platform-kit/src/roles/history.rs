//! What happened on an account lately, for after a time in which nobody heard.

use async_trait::async_trait;
use jiff::Timestamp;

use super::subscribe::Account;
use super::webhooks::InboundFact;
use crate::context::PlatformContext;
use crate::error::PlatformError;

/// The role of reading an account's recent posts and what was said below them, in the shape in which the platform would have told it.
#[async_trait]
pub trait History: Send + Sync {
    /// One part of it, the newest first: posts made at `span.posts_from` or later, and comments written at `span.from` or later.
    /// `after` is the `next` of the part before.
    async fn recent(
        &self,
        ctx: &PlatformContext,
        account: &Account,
        span: Span,
        after: Option<&str>,
    ) -> Result<HistoryPart, PlatformError>;
}

/// The time that is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Earlier, because people write below older posts too.
    pub posts_from: Timestamp,
    pub from: Timestamp,
}

/// Some of what happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HistoryPart {
    /// When each happened is when the thing itself was made, so that what was told of it since is the later word.
    pub facts: Vec<InboundFact>,
    /// Posts that were looked at.
    pub posts: usize,
    /// Where it goes on; absent at the end of the span.
    pub next: Option<String>,
    /// Something was left out, for there was too much of it.
    pub is_cut: bool,
}
