//! What happened on an account lately.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Account, History, HistoryPart, Span};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Instagram, NAME};
use crate::meta_graph::{Graph, Timeline};

#[async_trait]
impl History for Instagram {
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
                ..graph(ctx, access.login)
            },
            token: &access.token,
            node: &account.channel.remote_id,
            edge: "media",
            post_fields: "id,timestamp,permalink",
            comment_fields: &[
                "id,text,username,from{id,username},timestamp,parent_id,replies{id,text,username,from,timestamp}",
                "id,text,username,from{id,username},timestamp",
                "id,text,username,timestamp",
            ],
            nested: "",
            listed: &[],
            other_ids: |_, _| Vec::new(),
        };
        timeline.part(span, after).await
    }
}
