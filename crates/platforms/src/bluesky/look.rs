//! Whether a record is still there, and the same: its content id changes with its content.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Look, Seen, Sent};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, Server, Stored};
use super::record::key_of;
use super::{Bluesky, NAME};

#[async_trait]
impl Look for Bluesky {
    async fn look(&self, ctx: &PlatformContext, post: &Sent) -> Result<Seen, PlatformError> {
        let access: Access = post.credentials.read(NAME)?;
        let server = Server::of_channel(ctx, &access.data_server, &post.channel.id);
        let stored = server.get(&access.did, key_of(&post.remote_id)).await?;
        Ok(match stored {
            None => {
                // A server that the account has left says nothing about its posts.
                server.current_session(&access.access).await?;
                Seen::Gone
            }
            Some(stored) if is_as_sent(&stored, post) => Seen::AsSent,
            Some(_) => Seen::Edited,
        })
    }
}

/// By the content id where the receipt has one, else by the text.
fn is_as_sent(stored: &Stored, post: &Sent) -> bool {
    match (post.receipt["cid"].as_str(), &stored.cid) {
        (Some(sent), Some(now)) => sent == now,
        _ => stored.value["text"].as_str().unwrap_or_default() == post.text,
    }
}
