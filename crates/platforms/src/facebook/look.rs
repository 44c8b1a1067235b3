//! Whether a Page's post or video is still there, and in the same words.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Look, Seen, Sent};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Facebook, NAME};
use crate::meta_graph::{self, Graph};

#[async_trait]
impl Look for Facebook {
    async fn look(&self, ctx: &PlatformContext, post: &Sent) -> Result<Seen, PlatformError> {
        let access: Access = post.credentials.read(NAME)?;
        let graph = Graph {
            channel: Some(&post.channel.id),
            ..graph(ctx)
        };
        // Videos are published under an id of their own, and have no message.
        let field = if post.remote_id.contains('_') {
            "message"
        } else {
            "description"
        };
        meta_graph::look(&graph, &access.token, post, field).await
    }
}
