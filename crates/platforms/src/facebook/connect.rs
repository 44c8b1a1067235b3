//! Connecting Facebook: one person's grant, one channel for each Page.

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::oauth::authorization_code;
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, ChannelRef, Connect, ConnectFields, Grant,
    RemoteChannel,
};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use jiff::Timestamp;
use serde_json::Value;

use super::api::{Access, graph};
use super::manifest::SCOPES;
use super::{Facebook, NAME};
use crate::meta_graph::{
    Graph, Page, Token, app_of, dialog_url, exchange_code, inspect, list_pages, long_lived,
    page_of_token, permissions, person, revoke,
};

#[async_trait]
impl Connect for Facebook {
    async fn authorize(
        &self,
        ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        let settings = ctx.settings();
        let app = app_of(settings, NAME)?;
        let scopes: Vec<_> = SCOPES.iter().map(|scope| scope.name).collect();
        let url = dialog_url(settings, app, &ctx.redirect_uri, request.state, &scopes);
        Ok(Authorization {
            url,
            kept: Value::Null,
            registration: None,
        })
    }

    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        let code = authorization_code(NAME, &answer.query)?;
        let graph = graph(ctx);
        let short = exchange_code(&graph, &code).await?;
        let (token, ends) = long_lived(&graph, &short).await?;
        some_channel(person_grant(&graph, token, Some(ends)).await?)
    }

    async fn paste(
        &self,
        ctx: &PlatformContext,
        fields: &ConnectFields,
    ) -> Result<Grant, PlatformError> {
        let pasted = fields.get("access_token").map_or("", Secret::expose).trim();
        if pasted.is_empty() {
            return Err(PlatformError::new(
                Advice::FixContent {
                    field: "access_token".into(),
                },
                ErrorCode::Required,
                "Paste an access token.",
                "no token pasted",
            ));
        }
        let graph = graph(ctx);
        let known = inspect(&graph, pasted).await?;
        let token = Token {
            access_token: pasted.to_owned(),
            ours: known.is_some(),
        };
        let ends = known.as_ref().and_then(|known| known.expires_at());
        if let Some(page) = page_of_token(&graph, &token).await? {
            let scopes = known.map(|known| known.scopes).unwrap_or_default();
            return Ok(page_grant(ctx, &page, token, ends, scopes));
        }
        let (token, ends) = match token.ours {
            true => long_lived(&graph, &token)
                .await
                .map(|(token, ends)| (token, Some(ends)))?,
            false => (token, None),
        };
        some_channel(person_grant(&graph, token, ends).await?)
    }

    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let graph = graph(ctx);
        let access: Access = credentials.read(NAME)?;
        if access.is_page {
            return page(ctx, &graph, access).await;
        }
        if access.token.ours {
            let (token, ends) = long_lived(&graph, &access.token).await?;
            return person_grant(&graph, token, Some(ends)).await;
        }
        person_grant(&graph, access.token, access.ends).await
    }

    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let graph = graph(ctx);
        let access: Access = credentials.read(NAME)?;
        if access.is_page {
            return page(ctx, &graph, access).await;
        }
        person_grant(&graph, access.token, access.ends).await
    }

    async fn reach(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        channel: &ChannelRef,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let _: Value = graph(ctx)
            .read(&channel.remote_id, "id", &access.token)
            .await?;
        Ok(())
    }

    async fn revoke(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        // A pasted token may serve other purposes of its owner.
        if access.is_page || !access.token.ours {
            return Ok(());
        }
        revoke(&graph(ctx), &access.token, None).await
    }
}

/// What a person's token gives: who it is, what was granted, and the Pages.
async fn person_grant(
    graph: &Graph<'_>,
    token: Token,
    ends: Option<Timestamp>,
) -> Result<Grant, PlatformError> {
    let person = person(graph, &token).await?;
    let scopes = permissions(graph, &token).await?;
    let pages = list_pages(graph, &token, &scopes).await?;
    let channels = pages
        .iter()
        .map(|page| channel(graph.ctx, page, &token, &scopes))
        .collect();
    let refreshable = token.ours && graph.settings.app.is_some();
    Ok(Grant {
        person_id: None,
        avatar_url: person.avatar_url(),
        name: person.name.unwrap_or_else(|| person.id.clone()),
        remote_id: person.id,
        credentials: Credentials::from_value(&Access {
            token,
            is_page: false,
            ends,
        }),
        expires_at: ends,
        refreshable,
        scopes,
        channels,
    })
}

/// What the Page's own token that is kept gives now.
async fn page(
    ctx: &PlatformContext,
    graph: &Graph<'_>,
    access: Access,
) -> Result<Grant, PlatformError> {
    let page = page_of_token(graph, &access.token).await?;
    let page =
        page.ok_or_else(|| PlatformError::reconnect(NAME, "the token is no longer a Page's"))?;
    Ok(page_grant(
        ctx,
        &page,
        access.token,
        access.ends,
        Vec::new(),
    ))
}

/// What a Page's own token gives: that Page.
fn page_grant(
    ctx: &PlatformContext,
    page: &Page,
    token: Token,
    ends: Option<Timestamp>,
    scopes: Vec<String>,
) -> Grant {
    let credentials = Credentials::from_value(&Access {
        token,
        is_page: true,
        ends,
    });
    let channel = remote_channel(ctx, page, Some(credentials.clone()), None);
    Grant {
        person_id: None,
        remote_id: page.id.clone(),
        name: page.name.clone(),
        avatar_url: page.avatar_url(),
        credentials,
        expires_at: ends,
        refreshable: false,
        scopes,
        channels: vec![channel],
    }
}

fn channel(
    ctx: &PlatformContext,
    page: &Page,
    parent: &Token,
    granted: &[String],
) -> RemoteChannel {
    let token = page.token(parent);
    let problem = missing(page, token.is_some(), granted);
    let credentials = token.map(|token| {
        Credentials::from_value(&Access {
            token,
            is_page: true,
            ends: None,
        })
    });
    remote_channel(ctx, page, credentials, problem)
}

fn remote_channel(
    ctx: &PlatformContext,
    page: &Page,
    credentials: Option<Credentials>,
    problem: Option<String>,
) -> RemoteChannel {
    RemoteChannel {
        remote_id: page.id.clone(),
        name: page.name.clone(),
        kind: "page".into(),
        avatar_url: page.avatar_url(),
        url: Some(ctx.settings().auth(&page.id).into()),
        credentials,
        limits: Value::Null,
        problem,
    }
}

/// In words, what is missing before we can post on the Page.
fn missing(page: &Page, has_token: bool, granted: &[String]) -> Option<String> {
    let declined = SCOPES
        .iter()
        .filter(|scope| scope.required)
        .map(|scope| scope.name);
    let declined: Vec<_> = declined
        .filter(|name| !granted.iter().any(|one| one == name))
        .collect();
    if !declined.is_empty() {
        return Some(format!(
            "Facebook was not given: {}. Reconnect and leave every permission ticked.",
            declined.join(", ")
        ));
    }
    let may_create = |tasks: &Vec<String>| tasks.iter().any(|task| task == "CREATE_CONTENT");
    if !has_token || !page.tasks.as_ref().is_none_or(may_create) {
        return Some(format!(
            "You may not create content on {}. Ask an administrator of the Page for that role, then refresh the connection.",
            page.name
        ));
    }
    None
}

fn some_channel(grant: Grant) -> Result<Grant, PlatformError> {
    if grant.channels.is_empty() {
        return Err(PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::NothingToConnect,
            "Facebook shows no Page for this account. Connect again and tick the Pages, or ask for a role on a Page first.",
            "no Pages listed",
        ));
    }
    Ok(grant)
}
