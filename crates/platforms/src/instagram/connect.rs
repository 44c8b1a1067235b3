//! Connecting Instagram: through the Facebook Pages that accounts are linked to, or with the account itself.

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::oauth::authorization_code;
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, ChannelRef, Connect, ConnectFields, Grant,
    RemoteChannel,
};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::api::{Access, Login, graph};
use super::manifest::{
    FACEBOOK_NEEDED, FACEBOOK_SCOPES, INSTAGRAM_NEEDED, INSTAGRAM_SCOPES, LOGIN, LOGIN_FACEBOOK,
    LOGIN_INSTAGRAM,
};
use super::sign_in::{self, Me};
use super::{Instagram, NAME};
use crate::meta_graph::{
    self, Graph, InstagramAccount, Page, Token, app_of, list_pages, permissions, person, revoke,
};

/// Instagram renews no token younger than this.
const RENEW_AFTER: SignedDuration = SignedDuration::from_hours(24);

#[async_trait]
impl Connect for Instagram {
    async fn authorize(
        &self,
        ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        let login = chosen_login(ctx, request.fields)?;
        let settings = graph(ctx, login).settings;
        let (redirect_uri, state) = (&ctx.redirect_uri, request.state);
        let url = match login {
            Login::Facebook => {
                let app = app_of(settings, "Facebook")?;
                meta_graph::dialog_url(settings, app, redirect_uri, state, &FACEBOOK_SCOPES)
            }
            Login::Instagram => {
                let app = app_of(settings, NAME)?;
                sign_in::dialog_url(settings, app, redirect_uri, state)
            }
        };
        Ok(Authorization {
            url,
            kept: json!({ LOGIN: login }),
            registration: None,
        })
    }

    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        let code = authorization_code(NAME, &answer.query)?;
        let login = serde_json::from_value(answer.kept[LOGIN].clone());
        let login = login.unwrap_or(Login::Facebook);
        let graph = graph(ctx, login);
        match login {
            Login::Facebook => {
                let short = meta_graph::exchange_code(&graph, &code).await?;
                let (token, ends) = meta_graph::long_lived(&graph, &short).await?;
                some_channel(facebook_grant(&graph, token, ends).await?)
            }
            Login::Instagram => {
                let app = app_of(graph.settings, NAME)?;
                let (short, granted) = sign_in::exchange_code(&graph, app, &code).await?;
                let (token, ends) = sign_in::long_lived(&graph, app, &short).await?;
                // Unsaid is not declined: some answers leave the permissions out.
                let granted = Some(granted).filter(|granted| !granted.is_empty());
                let granted = granted.unwrap_or_else(|| names(&INSTAGRAM_SCOPES));
                instagram_grant(&graph, token, ctx.now(), ends, granted).await
            }
        }
    }

    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let graph = graph(ctx, access.login);
        match access.login {
            Login::Facebook => {
                let (token, ends) = meta_graph::long_lived(&graph, &access.token).await?;
                facebook_grant(&graph, token, ends).await
            }
            Login::Instagram => {
                let issued_at = access.issued_at.unwrap_or(Timestamp::UNIX_EPOCH);
                let (token, issued_at, ends) = match access.ends {
                    Some(ends) if ctx.now() < issued_at + RENEW_AFTER => {
                        (access.token, issued_at, ends)
                    }
                    _ => {
                        let (token, ends) = sign_in::renew(&graph, &access.token).await?;
                        (token, ctx.now(), ends)
                    }
                };
                let granted = granted_before(access.granted);
                instagram_grant(&graph, token, issued_at, ends, granted).await
            }
        }
    }

    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let graph = graph(ctx, access.login);
        let ends = access.ends.unwrap_or(Timestamp::MAX);
        match access.login {
            Login::Facebook => facebook_grant(&graph, access.token, ends).await,
            Login::Instagram => {
                let issued_at = access.issued_at.unwrap_or(Timestamp::UNIX_EPOCH);
                let granted = granted_before(access.granted);
                instagram_grant(&graph, access.token, issued_at, ends, granted).await
            }
        }
    }

    async fn reach(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        channel: &ChannelRef,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let _: Value = graph(ctx, access.login)
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
        // With Instagram Login only the person can do it, in the app's settings.
        if access.login == Login::Facebook {
            // Not everything, or the person's Facebook Pages would go too.
            let graph = graph(ctx, access.login);
            for permission in ["instagram_content_publish", "instagram_basic"] {
                revoke(&graph, &access.token, Some(permission)).await?;
            }
        }
        Ok(())
    }
}

/// What the person agreed to. Whoever connected before that was kept was asked for no more than what is needed.
fn granted_before(kept: Option<Vec<String>>) -> Vec<String> {
    kept.unwrap_or_else(|| names(&INSTAGRAM_SCOPES[..INSTAGRAM_NEEDED]))
}

/// Facebook unless something else is chosen, or only Instagram's own application is there.
fn chosen_login(ctx: &PlatformContext, fields: &ConnectFields) -> Result<Login, PlatformError> {
    let has_app = |login| graph(ctx, login).settings.app.is_some();
    match fields.get(LOGIN).map_or("", Secret::expose) {
        "" if !has_app(Login::Facebook) && has_app(Login::Instagram) => Ok(Login::Instagram),
        "" | LOGIN_FACEBOOK => Ok(Login::Facebook),
        LOGIN_INSTAGRAM => Ok(Login::Instagram),
        other => Err(PlatformError::new(
            Advice::FixContent {
                field: LOGIN.into(),
            },
            ErrorCode::NotAllowed,
            "Choose facebook or instagram.",
            format!("login is {other}"),
        )),
    }
}

/// What a person's Facebook grant gives: the accounts linked to their Pages.
async fn facebook_grant(
    graph: &Graph<'_>,
    token: Token,
    ends: Timestamp,
) -> Result<Grant, PlatformError> {
    let person = person(graph, &token).await?;
    let scopes = permissions(graph, &token).await?;
    let pages = list_pages(graph, &token, &scopes).await?;
    let problem = missing(&FACEBOOK_SCOPES[..FACEBOOK_NEEDED], &scopes);
    let channels = pages.iter().filter_map(|page| {
        let account = page.instagram_business_account.as_ref()?;
        Some(linked_channel(page, account, &token, problem.clone()))
    });
    let access = Access {
        login: Login::Facebook,
        token: token.clone(),
        issued_at: Some(graph.ctx.now()),
        ends: Some(ends),
        granted: None,
    };
    Ok(Grant {
        avatar_url: person.avatar_url(),
        name: person.name.unwrap_or_else(|| person.id.clone()),
        remote_id: person.id,
        person_id: None,
        credentials: Credentials::from_value(&access),
        expires_at: Some(ends),
        refreshable: true,
        channels: channels.collect(),
        scopes,
    })
}

fn linked_channel(
    page: &Page,
    account: &InstagramAccount,
    parent: &Token,
    problem: Option<String>,
) -> RemoteChannel {
    let token = page.token(parent);
    let problem = problem.or_else(|| {
        token.is_none().then(|| {
            format!(
                "You may not act for the Page {} that this account is linked to. Ask for a role there, then refresh the \
                 connection.",
                page.name
            )
        })
    });
    let access = token.map(|token| Access {
        login: Login::Facebook,
        token,
        issued_at: None,
        ends: None,
        granted: None,
    });
    let username = account.username.as_deref();
    RemoteChannel {
        remote_id: account.id.clone(),
        name: username
            .or(account.name.as_deref())
            .unwrap_or(&page.name)
            .to_owned(),
        kind: "business".into(),
        avatar_url: account.profile_picture_url.clone(),
        url: username.map(profile_url),
        credentials: access.as_ref().map(Credentials::from_value),
        limits: Value::Null,
        problem,
    }
}

fn names(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

/// What an account's own grant gives: that account.
async fn instagram_grant(
    graph: &Graph<'_>,
    token: Token,
    issued_at: Timestamp,
    ends: Timestamp,
    scopes: Vec<String>,
) -> Result<Grant, PlatformError> {
    let me = sign_in::me(graph, &token).await?;
    let id = me
        .account_id()
        .ok_or_else(|| PlatformError::not_understood(NAME, "/me without an id"))?;
    let access = Access {
        login: Login::Instagram,
        token,
        issued_at: Some(issued_at),
        ends: Some(ends),
        granted: Some(scopes.clone()),
    };
    let channel = own_channel(&me, &id, &scopes);
    Ok(Grant {
        remote_id: id,
        person_id: me.person_id(),
        name: format!("@{}", me.username),
        avatar_url: me.profile_picture_url,
        credentials: Credentials::from_value(&access),
        expires_at: Some(ends),
        refreshable: true,
        scopes,
        channels: vec![channel],
    })
}

fn own_channel(me: &Me, id: &str, scopes: &[String]) -> RemoteChannel {
    let kind = match me.account_type.as_deref() {
        Some("MEDIA_CREATOR" | "CREATOR") => "creator",
        _ => "business",
    };
    RemoteChannel {
        remote_id: id.to_owned(),
        name: me.username.clone(),
        kind: kind.into(),
        avatar_url: me.profile_picture_url.clone(),
        url: Some(profile_url(&me.username)),
        credentials: None,
        limits: Value::Null,
        problem: missing(&INSTAGRAM_SCOPES[..INSTAGRAM_NEEDED], scopes),
    }
}

fn missing(needed: &[&str], granted: &[String]) -> Option<String> {
    let is_granted = |name: &str| granted.iter().any(|one| one == name);
    let declined: Vec<_> = needed
        .iter()
        .copied()
        .filter(|name| !is_granted(name))
        .collect();
    (!declined.is_empty()).then(|| {
        format!(
            "Instagram was not given: {}. Reconnect and leave every permission ticked.",
            declined.join(", ")
        )
    })
}

fn profile_url(username: &str) -> String {
    format!("https://www.instagram.com/{username}/")
}

fn some_channel(grant: Grant) -> Result<Grant, PlatformError> {
    if grant.channels.is_empty() {
        return Err(PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::NothingToConnect,
            "None of the Facebook Pages you ticked is linked to a professional Instagram account. Link one in the Page's \
             settings, or sign in with Instagram instead.",
            "no linked accounts",
        ));
    }
    Ok(grant)
}
