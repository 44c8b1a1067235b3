//! What Facebook tells of a Page.

use async_trait::async_trait;
use fanfare_platform_kit::roles::{Account, FieldSpec, Subscribe, Subscribed};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, graph};
use super::{Facebook, NAME};
use crate::meta_graph::{Graph, SubscribedApps};

const fn field(name: &'static str, is_default: bool) -> FieldSpec {
    FieldSpec {
        name,
        is_default,
        scopes: &["pages_manage_metadata"],
    }
}

const fn of_messages(name: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        is_default: false,
        scopes: &["pages_messaging"],
    }
}

const FIELDS: &[FieldSpec] = &[
    field("feed", true),
    field("mention", true),
    of_messages("messages"),
    of_messages("messaging_postbacks"),
    of_messages("message_reactions"),
    of_messages("message_edits"),
    of_messages("message_echoes"),
    of_messages("message_deliveries"),
    of_messages("message_reads"),
];

#[async_trait]
impl Subscribe for Facebook {
    fn fields(&self) -> &'static [FieldSpec] {
        FIELDS
    }

    async fn subscribed(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<Subscribed, PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        let fields = apps(ctx, account, &access).fields().await?;
        Ok(Subscribed::Fields(fields))
    }

    async fn subscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
        fields: &[String],
    ) -> Result<(), PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        apps(ctx, account, &access).set(fields).await
    }

    async fn unsubscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<(), PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        apps(ctx, account, &access).remove().await
    }
}

fn apps<'a>(
    ctx: &'a PlatformContext,
    account: &'a Account,
    access: &'a Access,
) -> SubscribedApps<'a> {
    SubscribedApps {
        graph: Graph {
            channel: Some(&account.channel.id),
            ..graph(ctx)
        },
        token: &access.token,
        node: &account.channel.remote_id,
    }
}
