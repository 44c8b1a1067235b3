//! A pretend Mastodon instance, under `/mastodon` and at the server's root, since an instance's address has no path.

pub mod account;
pub mod apps;
mod error;
pub mod instance;
mod limits;
pub mod media;
pub mod oauth;
pub mod statuses;
mod text;

use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::call::Call;
use crate::faults::{CallKind, Fault, not_json};
use crate::line::Scissors;
use crate::state::World;
use crate::{Platform, cast, pages};
use error::MastodonError;
use limits::Limits;

/// An answer with its status: Mastodon tells with it whether media is ready.
pub type Answer = Result<(StatusCode, Value), MastodonError>;

/// Reads a call whole and then carries it out to its end, even when the caller has hung up: so does the real one.
pub async fn answer(
    State(world): State<Arc<World>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let base = if request.uri().path().starts_with("/mastodon") {
        "/mastodon"
    } else {
        ""
    };
    let call = match Call::read(request, base).await {
        Ok(call) => call,
        Err(why) => return MastodonError::new(StatusCode::BAD_REQUEST, why).into_response(),
    };
    let work = tokio::spawn(async move { carry_out(&world, &scissors, &call).await });
    let broken = |_| {
        MastodonError::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
            .into_response()
    };
    work.await.unwrap_or_else(broken)
}

async fn carry_out(world: &Arc<World>, scissors: &Scissors, call: &Call) -> Response {
    if let Some(page) = page_for_people(world, call).await {
        return page;
    }
    let kind = kind(call);
    let rule = world.faults.take(Platform::Mastodon, kind);
    let fault = rule.as_ref().map(|rule| rule.fault);
    match (&rule, fault) {
        (Some(rule), Some(Fault::TimeoutBefore)) => return rule.hang_up(scissors).await,
        (Some(rule), Some(Fault::Slow)) => rule.wait().await,
        (_, Some(Fault::NotJson)) => return not_json(),
        _ => {}
    }
    let limits = Limits::of(world, kind, call, rule.as_ref());
    let result = match refusal(fault, limits.used_up) {
        Some(error) => Err(error),
        None => dispatch(world, call).await,
    };
    if let (Some(rule), Some(Fault::TimeoutAfter)) = (&rule, fault) {
        return rule.hang_up(scissors).await;
    }
    let mut response = match result {
        Ok((status, value)) => (status, Json(value)).into_response(),
        Err(error) => error.into_response(),
    };
    limits.add_headers(&mut response);
    response
}

fn refusal(fault: Option<Fault>, limited: bool) -> Option<MastodonError> {
    if limited {
        return Some(MastodonError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many requests",
        ));
    }
    match fault? {
        Fault::ServerError => Some(MastodonError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Remote data could not be fetched",
        )),
        Fault::ExpiredToken => Some(MastodonError::unauthorized("The access token expired")),
        Fault::RevokedToken => Some(MastodonError::unauthorized("The access token was revoked")),
        Fault::RejectedMedia => Some(MastodonError::invalid(
            "Validation failed: File content type is invalid, File is invalid",
        )),
        _ => None,
    }
}

/// The authorization page, and what else a browser asks for. What is no call meets no fault and is not counted.
async fn page_for_people(world: &Arc<World>, call: &Call) -> Option<Response> {
    let path = call.path();
    match path.as_slice() {
        ["oauth", "authorize"] => Some(oauth::authorize(world, call)),
        ["api" | "oauth" | ".well-known", ..] => None,
        [account, id] if account.starts_with('@') => Some(pages::post::show(world, id).await),
        [account] if account.starts_with('@') => Some(pages::overview::of(Platform::Mastodon)),
        [] => Some(pages::overview::of(Platform::Mastodon)),
        _ => Some(MastodonError::not_found().into_response()),
    }
}

/// Tells what a call is for, so that faults can be aimed and counts kept.
fn kind(call: &Call) -> CallKind {
    let path = call.path();
    match (&call.method, path.as_slice()) {
        (_, ["oauth", ..] | ["api", "v1", "apps", ..]) => CallKind::Token,
        (&Method::POST, ["api", _, "statuses"]) if call.params.get("in_reply_to_id").is_some() => {
            CallKind::Comment
        }
        (&Method::POST, ["api", _, "statuses"]) => CallKind::Publish,
        (&Method::GET, ["api", _, "media", _]) => CallKind::Status,
        (_, ["api", _, "media", ..]) => CallKind::Media,
        (&Method::DELETE, _) => CallKind::Delete,
        _ => CallKind::Read,
    }
}

async fn dispatch(world: &World, call: &Call) -> Answer {
    let path = call.path();
    match (&call.method, path.as_slice()) {
        (&Method::POST, ["api", "v1", "apps"]) => apps::register(world, call),
        (&Method::GET, ["api", "v1", "apps", "verify_credentials"]) => apps::verify(world, call),
        (&Method::POST, ["oauth", "token"]) => oauth::token(world, call),
        (&Method::POST, ["oauth", "revoke"]) => oauth::revoke(world, call),
        (&Method::GET, [".well-known", "oauth-authorization-server"]) => oauth::metadata(world),
        (&Method::GET, ["api", "v1", "accounts", "verify_credentials"]) => {
            account::verify(world, call)
        }
        (&Method::GET, ["api", "v1", "accounts", id]) => account::read(world, id),
        (&Method::GET, ["api", "v1", "accounts", id, "statuses"]) => {
            statuses::list(world, call, id)
        }
        (&Method::GET, ["api", "v2", "instance"]) => instance::v2(world),
        (&Method::GET, ["api", "v1", "instance"]) => instance::v1(world),
        (&Method::POST, ["api", "v1" | "v2", "media"]) => media::upload(world, call).await,
        (&Method::GET, ["api", "v1", "media", id]) => media::read(world, call, id),
        (&Method::PUT, ["api", "v1", "media", id]) => media::describe(world, call, id),
        (&Method::POST, ["api", "v1", "statuses"]) => statuses::publish(world, call),
        (&Method::GET, ["api", "v1", "statuses", id]) => statuses::read(world, call, id),
        (&Method::GET, ["api", "v1", "statuses", id, "source"]) => {
            statuses::source(world, call, id)
        }
        (&Method::GET, ["api", "v1", "statuses", id, "context"]) => {
            statuses::context(world, call, id)
        }
        (&Method::PUT, ["api", "v1", "statuses", id]) => statuses::edit(world, call, id),
        (&Method::DELETE, ["api", "v1", "statuses", id]) => statuses::delete(world, call, id),
        _ => Err(MastodonError::not_found()),
    }
}

/// The account that a token speaks for, if it may do what `scope` names: `write:statuses` is part of `write`.
fn account_of(
    world: &World,
    call: &Call,
    scope: &str,
) -> Result<&'static cast::MastodonAccount, MastodonError> {
    use crate::tokens::{BadToken, Holder};
    let invalid = || MastodonError::unauthorized("The access token is invalid");
    let text = call.token().ok_or_else(invalid)?;
    let token = world
        .look(|state| state.tokens.check(text).cloned())
        .map_err(|bad| match bad {
            BadToken::Unknown => invalid(),
            BadToken::Expired => MastodonError::unauthorized("The access token expired"),
            BadToken::Revoked => MastodonError::unauthorized("The access token was revoked"),
        })?;
    let Holder::MastodonAccount(id) = &token.grant.holder else {
        return Err(MastodonError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "This method requires an authenticated user",
        ));
    };
    let whole = scope.split(':').next().unwrap_or(scope);
    let profile = scope == "read:accounts" && token.has("profile");
    if !(profile || token.has(scope) || token.has(whole)) {
        return Err(MastodonError::new(
            StatusCode::FORBIDDEN,
            "This action is outside the authorized scopes",
        ));
    }
    cast::mastodon(id).ok_or_else(invalid)
}
