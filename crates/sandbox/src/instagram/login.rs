//! Instagram Login: dialog, code, long-lived token, refresh.

use axum::http::Method;
use axum::response::Response;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::consent::{Choice, Consent, Decision, Permission, Request};
use crate::graph::Answer;
use crate::graph::error::GraphError;
use crate::state::World;
use crate::tokens::{BadCode, BadToken, Grant, Holder, Token};

const LONG: i64 = 5_184_000;
/// A long-lived token can be refreshed once it is this old.
const REFRESH_AGE: SignedDuration = SignedDuration::from_hours(24);

const SCOPES: [(&str, &str); 5] = [
    ("instagram_business_basic", "See your profile and media"),
    (
        "instagram_business_content_publish",
        "Publish on your account",
    ),
    ("instagram_business_manage_comments", "Manage comments"),
    ("instagram_business_manage_messages", "Manage messages"),
    ("instagram_business_manage_insights", "See statistics"),
];

/// `/oauth/authorize`.
pub fn authorize(world: &World, call: &Call) -> Response {
    let mut request = match Request::read(world, Platform::Instagram, call) {
        Ok(request) => request,
        Err(page) => return *page,
    };
    let unknown = request.scopes.iter().find(|scope| words(scope).is_none());
    if let Some(unknown) = unknown {
        return request.refuse(&format!("Invalid scope: {unknown}."));
    }
    request.add_first("instagram_business_basic");
    if call.method != Method::POST {
        return consent(&request).show(&request);
    }
    match request.decision(call) {
        Decision::Denied => request.send_back(&[
            ("error", "access_denied"),
            ("error_reason", "user_denied"),
            ("error_description", "The user denied your request."),
        ]),
        Decision::Granted {
            choices,
            scopes,
            declined,
        } => {
            let chosen = choices
                .and_then(|all| all.into_iter().next())
                .and_then(|id| cast::instagram(&id));
            let account = chosen.unwrap_or(&cast::INSTAGRAM[0]);
            let grant = Grant {
                holder: Holder::InstagramUser(account.id.to_owned()),
                client_id: request.client_id.clone(),
                scopes,
                declined,
                pages: Vec::new(),
            };
            let code =
                world.change(|state| state.tokens.issue_code(grant, &request.redirect_uri, None));
            request.send_back_with_tail(&[("code", &code)], "#_")
        }
    }
}

fn words(scope: &str) -> Option<&'static str> {
    SCOPES
        .iter()
        .find(|(name, _)| *name == scope)
        .map(|(_, words)| *words)
}

fn consent(request: &Request) -> Consent {
    let choices = cast::INSTAGRAM
        .iter()
        .enumerate()
        .map(|(place, account)| Choice {
            id: account.id,
            name: account.username,
            detail: format!("{} · {} followers", account.name, account.followers),
            chosen: place == 0,
        });
    Consent {
        title: "Log in with Instagram",
        person: cast::PERSON.name,
        question: "Choose the account to continue with",
        many: false,
        choices: choices.collect(),
        permissions: request
            .scopes
            .iter()
            .map(|scope| Permission {
                scope: scope.clone(),
                words: words(scope).unwrap_or_default(),
                fixed: scope == "instagram_business_basic",
            })
            .collect(),
        agree: "Allow",
        refuse: "Cancel",
    }
}

/// `POST /oauth/access_token` of api.instagram.com: a code becomes a short-lived token.
pub fn exchange_code(world: &World, call: &Call) -> Answer {
    let required = |name: &str| {
        call.params
            .get(name)
            .ok_or_else(|| refused(format!("Missing required field {name}")))
    };
    let (client_id, secret) = (required("client_id")?, required("client_secret")?);
    if !world.knows_app(Platform::Instagram, client_id, Some(secret)) {
        return Err(refused("Invalid platform app"));
    }
    if required("grant_type")? != "authorization_code" {
        return Err(refused("Invalid grant_type: it must be authorization_code"));
    }
    let code = required("code")?.trim_end_matches("#_");
    let redirect_uri = required("redirect_uri")?;
    world.change(|state| {
        let code = state.tokens.spend_code(code, client_id, redirect_uri).map_err(bad_code)?;
        let Holder::InstagramUser(id) = &code.grant.holder else { return Err(bad_code(BadCode::Unknown)) };
        let account = cast::instagram(id).ok_or_else(|| bad_code(BadCode::Unknown))?;
        let lifetime = state.behaviour.short_token_lifetime_seconds.min(3_600);
        let token = state.tokens.issue("IGAA", code.grant.clone(), secret, Some(lifetime), false);
        let user_id: u64 = account.app_scoped_id.parse().unwrap_or_default();
        Ok(json!({"access_token": token.text, "user_id": user_id, "permissions": token.grant.scopes}))
    })
}

/// This endpoint has an error envelope of its own.
fn refused(message: impl Into<String>) -> GraphError {
    GraphError {
        kind: GraphError::INSTAGRAM_OAUTH,
        ..GraphError::new(400, message)
    }
}

fn bad_code(why: BadCode) -> GraphError {
    refused(match why {
        BadCode::Unknown | BadCode::OtherClient => {
            "Matching code was not found or was already used"
        }
        BadCode::Used => "This authorization code has been used",
        BadCode::Expired => "This authorization code has expired",
        BadCode::OtherRedirect => {
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used \
             in the OAuth dialog request"
        }
    })
}

/// `GET /access_token?grant_type=ig_exchange_token`.
pub fn long_lived(world: &World, call: &Call) -> Answer {
    grant_type(call, "ig_exchange_token")?;
    let secret = call
        .params
        .get("client_secret")
        .ok_or_else(|| GraphError::new(101, "Missing client_secret"))?;
    world.change(|state| {
        let token = user_token(state.tokens.check(call.token().unwrap_or("")))?;
        if token.client_secret != secret {
            return Err(GraphError::new(101, "Error validating client secret."));
        }
        let lifetime = state.behaviour.token_lifetime_seconds.unwrap_or(LONG);
        Ok(shown(&state.tokens.issue(
            "IGAA",
            token.grant,
            secret,
            Some(lifetime),
            true,
        )))
    })
}

/// `GET /refresh_access_token?grant_type=ig_refresh_token`: prolongs a long-lived token of at least a day.
///
/// When tokens were told to live shorter than that, the age is not asked for, or they could never be refreshed.
pub fn refresh(world: &World, call: &Call) -> Answer {
    grant_type(call, "ig_refresh_token")?;
    world.change(|state| {
        let token = user_token(state.tokens.check(call.token().unwrap_or("")))?;
        let lifetime = state.behaviour.token_lifetime_seconds.unwrap_or(LONG);
        let now = state.now();
        let young = now.duration_since(token.issued_at) < REFRESH_AGE && lifetime > REFRESH_AGE.as_secs();
        if !token.long_lived || young {
            return Err(GraphError::new(100, "The access token is not eligible for refresh: it is younger than 24 hours or short-lived."));
        }
        let expires_at = now + SignedDuration::from_secs(lifetime);
        state.tokens.prolong(&token.text, Some(expires_at));
        let mut answer = shown(&Token { issued_at: now, expires_at: Some(expires_at), ..token.clone() });
        answer["permissions"] = token.grant.scopes.join(",").into();
        Ok(answer)
    })
}

fn grant_type(call: &Call, wanted: &str) -> Result<(), GraphError> {
    if call.params.get("grant_type") == Some(wanted) {
        return Ok(());
    }
    Err(GraphError::parameter(format!(
        "Param grant_type must be {wanted}"
    )))
}

fn user_token(token: Result<&Token, BadToken>) -> Result<Token, GraphError> {
    let token = token.map_err(GraphError::token)?;
    match token.grant.holder {
        Holder::InstagramUser(_) => Ok(token.clone()),
        _ => Err(GraphError::token(BadToken::Unknown)),
    }
}

fn shown(token: &Token) -> Value {
    let left = token
        .expires_at
        .map(|end| end.as_second() - token.issued_at.as_second());
    json!({"access_token": token.text, "token_type": "bearer", "expires_in": left})
}
