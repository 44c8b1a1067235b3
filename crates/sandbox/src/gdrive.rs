//! A pretend Google, as far as Drive needs it: signing in, and the files of one account, under `/gdrive`.

mod contents;
mod download;
mod error;
mod fields;
mod files;
mod oauth;
mod query;

use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use serde_json::Value;

use crate::call::Call;
use crate::faults::{CallKind, Fault, FaultRule, not_json};
use crate::line::Scissors;
use crate::state::World;
use crate::tokens::Holder;
use crate::{Platform, cast};
use download::Piece;
use error::GoogleError;

/// Calls are counted by the minute.
const WINDOW: SignedDuration = SignedDuration::from_mins(1);

/// What a call comes to.
pub enum Reply {
    Json(Value),
    /// Of a file.
    Bytes(Piece),
}

pub type Answer = Result<Reply, GoogleError>;

/// Reads a call whole and then carries it out to its end, even when the caller has hung up: so does the real one.
pub async fn answer(
    State(world): State<Arc<World>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let call = match Call::read(request, "/gdrive").await {
        Ok(call) => call,
        Err(why) => return GoogleError::new(400, "badRequest", &why).into_response(),
    };
    let work = tokio::spawn(async move { carry_out(&world, scissors, &call).await });
    work.await
        .unwrap_or_else(|_| GoogleError::backend().into_response())
}

async fn carry_out(world: &Arc<World>, scissors: Scissors, call: &Call) -> Response {
    if let Some(page) = page_for_people(world, call) {
        return page;
    }
    let kind = kind(call);
    let rule = world.faults.take(Platform::GDrive, kind);
    let fault = rule.as_ref().map(|rule| rule.fault);
    match (&rule, fault) {
        (Some(rule), Some(Fault::TimeoutBefore)) => return rule.hang_up(&scissors).await,
        (Some(rule), Some(Fault::Slow)) => rule.wait().await,
        (_, Some(Fault::NotJson)) => return not_json(),
        _ => {}
    }
    let one_too_many = count(world, kind, call);
    let refused = refusal(kind, rule.as_ref()).or(one_too_many);
    let result = match refused {
        Some(error) => Err(error),
        None => dispatch(world, call),
    };
    match (rule, result) {
        // Half of a file has come by then.
        (Some(rule), Ok(Reply::Bytes(piece))) if rule.fault == Fault::TimeoutAfter => {
            piece.cut_half_way(rule, scissors)
        }
        (Some(rule), _) if rule.fault == Fault::TimeoutAfter => rule.hang_up(&scissors).await,
        (_, Ok(Reply::Json(value))) => Json(value).into_response(),
        (_, Ok(Reply::Bytes(piece))) => piece.into_response(),
        (_, Err(error)) => error.into_response(),
    }
}

/// The consent page. What is no call meets no fault and is not counted.
fn page_for_people(world: &World, call: &Call) -> Option<Response> {
    match call.path().as_slice() {
        ["o", "oauth2", "v2", "auth"] => Some(oauth::authorize(world, call)),
        // Nothing is published here, so there is nothing to see but the front page.
        [] => Some(Redirect::to("/").into_response()),
        _ => None,
    }
}

/// Tells what a call is for, so that faults can be aimed and counts kept.
fn kind(call: &Call) -> CallKind {
    match call.path().as_slice() {
        ["token" | "revoke"] => CallKind::Token,
        _ if call.params.get("alt") == Some("media") => CallKind::Media,
        _ => CallKind::Read,
    }
}

/// The answer that a fault asks for.
fn refusal(kind: CallKind, rule: Option<&FaultRule>) -> Option<GoogleError> {
    let rule = rule?;
    match rule.fault {
        Fault::RateLimit => Some(GoogleError::rate_limit(rule.delay_ms)),
        Fault::ServerError => Some(GoogleError::backend()),
        Fault::ExpiredToken | Fault::RevokedToken if kind == CallKind::Token => {
            Some(GoogleError::grant_over())
        }
        Fault::ExpiredToken | Fault::RevokedToken => Some(GoogleError::credentials()),
        Fault::RejectedMedia => Some(GoogleError::new(
            403,
            "cannotDownloadFile",
            "This file cannot be downloaded by the user.",
        )),
        _ => None,
    }
}

/// Counts a call, and refuses one that is too many.
fn count(world: &World, kind: CallKind, call: &Call) -> Option<GoogleError> {
    let (now, limit) = world.look(|state| (state.now(), state.behaviour.call_limit));
    let caller = call.token().unwrap_or("nobody");
    let window = world
        .traffic
        .note(Platform::GDrive, kind, caller, WINDOW, now);
    let used_up = limit.is_some_and(|limit| window.calls > limit);
    used_up.then(|| GoogleError::rate_limit(None))
}

fn dispatch(world: &World, call: &Call) -> Answer {
    match (&call.method, call.path().as_slice()) {
        (&Method::POST, ["token"]) => oauth::token(world, call),
        (&Method::POST, ["revoke"]) => oauth::revoke(world, call),
        (&Method::GET, ["drive", "v3", "about"]) => {
            files::about(world, account_of(world, call)?, call)
        }
        (&Method::GET, ["drive", "v3", "files"]) => {
            account_of(world, call)?;
            files::list(call)
        }
        (&Method::GET, ["drive", "v3", "files", id]) => {
            account_of(world, call)?;
            if call.params.get("alt") == Some("media") {
                files::bytes(id, call).map(Reply::Bytes)
            } else {
                files::read(id, call)
            }
        }
        _ => Err(GoogleError::new(404, "notFound", "Not Found")),
    }
}

/// The account that a token speaks for, if it may read files.
fn account_of(world: &World, call: &Call) -> Result<&'static cast::GoogleAccount, GoogleError> {
    let text = call.token().unwrap_or_default();
    let token = world
        .look(|state| state.tokens.check(text).cloned())
        .map_err(|_| GoogleError::credentials())?;
    let Holder::GoogleUser(id) = &token.grant.holder else {
        return Err(GoogleError::credentials());
    };
    if token.is_for_renewing() {
        return Err(GoogleError::credentials());
    }
    if !token.has(oauth::READ_FILES) {
        return Err(GoogleError::scope_missing());
    }
    cast::google(id).ok_or_else(GoogleError::credentials)
}
