//! The extractor that yields who asks, whatever they may do. Routes take [`Allowed`](crate::allowed::Allowed), which asks that too.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use fanfare_app::{Caller, accounts};
use fanfare_domain::WorkspaceId;

use crate::api_key::bearer;
use crate::path::nothing_here;
use crate::problem::Problem;
use crate::session_cookie;
use crate::state::ApiState;

const WORKSPACE: HeaderName = HeaderName::from_static("fanfare-workspace");

/// A signed-in person, acting in the workspace that `Fanfare-Workspace` names or that they used last; or a person by a key of theirs, in
/// the key's workspace.
#[derive(Clone)]
pub(crate) struct SignedIn(pub Caller);

impl FromRequestParts<ApiState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        // Found already by a layer that had to know: by the key that the request came with, or for an `Idempotency-Key`.
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        // Who sends a key asks by that, or not at all.
        if bearer(&parts.headers).is_some() {
            return Err(accounts::not_authenticated().into());
        }
        let token = session_cookie::read(&parts.headers, &state.app.config.public_url)
            .ok_or_else(accounts::not_authenticated)?;
        let wanted = wanted_workspace(&parts.headers)?;
        let found = Self(accounts::authenticate(&state.app, &token, wanted).await?);
        parts.extensions.insert(found.clone());
        Ok(found)
    }
}

/// The workspace that the request names.
pub(crate) fn wanted_workspace(headers: &HeaderMap) -> Result<Option<WorkspaceId>, Problem> {
    let Some(value) = headers.get(WORKSPACE) else {
        return Ok(None);
    };
    let id = value.to_str().ok().and_then(|text| text.parse().ok());
    id.map(Some).ok_or_else(|| nothing_here("workspace"))
}
