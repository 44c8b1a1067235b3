//! What Instagram tells of an account.
//!
//! With Instagram Login the account itself is subscribed. Through Facebook it is the linked Page: that it is subscribed at all has Instagram's
//! events delivered, and which ones is chosen in the application's settings. Some applications may choose at the account too, so that is
//! tried, and what is refused there is let be.

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{Account, FieldSpec, Subscribe, Subscribed};
use fanfare_platform_kit::{PlatformContext, PlatformError};

use super::api::{Access, Login, graph};
use super::{Instagram, NAME};
use crate::meta_graph::{Graph, SubscribedApps, page_of_token};

/// What a Page is subscribed to when nothing else of it is wanted.
const ANYTHING: &str = "feed";

const COMMENTS: &[&str] = &[
    "instagram_business_manage_comments",
    "instagram_manage_comments",
];
const MESSAGES: &[&str] = &[
    "instagram_business_manage_messages",
    "instagram_manage_messages",
];

const fn field(name: &'static str, is_default: bool, scopes: &'static [&'static str]) -> FieldSpec {
    FieldSpec {
        name,
        is_default,
        scopes,
    }
}

const FIELDS: &[FieldSpec] = &[
    field("comments", true, COMMENTS),
    field("mentions", true, COMMENTS),
    field("live_comments", false, COMMENTS),
    field("messages", false, MESSAGES),
    field("messaging_postbacks", false, MESSAGES),
    field("message_reactions", false, MESSAGES),
    field("message_edit", false, MESSAGES),
    field("messaging_seen", false, MESSAGES),
];

#[async_trait]
impl Subscribe for Instagram {
    fn fields(&self) -> &'static [FieldSpec] {
        FIELDS
    }

    async fn subscribed(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<Subscribed, PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        let own = at(ctx, account, &access, &account.channel.remote_id);
        if access.login == Login::Instagram {
            return own.fields().await.map(Subscribed::Fields);
        }
        let page = page(ctx, account, &access).await?;
        if at(ctx, account, &access, &page).fields().await?.is_empty() {
            return Ok(Subscribed::Fields(Vec::new()));
        }
        let own = unless_unsupported(own.fields().await)?.unwrap_or_default();
        Ok(if own.is_empty() {
            Subscribed::ByApplication
        } else {
            Subscribed::Fields(own)
        })
    }

    async fn subscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
        fields: &[String],
    ) -> Result<(), PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        let own = at(ctx, account, &access, &account.channel.remote_id);
        if access.login == Login::Instagram {
            return own.set(fields).await;
        }
        let page = page(ctx, account, &access).await?;
        let page = at(ctx, account, &access, &page);
        // The list would be replaced, and the Page may be connected for its own sake.
        if page.fields().await?.is_empty() {
            page.set(&[ANYTHING.to_owned()]).await?;
        }
        unless_unsupported(own.set(fields).await).map(drop)
    }

    async fn unsubscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<(), PlatformError> {
        let access: Access = account.credentials.read(NAME)?;
        let own = at(ctx, account, &access, &account.channel.remote_id);
        if access.login == Login::Instagram {
            return own.remove().await;
        }
        unless_unsupported(own.remove().await)?;
        let page = page(ctx, account, &access).await?;
        let page = at(ctx, account, &access, &page);
        // More than what we asked for is somebody else's wish.
        if page.fields().await? == [ANYTHING] {
            page.remove().await?;
        }
        Ok(())
    }
}

fn at<'a>(
    ctx: &'a PlatformContext,
    account: &'a Account,
    access: &'a Access,
    node: &'a str,
) -> SubscribedApps<'a> {
    SubscribedApps {
        graph: graph_of(ctx, account, access),
        token: &access.token,
        node,
    }
}

fn graph_of<'a>(ctx: &'a PlatformContext, account: &'a Account, access: &Access) -> Graph<'a> {
    Graph {
        channel: Some(&account.channel.id),
        ..graph(ctx, access.login)
    }
}

/// The Page that the account is linked to: the token is its own.
async fn page(
    ctx: &PlatformContext,
    account: &Account,
    access: &Access,
) -> Result<String, PlatformError> {
    let page = page_of_token(&graph_of(ctx, account, access), &access.token).await?;
    page.map(|page| page.id)
        .ok_or_else(|| PlatformError::reconnect(NAME, "the token is no longer a Page's"))
}

/// Meta says of what it does not offer that it is not there, or that the token is not for it; the Page was just read with that token.
fn unless_unsupported<T>(result: Result<T, PlatformError>) -> Result<Option<T>, PlatformError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error)
            if matches!(
                error.code,
                ErrorCode::PlatformRefused | ErrorCode::ConnectionExpired
            ) =>
        {
            tracing::debug!(
                log = error.log,
                "fields are chosen in the application's settings"
            );
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
