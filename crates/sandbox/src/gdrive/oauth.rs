//! Google's sign-in: the consent page, access of an hour, and what renews it.

use axum::http::Method;
use axum::response::Response;
use serde_json::json;

use super::error::GoogleError;
use super::{Answer, Reply};
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::consent::{Choice, Consent, Decision, Permission, Request};
use crate::state::{State, World};
use crate::tokens::{BadCode, Grant, Holder, Token};

pub const READ_FILES: &str = "https://www.googleapis.com/auth/drive.readonly";
/// How long access lives unless it is told otherwise, in seconds.
const LIFETIME: i64 = 3_599;

/// `/o/oauth2/v2/auth` of accounts.google.com.
pub fn authorize(world: &World, call: &Call) -> Response {
    let request = match Request::read(world, Platform::GDrive, call) {
        Ok(request) => request,
        Err(page) => return *page,
    };
    if let Some(why) = mistake(&request, call) {
        return request.refuse(&why);
    }
    if call.method != Method::POST {
        return consent(&request).show(&request);
    }
    match request.decision(call) {
        Decision::Denied => request.send_back(&[("error", "access_denied")]),
        Decision::Granted {
            choices,
            scopes,
            declined,
        } => {
            let chosen = choices
                .and_then(|all| all.into_iter().next())
                .and_then(|id| cast::google(&id));
            let account = chosen.unwrap_or(&cast::GOOGLE[0]);
            let grant = Grant {
                holder: Holder::GoogleUser(account.id.to_owned()),
                client_id: request.client_id.clone(),
                scopes,
                declined,
                pages: Vec::new(),
            };
            let scope = spelled(&grant.scopes);
            let code = world.change(|state| issue_code(state, grant, &request, call));
            request.send_back(&[("code", &code), ("scope", &scope), ("authuser", "0")])
        }
    }
}

/// What is wrong with a request that nobody should be asked about.
fn mistake(request: &Request, call: &Call) -> Option<String> {
    if request.scopes.is_empty() {
        return Some("Error 400: invalid_request. Missing required parameter: scope.".to_owned());
    }
    if let Some(unknown) = request.scopes.iter().find(|scope| words(scope).is_none()) {
        return Some(format!(
            "Error 400: invalid_scope. Some requested scopes were invalid: {unknown}."
        ));
    }
    let has_challenge = call.params.get("code_challenge").is_some();
    if has_challenge && call.params.get("code_challenge_method") != Some("S256") {
        return Some(
            "Error 400: invalid_request. The code challenge method must be S256.".to_owned(),
        );
    }
    None
}

/// What renews the access comes with the first consent, or when consent is asked for expressly.
fn issue_code(state: &mut State, grant: Grant, request: &Request, call: &Call) -> String {
    let is_known = state.tokens.any(|token| {
        token.is_for_renewing()
            && token.grant.holder == grant.holder
            && token.grant.client_id == grant.client_id
    });
    let is_asked = call
        .params
        .get("prompt")
        .is_some_and(|prompt| prompt.split_whitespace().any(|word| word == "consent"));
    let challenge = call.params.get("code_challenge").map(str::to_owned);
    let code = state
        .tokens
        .issue_code(grant, &request.redirect_uri, challenge);
    if call.params.get("access_type") == Some("offline") && (is_asked || !is_known) {
        state.tokens.allow_offline(&code);
    }
    code
}

fn consent(request: &Request) -> Consent {
    let choices = cast::GOOGLE
        .iter()
        .enumerate()
        .map(|(place, account)| Choice {
            id: account.id,
            name: account.name,
            detail: account.email.to_owned(),
            chosen: place == 0,
        });
    Consent {
        title: "Sign in with Google",
        person: cast::PERSON.name,
        question: "Choose an account",
        many: false,
        choices: choices.collect(),
        permissions: request
            .scopes
            .iter()
            .map(|scope| Permission {
                scope: scope.clone(),
                words: words(scope).unwrap_or_default(),
                fixed: scope != READ_FILES,
            })
            .collect(),
        agree: "Continue",
        refuse: "Cancel",
    }
}

fn words(scope: &str) -> Option<&'static str> {
    match scope {
        "openid" => Some("Associate you with your personal info on Google"),
        "email" | "https://www.googleapis.com/auth/userinfo.email" => {
            Some("See your primary Google Account email address")
        }
        READ_FILES => Some("See and download all your Google Drive files"),
        _ => None,
    }
}

/// Scopes as Google answers them, whatever they were called in the question.
fn spelled(scopes: &[String]) -> String {
    let each = scopes.iter().map(|scope| match scope.as_str() {
        "email" => "https://www.googleapis.com/auth/userinfo.email",
        other => other,
    });
    each.collect::<Vec<_>>().join(" ")
}

/// `POST /token` of oauth2.googleapis.com.
pub fn token(world: &World, call: &Call) -> Answer {
    let client_id = required(call, "client_id")?;
    let secret = required(call, "client_secret")?;
    if !world.knows_app(Platform::GDrive, client_id, Some(secret)) {
        return Err(GoogleError::oauth(
            401,
            "invalid_client",
            "The OAuth client was not found.",
        ));
    }
    match required(call, "grant_type")? {
        "authorization_code" => redeem(world, call, client_id, secret),
        "refresh_token" => renew(world, call, client_id, secret),
        other => Err(GoogleError::oauth(
            400,
            "unsupported_grant_type",
            &format!("Invalid grant_type: {other}"),
        )),
    }
}

fn required<'a>(call: &'a Call, name: &str) -> Result<&'a str, GoogleError> {
    call.params.get(name).ok_or_else(|| {
        let description = format!("Missing required parameter: {name}");
        GoogleError::oauth(400, "invalid_request", &description)
    })
}

fn redeem(world: &World, call: &Call, client_id: &str, secret: &str) -> Answer {
    let (code, redirect_uri) = (required(call, "code")?, required(call, "redirect_uri")?);
    world.change(|state| {
        let code = state
            .tokens
            .spend_code(code, client_id, redirect_uri)
            .map_err(bad_code)?;
        if !code.is_proved_by(call.params.get("code_verifier")) {
            return Err(GoogleError::oauth(
                400,
                "invalid_grant",
                "Invalid code verifier.",
            ));
        }
        if code.grant.holder.platform() != Platform::GDrive {
            return Err(bad_code(BadCode::Unknown));
        }
        let access = issue(state, code.grant.clone(), secret);
        let mut answer = shown(&access);
        if code.offline {
            let renewing = state.tokens.issue("1//0", code.grant, secret, None, true);
            answer["refresh_token"] = renewing.text.into();
        }
        Ok(Reply::Json(answer))
    })
}

fn bad_code(why: BadCode) -> GoogleError {
    match why {
        BadCode::OtherRedirect => GoogleError::oauth(400, "redirect_uri_mismatch", "Bad Request"),
        _ => GoogleError::oauth(400, "invalid_grant", "Bad Request"),
    }
}

/// Gives new access; what it was asked with stays good and is not sent again.
fn renew(world: &World, call: &Call, client_id: &str, secret: &str) -> Answer {
    let text = required(call, "refresh_token")?;
    world.change(|state| {
        let known = state.tokens.check(text).ok().cloned();
        let known =
            known.filter(|token| token.is_for_renewing() && token.grant.client_id == client_id);
        let known = known.ok_or_else(GoogleError::grant_over)?;
        Ok(Reply::Json(shown(&issue(state, known.grant, secret))))
    })
}

fn issue(state: &mut State, grant: Grant, secret: &str) -> Token {
    let lifetime = state.behaviour.token_lifetime_seconds.unwrap_or(LIFETIME);
    state
        .tokens
        .issue("ya29.", grant, secret, Some(lifetime), false)
}

fn shown(token: &Token) -> serde_json::Value {
    let left = token
        .expires_at
        .map(|end| end.as_second() - token.issued_at.as_second());
    json!({
        "access_token": token.text, "expires_in": left, "scope": spelled(&token.grant.scopes),
        "token_type": "Bearer",
    })
}

/// `POST /revoke`: with any of its tokens, all that the person granted to the application ends.
pub fn revoke(world: &World, call: &Call) -> Answer {
    let text = required(call, "token")?;
    world.change(|state| {
        let token = state.tokens.find(text).filter(|token| !token.revoked);
        let grant = token.map(|token| token.grant.clone());
        let grant = grant
            .filter(|grant| grant.holder.platform() == Platform::GDrive)
            .ok_or_else(|| GoogleError::oauth(400, "invalid_token", "Token expired or revoked"))?;
        state.tokens.revoke(|token| {
            token.grant.holder == grant.holder && token.grant.client_id == grant.client_id
        });
        Ok(Reply::Json(json!({})))
    })
}
