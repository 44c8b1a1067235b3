//! Calls with an API key: who makes them, how often, from where, and what became of them.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fanfare_app::api_keys::{self, Admitted, Allowance, CallMade};
use fanfare_app::{AppError, RefusalKind, accounts};
use fanfare_domain::{ErrorCode, Secret};

use crate::client_address::client;
use crate::problem::{Answer, Problem};
use crate::signed_in::{SignedIn, wanted_workspace};
use crate::state::ApiState;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// What stands after `Bearer`. A browser never sends it by itself, so no other site can make one send it.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.trim().split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| Secret::new(token.trim()))
}

/// The key that somebody shows. The access token of a device is none: it is a session's.
pub(crate) fn key_shown(headers: &HeaderMap) -> Option<Secret> {
    bearer(headers).filter(|token| !accounts::is_access_token(token))
}

/// Lets through whom the key makes known, and whoever sends none.
pub(crate) async fn admit(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    // What comes to other addresses may carry somebody else's tokens, as platforms' notices do.
    let is_api = request.uri().path().starts_with("/api/");
    if !is_api || bearer(request.headers()).is_none() {
        return next.run(request).await;
    }
    let Some(text) = key_shown(request.headers()) else {
        return challenged(next.run(request).await);
    };
    let admitted = match api_keys::find_key(&state.app, &text).await {
        Ok(admitted) => admitted,
        Err(error) => return not_admitted(error),
    };
    let begun = Instant::now();
    let (parts, body) = request.into_parts();
    let call = call_of(&state, &admitted, &parts);
    // From a wrong address nothing is taken from what the key may call.
    let response = match refuse_elsewhere(&state, &admitted, &parts) {
        Ok(()) => within_rate(&state, admitted, Request::from_parts(parts, body), next).await,
        Err(problem) => problem.into_response(),
    };
    state.app.key_calls.note(CallMade {
        status: response.status().as_u16(),
        took_micros: i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX),
        ..call
    });
    response
}

fn not_admitted(error: AppError) -> Response {
    let is_the_keys_fault = matches!(
        &error,
        AppError::Refused(refusal) if refusal.kind == RefusalKind::NotAuthenticated
    );
    let response = Problem::from(error).into_response();
    if is_the_keys_fault {
        challenged(response)
    } else {
        response
    }
}

/// An answer to a token that does not work says so, where clients look for it.
fn challenged(mut response: Response) -> Response {
    if response.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Refuses a key where it may not be used: from another address, or in another workspace.
pub(crate) fn refuse_elsewhere(state: &ApiState, admitted: &Admitted, parts: &Parts) -> Answer<()> {
    let from = client(
        &parts.extensions,
        &parts.headers,
        &state.settings.trusted_proxies,
    );
    let wanted = wanted_workspace(&parts.method, &parts.headers, &parts.uri)?;
    let wanted = wanted.map(|wanted| wanted.workspace);
    Ok(api_keys::refuse_elsewhere(admitted, from, wanted)?)
}

async fn within_rate(
    state: &ApiState,
    admitted: Admitted,
    mut request: Request,
    next: Next,
) -> Response {
    let (id, per_minute) = (admitted.key.id, admitted.key.rate_per_minute);
    let allowance = api_keys::count_call(&state.app, id, per_minute).await;
    let mut response = if allowance.wait_seconds == 0 {
        request.extensions_mut().insert(SignedIn(admitted.caller));
        next.run(request).await
    } else {
        too_many(allowance).into_response()
    };
    tell(response.headers_mut(), allowance);
    response
}

fn too_many(allowance: Allowance) -> Problem {
    let detail = format!(
        "This API key may make {} calls per minute, and has made them. Wait as long as `Retry-After` says.",
        allowance.limit
    );
    let kind = RefusalKind::TooMany {
        retry_after_seconds: allowance.wait_seconds,
    };
    AppError::refused(kind, ErrorCode::TooManyRequests, detail).into()
}

fn call_of(state: &ApiState, admitted: &Admitted, parts: &Parts) -> CallMade {
    let route = parts.extensions.get::<MatchedPath>();
    CallMade {
        key: admitted.key.id,
        at: state.app.now(),
        method: parts.method.to_string(),
        route: route.map_or("other", MatchedPath::as_str).to_owned(),
        status: 0,
        took_micros: 0,
    }
}

/// As is usual: the limit per minute, what is left of it, and the second (Unix time) at which all of it is there again. And as the draft
/// of a standard has it (draft-ietf-httpapi-ratelimit-headers): the policy, and beside it what is left and in how many seconds there
/// is more; `Retry-After` must not be earlier than that, so a refusal says when the next call is taken.
fn tell(headers: &mut HeaderMap, allowance: Allowance) {
    let resets_in = match allowance.wait_seconds {
        0 => allowance.full_in_seconds,
        wait => wait,
    };
    let policy = format!("\"default\";q={};w=60", allowance.limit);
    let left = format!("\"default\";r={};t={resets_in}", allowance.remaining);
    for (name, text) in [(POLICY, policy), (LEFT, left)] {
        let value = HeaderValue::from_str(&text).expect("names and numbers are plain text");
        headers.insert(name, value);
    }
    let full_at = (allowance.full_at.as_millisecond() + 999) / 1_000;
    headers.insert(LIMIT, HeaderValue::from(allowance.limit));
    headers.insert(REMAINING, HeaderValue::from(allowance.remaining));
    headers.insert(RESET, HeaderValue::from(full_at));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(AUTHORIZATION, text.parse().unwrap())]);
        bearer(&headers).map(|token| token.expose().to_owned())
    }

    #[test]
    fn only_bearer_tokens_are_keys() {
        assert_eq!(read("Bearer ff_x"), Some("ff_x".to_owned()));
        assert_eq!(read("bearer  ff_x "), Some("ff_x".to_owned()));
        assert_eq!(read("Bearer"), None);
        assert_eq!(read("Basic ff_x"), None);
        assert!(bearer(&HeaderMap::new()).is_none());
    }
}
