//! The first comment below a post of ours: work of its own that begins once the post is live.

use async_trait::async_trait;
use jiff::Timestamp;

use super::publish::{ChannelRef, Progress, Receipt, Reconciled, Step};
use crate::content::Options;
use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::PlatformError;

/// The option under which a platform that has this role takes the comment's text.
pub const FIRST_COMMENT: &str = "first_comment";

/// The role of writing one comment (or reply) of our own below a post of ours, exactly once.
///
/// The engine's side of the contract is that of [`super::Publish`], rule for rule: what a step returns is saved before the
/// next, a call that must not run twice is announced by [`Step::Intend`], and an announced call without a known outcome is
/// asked about by `reconcile` before anything is sent again. The two differ in one thing: whatever becomes of the comment,
/// the post stays published.
///
/// A platform with this role has an option called [`FIRST_COMMENT`] in its manifest, of the kind `long_text`.
#[async_trait]
pub trait Comment: Send + Sync {
    /// Takes the next remote step; [`Step::Published`] when the comment is there.
    async fn step(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Step, PlatformError>;

    /// Asks the platform what became of an announced call: looks for our comment below the post.
    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError>;
}

/// One first comment, with everything needed to carry it out.
#[derive(Debug, Clone)]
pub struct OutgoingComment {
    /// Ours; the same for all attempts and unlike that of the post's delivery, so it serves as the platform's idempotency key
    /// and as the source of chosen record keys.
    pub key: String,
    pub channel: ChannelRef,
    /// The channel's own if it has some, else the connection's.
    pub credentials: Credentials,
    pub text: String,
    /// The choices made for the post: a reply is seen by whom the post is seen.
    pub options: Options,
    /// What proves the post that it is written below.
    pub post: Receipt,
    /// When the first attempt of this comment began; nothing of ours can be on the platform from before then.
    pub began_at: Timestamp,
}
