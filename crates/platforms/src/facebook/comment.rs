//! The first comment on a Page's post, in the Page's name.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Comment, OutgoingComment, Progress, Reconciled, Step};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Facebook, NAME};
use crate::meta_graph::{Author, Comments, Graph};

#[async_trait]
impl Comment for Facebook {
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
        let author = Author {
            id: Some(comment.channel.remote_id.clone()),
            username: None,
        };
        comments(ctx, comment)?
            .reconcile(comment, progress, &author)
            .await
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
            ..graph(ctx)
        },
        token: access.token,
        fields: "id,message,created_time,permalink_url,from{id}",
        list: &[("filter", "toplevel"), ("order", "reverse_chronological")],
    })
}
