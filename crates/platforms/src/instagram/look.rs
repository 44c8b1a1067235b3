//! Whether an account's post is still there, and in the same words.

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{Look, Seen, Sent};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::form::format;
use super::manifest::STORY;
use super::{Instagram, NAME};
use crate::meta_graph::{self, Graph};

#[async_trait]
impl Look for Instagram {
    async fn look(&self, ctx: &PlatformContext, post: &Sent) -> Result<Seen, PlatformError> {
        if format(&post.options) == STORY {
            return Err(of_a_story());
        }
        if post.receipt["container"] == post.remote_id.as_str() {
            return Err(of_unknown_id());
        }
        let access: Access = post.credentials.read(NAME)?;
        let graph = Graph {
            channel: Some(&post.channel.id),
            ..graph(ctx, access.login)
        };
        meta_graph::look(&graph, &access.token, post, "caption").await
    }
}

/// It has no caption to compare, and is gone after a day whatever anybody did.
fn of_a_story() -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::NotPossibleInState,
        "A story ends by itself after a day, so there is nothing to find out about it.",
        "a look at a story",
    )
}

/// The container that it was made from is forgotten some day, which says nothing of the post.
fn of_unknown_id() -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::NotPossibleInState,
        "It is out, but Instagram did not say under which id, so only a person can look at it there.",
        "a look at a post of which only the container is known",
    )
}
