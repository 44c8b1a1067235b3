//! Authorization with PKCE, tokens without an end, revocation.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use base64::Engine;
use serde_json::json;

use super::Answer;
use super::apps::{App, OUT_OF_BAND, is_scope};
use super::error::MastodonError;
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::consent::{Choice, Consent, Decision, Permission, Request};
use crate::pages;
use crate::state::World;
use crate::tokens::{Grant, Holder, Token};

/// `/oauth/authorize`.
pub fn authorize(world: &World, call: &Call) -> Response {
    let mut request = match Request::read(world, Platform::Mastodon, call) {
        Ok(request) => request,
        Err(page) => return *page,
    };
    let app = world.look(|state| state.mastodon_apps.get(&request.client_id).cloned());
    let Some(app) = app else {
        return request.refuse("Client authentication failed due to unknown client.");
    };
    if !app.redirect_uris.contains(&request.redirect_uri) {
        return request.refuse("The redirect uri included is not valid.");
    }
    request.app_name.clone_from(&app.name);
    if request.scopes.is_empty() {
        request.scopes.push("read".to_owned());
    }
    if !request
        .scopes
        .iter()
        .all(|scope| is_scope(scope) && covers(&app.scopes, scope))
    {
        return request.send_back(&[
            ("error", "invalid_scope"),
            (
                "error_description",
                "The requested scope is invalid, unknown, or malformed.",
            ),
        ]);
    }
    let challenge = call.params.get("code_challenge").map(str::to_owned);
    if challenge.is_some() && call.params.get("code_challenge_method") != Some("S256") {
        return request.send_back(&[
            ("error", "invalid_code_challenge_method"),
            (
                "error_description",
                "The code_challenge_method must be S256.",
            ),
        ]);
    }
    if call.method != Method::POST {
        return consent(world, &request).show(&request);
    }
    match request.decision(call) {
        Decision::Denied => request.send_back(&[
            ("error", "access_denied"),
            (
                "error_description",
                "The resource owner or authorization server denied the request.",
            ),
        ]),
        Decision::Granted { choices, .. } => grant(world, &request, choices, challenge),
    }
}

/// Mastodon grants all that was asked or nothing; a person only chooses which account.
fn grant(
    world: &World,
    request: &Request,
    choices: Option<Vec<String>>,
    challenge: Option<String>,
) -> Response {
    let chosen = choices
        .and_then(|all| all.into_iter().next())
        .and_then(|id| cast::mastodon(&id));
    let account = chosen.unwrap_or(&cast::MASTODON[0]);
    let grant = Grant {
        holder: Holder::MastodonAccount(account.id.to_owned()),
        client_id: request.client_id.clone(),
        scopes: request.scopes.clone(),
        declined: Vec::new(),
        pages: Vec::new(),
    };
    let code = world.change(|state| {
        state
            .tokens
            .issue_code(grant, &request.redirect_uri, challenge)
    });
    if request.redirect_uri == OUT_OF_BAND {
        return pages::consent::code(&code);
    }
    request.send_back(&[("code", &code)])
}

/// Whether an application may ask for a scope: its own, or a part of one of its own.
fn covers(own: &[String], scope: &str) -> bool {
    let family = scope.rsplit_once(':').map(|(family, _)| family);
    own.iter()
        .any(|known| known == scope || Some(known.as_str()) == family)
}

fn consent(world: &World, request: &Request) -> Consent {
    let choices = cast::MASTODON
        .iter()
        .enumerate()
        .map(|(place, account)| Choice {
            id: account.id,
            name: account.name,
            detail: format!("@{}@{}", account.username, super::instance::domain(world)),
            chosen: place == 0,
        });
    Consent {
        title: "Authorization required",
        person: cast::PERSON.name,
        question: "Choose the account to continue with",
        many: false,
        choices: choices.collect(),
        permissions: request
            .scopes
            .iter()
            .map(|scope| Permission {
                scope: scope.clone(),
                words: words(scope),
                fixed: true,
            })
            .collect(),
        agree: "Authorize",
        refuse: "Deny",
    }
}

fn words(scope: &str) -> &'static str {
    match scope {
        "read" => "Read everything of your account",
        "write" => "Change everything of your account",
        "profile" | "read:accounts" => "See your account",
        "read:statuses" => "See your posts",
        "read:notifications" => "See your notifications",
        "write:statuses" => "Publish posts",
        "write:media" => "Upload media",
        "push" => "Receive push notifications",
        _ => "Something more specific",
    }
}

/// `POST /oauth/token`.
pub fn token(world: &World, call: &Call) -> Answer {
    let (client_id, app) = client(world, call)?;
    match call.params.get("grant_type") {
        Some("authorization_code") => redeem(world, call, &client_id, &app),
        Some("client_credentials") => Ok(app_token(world, call, client_id, &app)),
        Some(_) => Err(MastodonError::oauth(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "The authorization grant type is not supported by the authorization server.",
        )),
        None => Err(MastodonError::oauth(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "Missing required parameter: grant_type.",
        )),
    }
}

/// The application, from the body or from HTTP Basic.
fn client(world: &World, call: &Call) -> Result<(String, App), MastodonError> {
    let basic = call.header("authorization").and_then(|value| {
        let encoded = value.strip_prefix("Basic ")?;
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(encoded)
            .ok()?;
        let text = String::from_utf8(decoded).ok()?;
        text.split_once(':')
            .map(|(id, secret)| (id.to_owned(), secret.to_owned()))
    });
    let body = || {
        Some((
            call.params.get("client_id")?.to_owned(),
            call.params.get("client_secret")?.to_owned(),
        ))
    };
    let found = basic.or_else(body).and_then(|(id, secret)| {
        let app = world.look(|state| state.mastodon_apps.get(&id).cloned())?;
        (app.client_secret == secret).then_some((id, app))
    });
    found.ok_or_else(|| {
        MastodonError::oauth(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "Client authentication failed due to unknown client, no client authentication included, or unsupported \
             authentication method.",
        )
    })
}

fn redeem(world: &World, call: &Call, client_id: &str, app: &App) -> Answer {
    let bad = || {
        MastodonError::oauth(
            StatusCode::BAD_REQUEST,
            "invalid_grant",
            "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used \
             in the authorization request, or was issued to another client.",
        )
    };
    let code = call.params.get("code").ok_or_else(bad)?;
    let redirect_uri = call.params.get("redirect_uri").ok_or_else(bad)?;
    world.change(|state| {
        let code = state
            .tokens
            .spend_code(code, client_id, redirect_uri)
            .map_err(|_| bad())?;
        if !code.is_proved_by(call.params.get("code_verifier")) {
            return Err(bad());
        }
        let lifetime = state.behaviour.token_lifetime_seconds;
        Ok(shown(&state.tokens.issue(
            "",
            code.grant,
            &app.client_secret,
            lifetime,
            true,
        )))
    })
}

fn app_token(
    world: &World,
    call: &Call,
    client_id: String,
    app: &App,
) -> (StatusCode, serde_json::Value) {
    let scopes = call
        .params
        .get("scope")
        .unwrap_or("read")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let holder = Holder::MastodonApp;
    let grant = Grant {
        holder,
        client_id,
        scopes,
        declined: Vec::new(),
        pages: Vec::new(),
    };
    shown(&world.change(|state| {
        state
            .tokens
            .issue("", grant, &app.client_secret, None, true)
    }))
}

fn shown(token: &Token) -> (StatusCode, serde_json::Value) {
    let answer = json!({
        "access_token": token.text, "token_type": "Bearer", "scope": token.grant.scopes.join(" "),
        "created_at": token.issued_at.as_second(),
    });
    (StatusCode::OK, answer)
}

/// `POST /oauth/revoke`: an unknown token is no error.
pub fn revoke(world: &World, call: &Call) -> Answer {
    let (client_id, _) = client(world, call).map_err(|_| {
        MastodonError::oauth(
            StatusCode::FORBIDDEN,
            "unauthorized_client",
            "You are not authorized to revoke this token",
        )
    })?;
    let text = call.params.get("token").unwrap_or("");
    world.change(|state| {
        state
            .tokens
            .revoke(|token| token.text == text && token.grant.client_id == client_id)
    });
    Ok((StatusCode::OK, json!({})))
}

/// `GET /.well-known/oauth-authorization-server`.
pub fn metadata(world: &World) -> Answer {
    let at = |path: &str| world.link(path);
    let answer = json!({
        "issuer": at("/"), "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": at("/oauth/authorize"), "token_endpoint": at("/oauth/token"),
        "app_registration_endpoint": at("/api/v1/apps"), "revocation_endpoint": at("/oauth/revoke"),
        "scopes_supported": ["read", "write", "write:media", "write:statuses", "read:accounts", "read:statuses", "profile", "push"],
        "response_types_supported": ["code"], "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    });
    Ok((StatusCode::OK, answer))
}
