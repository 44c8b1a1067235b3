//! The first comment on Mastodon: a reply to our own post, announced and then sent once under a key of its own.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Comment, OutgoingComment, Progress, Receipt, Reconciled, Step};
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::api::{Access, Instance, reply_body};
use super::publish::{receipt, warning};
use super::recognise::{Wanted, is_wanted};
use super::{Mastodon, NAME};

/// How far a comment has come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Walk {
    /// When the call that sends it was announced, until that is known to have failed.
    announced_at: Option<Timestamp>,
}

#[async_trait]
impl Comment for Mastodon {
    async fn step(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let access: Access = comment.credentials.read(NAME)?;
        let instance = Instance::of_channel(ctx, &access, &comment.channel.id);
        let walk: Walk = progress.read(NAME)?;
        if walk.announced_at.is_none() {
            let announced_at = Some(ctx.now());
            return Ok(Step::Intend(Progress::from_value(&Walk { announced_at })));
        }
        let status = instance.post(&comment.key, &reply_body(comment)).await?;
        Ok(Step::Published(receipt(status)))
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        _progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let access: Access = comment.credentials.read(NAME)?;
        let instance = Instance::of_channel(ctx, &access, &comment.channel.id);
        Ok(match find(&instance, &access, comment).await? {
            Some(receipt) => Reconciled::Published(receipt),
            None => Reconciled::NotPublished(Progress::start()),
        })
    }
}

/// Our comment among the replies to our post. There was none before ours, for the post is ours and new, so the text decides.
async fn find(
    instance: &Instance<'_>,
    access: &Access,
    comment: &OutgoingComment,
) -> Result<Option<Receipt>, PlatformError> {
    let wanted = Wanted {
        text: &comment.text,
        warning: warning(&comment.options),
        media: Vec::new(),
        sent_at: comment.began_at,
        taken: &[],
    };
    let post = &comment.post.remote_id;
    for reply in instance.replies(post).await? {
        let candidate = reply.is_reply_to(post, &access.account) && reply.may_be_ours();
        if candidate && is_wanted(instance, &reply, &wanted).await? {
            return Ok(Some(receipt(reply)));
        }
    }
    Ok(None)
}
