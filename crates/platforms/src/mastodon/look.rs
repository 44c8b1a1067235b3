//! Whether a post is still there, and was not edited: instances say that themselves.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Look, Seen, Sent};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, Instance};
use super::{Mastodon, NAME};

#[async_trait]
impl Look for Mastodon {
    async fn look(&self, ctx: &PlatformContext, post: &Sent) -> Result<Seen, PlatformError> {
        let access: Access = post.credentials.read(NAME)?;
        let instance = Instance::of_channel(ctx, &access, &post.channel.id);
        match instance.status(&post.remote_id).await? {
            Some(status) if status.edited_at.is_some() => Ok(Seen::Edited),
            Some(_) => Ok(Seen::AsSent),
            None => {
                // An instance that knows no such account any more says nothing about its posts.
                instance.account().await?;
                Ok(Seen::Gone)
            }
        }
    }
}
