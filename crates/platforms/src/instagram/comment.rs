//! The first comment on an account's post. Instagram has no address for a comment: it is seen below the post.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Comment, OutgoingComment, Progress, Reconciled, Step};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Instagram, NAME};
use crate::meta_graph::{Author, Comments, Graph, username_of};

#[async_trait]
impl Comment for Instagram {
    async fn step(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        comments(ctx, comment)?.step(comment, progress).await
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let comments = comments(ctx, comment)?;
        let post = &comment.post.remote_id;
        let author = Author {
            id: None,
            username: username_of(&comments.graph, post, &comments.token).await?,
        };
        comments.reconcile(comment, progress, &author).await
    }
}

fn comments<'a>(
    ctx: &'a PlatformContext,
    comment: &'a OutgoingComment,
) -> Result<Comments<'a>, PlatformError> {
    let access: Access = comment.credentials.read(NAME)?;
    Ok(Comments {
        graph: Graph {
            channel: Some(&comment.channel.id),
            ..graph(ctx, access.login)
        },
        token: access.token,
        fields: "id,text,timestamp,username",
        list: &[],
    })
}
