//! The extractor that yields who asks, if they may do what the route does. A route that takes it is closed to everybody else.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fanfare_app::Caller;

use crate::permission::{Need, needed};
use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::ApiState;

/// Somebody who may do what the route said that it needs.
#[derive(Clone)]
pub(crate) struct Allowed(pub Caller);

impl FromRequestParts<ApiState> for Allowed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let SignedIn(caller) = SignedIn::from_request_parts(parts, state).await?;
        let Some(Need::Action(action)) = needed(parts) else {
            return Err(Problem::broken("the route does not say what it needs"));
        };
        caller.require(action)?;
        Ok(Self(caller))
    }
}
