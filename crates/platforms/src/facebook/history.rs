//! What happened on a Page lately.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Account, History, HistoryPart, Span};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Facebook, NAME, post_ids};
use crate::meta_graph::{Graph, Timeline};

/// The newest first, replies among them.
const CHOSEN: &[(&str, &str)] = &[("filter", "stream"), ("order", "reverse_chronological")];

#[async_trait]
impl History for Facebook {
    async fn recent(
        &self,
        ctx: &PlatformContext,
        account: &Account,
        span: Span,
        after: Option<&str>,
    ) -> Result<HistoryPart, PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        let timeline = Timeline {
            graph: Graph {
                channel: Some(&account.channel.id),
                ..graph(ctx)
            },
            token: &access.token,
            node: &account.channel.remote_id,
            edge: "feed",
            post_fields: "id,created_time,permalink_url",
            comment_fields: &[
                "id,from{id,name},message,created_time,parent{id}",
                "id,message,created_time,parent{id}",
            ],
            nested: ".filter(stream).order(reverse_chronological)",
            listed: CHOSEN,
            other_ids: |post, address| post_ids::other_ids(post, None, address),
        };
        timeline.part(span, after).await
    }
}
