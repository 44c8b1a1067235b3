//! Code exchange, long-lived exchange, inspection and permissions.

use axum::http::Method;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Platform;
use crate::call::Call;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::state::{State, World};
use crate::tokens::{BadCode, BadToken, Holder, Token};

const LONG: i64 = 5_184_000;

/// `GET|POST /oauth/access_token` in its three forms.
pub fn access_token(world: &World, call: &Call) -> Answer {
    let client_id = required(call, "client_id")?;
    let secret = required(call, "client_secret")?;
    if !world.knows_app(Platform::Facebook, client_id, Some(secret)) {
        return Err(GraphError::new(1, "Error validating client secret."));
    }
    match call.params.get("grant_type") {
        Some("fb_exchange_token") => {
            exchange(world, client_id, required(call, "fb_exchange_token")?)
        }
        Some("client_credentials") => {
            Ok(json!({"access_token": format!("{client_id}|{secret}"), "token_type": "bearer"}))
        }
        _ => redeem(world, call, client_id, secret),
    }
}

fn redeem(world: &World, call: &Call, client_id: &str, secret: &str) -> Answer {
    let code = required(call, "code")?.trim_end_matches("#_=_");
    let redirect_uri = required(call, "redirect_uri")?;
    world.change(|state| {
        let code = state
            .tokens
            .spend_code(code, client_id, redirect_uri)
            .map_err(bad_code)?;
        if !matches!(code.grant.holder, Holder::FacebookUser(_)) {
            return Err(bad_code(BadCode::Unknown));
        }
        let lifetime = state.behaviour.short_token_lifetime_seconds;
        Ok(shown(&state.tokens.issue(
            "EAA",
            code.grant,
            secret,
            Some(lifetime),
            false,
        )))
    })
}

fn exchange(world: &World, client_id: &str, short: &str) -> Answer {
    world.change(|state| {
        let token = state
            .tokens
            .check(short)
            .map_err(GraphError::token)?
            .clone();
        if token.grant.client_id != client_id || token.grant.holder.platform() != Platform::Facebook
        {
            return Err(GraphError::token(BadToken::Unknown));
        }
        let lifetime = state.behaviour.token_lifetime_seconds.unwrap_or(LONG);
        let secret = token.client_secret.clone();
        Ok(shown(&state.tokens.issue(
            "EAA",
            token.grant,
            &secret,
            Some(lifetime),
            true,
        )))
    })
}

fn shown(token: &Token) -> Value {
    let left = token
        .expires_at
        .map(|end| end.as_second() - token.issued_at.as_second());
    json!({"access_token": token.text, "token_type": "bearer", "expires_in": left})
}

fn bad_code(why: BadCode) -> GraphError {
    match why {
        BadCode::Unknown | BadCode::OtherClient => GraphError::new(100, "Invalid verification code format.").sub(36008),
        BadCode::Used => GraphError::new(100, "This authorization code has been used.").sub(36009),
        BadCode::Expired => GraphError::new(100, "This authorization code has expired.").sub(36007),
        BadCode::OtherRedirect => GraphError::new(
            100,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used \
             in the OAuth dialog request",
        )
        .sub(36008),
    }
}

fn required<'a>(call: &'a Call, name: &str) -> Result<&'a str, GraphError> {
    call.params
        .get(name)
        .ok_or_else(|| GraphError::new(101, format!("Missing {name} parameter.")))
}

/// `GET /debug_token`: asked with an application's token, `id|secret`, or any good token.
pub fn debug(world: &World, call: &Call) -> Answer {
    let input = required(call, "input_token")?;
    match call.token().and_then(|token| token.split_once('|')) {
        Some((id, secret)) if world.knows_app(Platform::Facebook, id, Some(secret)) => {}
        Some(_) => {
            return Err(GraphError::new(
                190,
                "Invalid OAuth access token signature.",
            ));
        }
        None => drop(Caller::of(world, call)?),
    }
    let token = world.look(|state| state.tokens.find(input).cloned());
    let Some(token) = token else {
        let error = json!({"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"});
        return Ok(json!({"data": {"is_valid": false, "scopes": [], "error": error}}));
    };
    Ok(json!({ "data": inspected(&token, world.look(State::now)) }))
}

fn inspected(token: &Token, now: Timestamp) -> Value {
    let (kind, profile, user) = match &token.grant.holder {
        Holder::FacebookPage(page) => ("PAGE", Some(page.as_str()), crate::cast::PERSON.id),
        Holder::FacebookUser(id)
        | Holder::InstagramUser(id)
        | Holder::MastodonAccount(id)
        | Holder::GoogleUser(id) => ("USER", None, id.as_str()),
        Holder::MastodonApp => ("APP", None, ""),
    };
    let about_pages = |scope: &str| scope.starts_with("pages_") || scope.starts_with("instagram_");
    let granular = token.grant.scopes.iter().map(|scope| {
        if about_pages(scope) {
            json!({"scope": scope, "target_ids": token.grant.pages})
        } else {
            json!({ "scope": scope })
        }
    });
    let mut data = json!({
        "app_id": token.grant.client_id, "type": kind, "application": "Pretend application",
        "data_access_expires_at": token.issued_at.as_second() + 90 * 24 * 60 * 60,
        "expires_at": token.expires_at.map_or(0, Timestamp::as_second), "is_valid": true,
        "issued_at": token.issued_at.as_second(), "scopes": token.grant.scopes,
        "granular_scopes": granular.collect::<Vec<_>>(), "user_id": user,
    });
    if let Some(profile) = profile {
        data["profile_id"] = profile.into();
    }
    if let Err(bad) = token.state(now) {
        let error = GraphError::token(bad);
        data["is_valid"] = false.into();
        data["error"] =
            json!({"code": error.code, "message": error.message, "subcode": error.subcode});
    }
    data
}

/// `GET|DELETE /me/permissions` and `DELETE /me/permissions/{permission}`.
pub fn permissions(world: &World, caller: &Caller, call: &Call, edges: &[&str]) -> Answer {
    let grant = &caller.token.grant;
    let same_app = |token: &Token| {
        token.grant.client_id == grant.client_id
            && token.grant.holder.platform() == Platform::Facebook
    };
    match (&call.method, edges) {
        (&Method::GET, [_]) => {
            let status = |scopes: &[String], status: &str| {
                let listed = scopes
                    .iter()
                    .map(|scope| json!({"permission": scope, "status": status}));
                listed.collect::<Vec<_>>()
            };
            let all = [
                status(&grant.scopes, "granted"),
                status(&grant.declined, "declined"),
            ]
            .concat();
            Ok(json!({ "data": all }))
        }
        (&Method::DELETE, [_]) => {
            world.change(|state| state.tokens.revoke(same_app));
            Ok(json!({"success": true}))
        }
        (&Method::DELETE, [_, scope]) => {
            world.change(|state| state.tokens.narrow(same_app, scope));
            Ok(json!({"success": true}))
        }
        _ => Err(GraphError::unsupported(&call.method)),
    }
}
