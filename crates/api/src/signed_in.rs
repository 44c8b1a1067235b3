//! The extractor that yields who asks, whatever they may do. Routes take [`Allowed`](crate::allowed::Allowed), which asks that too.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::UPGRADE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, Uri};
use fanfare_app::accounts::{SessionToken, Shown, Wanted};
use fanfare_app::{Caller, accounts};
use url::Url;

use crate::api_key::bearer;
use crate::client_address::client;
use crate::path::nothing_here;
use crate::problem::Problem;
use crate::session_cookie;
use crate::state::ApiState;

const WORKSPACE: HeaderName = HeaderName::from_static("fanfare-workspace");

/// A person signed in at a browser or device, acting in the workspace that `Fanfare-Workspace` names or that they used last; or a person by
/// a key of theirs, in the key's workspace.
#[derive(Clone)]
pub(crate) struct SignedIn(pub Caller);

impl FromRequestParts<ApiState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        // Found already by a layer that had to know: by the key that the request came with, or for an `Idempotency-Key`.
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        let shown = shown(parts, state).ok_or_else(accounts::not_authenticated)?;
        let wanted = wanted_workspace(&parts.method, &parts.headers, &parts.uri)?;
        let found = Self(accounts::authenticate(&state.app, &shown, wanted).await?);
        parts.extensions.insert(found.clone());
        Ok(found)
    }
}

/// What a request shows of its session, and where it comes from.
pub(crate) fn shown(parts: &Parts, state: &ApiState) -> Option<Shown> {
    let token = session_token(&parts.headers, &state.app.config.public_url)?;
    let from = client(
        &parts.extensions,
        &parts.headers,
        &state.settings.trusted_proxies,
    );
    let ip = from.map(|from| from.to_string()).unwrap_or_default();
    Some(Shown { token, ip })
}

/// The same for routes that are open to strangers.
pub(crate) struct ShownIfAny(pub Option<Shown>);

impl FromRequestParts<ApiState> for ShownIfAny {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Infallible> {
        Ok(Self(shown(parts, state)))
    }
}

/// A device's access token, or else a browser's cookie. Who sends any other token asks by that, or not at all.
pub(crate) fn session_token(headers: &HeaderMap, public_url: &Url) -> Option<SessionToken> {
    match bearer(headers) {
        Some(token) if accounts::is_access_token(&token) => Some(SessionToken::Device(token)),
        Some(_) => None,
        None => session_cookie::read(headers, public_url).map(SessionToken::Browser),
    }
}

/// The workspace that the request names: by its header, or in its address where it only reads. A page can send no headers with a
/// WebSocket or a picture.
pub(crate) fn wanted_workspace(
    method: &Method,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Option<Wanted>, Problem> {
    let by_header = headers.get(WORKSPACE);
    let named = match by_header {
        Some(value) => Some(value.to_str().unwrap_or_default().to_owned()),
        None => method.is_safe().then(|| named_in(uri)).flatten(),
    };
    let Some(named) = named else {
        return Ok(None);
    };
    let workspace = named.parse().map_err(|_| nothing_here("workspace"))?;
    Ok(Some(Wanted {
        workspace,
        moves: by_header.is_some(),
    }))
}

fn named_in(uri: &Uri) -> Option<String> {
    let query = uri.query()?.as_bytes();
    let mut pairs = url::form_urlencoded::parse(query);
    pairs.find_map(|(name, value)| (name == "workspace").then(|| value.into_owned()))
}

/// Whether the request asks for a WebSocket.
pub(crate) fn opens_line(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(UPGRADE).and_then(|value| value.to_str().ok());
    upgrade.is_some_and(|protocol| protocol.eq_ignore_ascii_case("websocket"))
}
