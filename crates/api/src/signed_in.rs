//! The extractor that yields who asks. A route that takes it is closed to everybody else.

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;
use fanfare_app::{Caller, accounts};
use fanfare_domain::WorkspaceId;

use crate::path::nothing_here;
use crate::problem::Problem;
use crate::session_cookie;
use crate::state::ApiState;

const WORKSPACE: HeaderName = HeaderName::from_static("fanfare-workspace");

/// A signed-in person, acting in the workspace that `Fanfare-Workspace` names or that they used last.
#[derive(Clone)]
pub(crate) struct SignedIn(pub Caller);

impl FromRequestParts<ApiState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        // Found already by a layer that had to know.
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        let token = session_cookie::read(&parts.headers, &state.app.config.public_url)
            .ok_or_else(accounts::not_authenticated)?;
        let wanted = wanted_workspace(parts)?;
        let found = Self(accounts::authenticate(&state.app, &token, wanted).await?);
        parts.extensions.insert(found.clone());
        Ok(found)
    }
}

fn wanted_workspace(parts: &Parts) -> Result<Option<WorkspaceId>, Problem> {
    let Some(value) = parts.headers.get(WORKSPACE) else {
        return Ok(None);
    };
    let id = value.to_str().ok().and_then(|text| text.parse().ok());
    id.map(Some).ok_or_else(|| nothing_here("workspace"))
}
