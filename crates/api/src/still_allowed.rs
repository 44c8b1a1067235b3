//! The extractor for what stays open after it was answered: it asks anew whether who is at the other end would be let in now.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fanfare_app::accounts::{self, Wanted};
use fanfare_app::{Caller, api_keys};

use crate::allowed::Allowed;
use crate::api_key::{key_shown, refuse_elsewhere};
use crate::permission::{Need, needed};
use crate::problem::{Answer, Problem};
use crate::signed_in::shown;
use crate::state::ApiState;

/// What somebody was let in by, and for what.
pub(crate) struct StillAllowed {
    state: ApiState,
    request: Parts,
    /// As the request named it, or as it was chosen for it then.
    admitted: Caller,
}

impl FromRequestParts<ApiState> for StillAllowed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let Allowed(admitted) = Allowed::from_request_parts(parts, state).await?;
        Ok(Self {
            state: state.clone(),
            request: parts.clone(),
            admitted,
        })
    }
}

impl StillAllowed {
    /// Whether the same request would be let in now. Not when that cannot be found out: whoever comes again is told why.
    pub(crate) async fn holds(&self) -> bool {
        let allowed = self.look().await;
        matches!(&allowed, Ok(caller) if self.may(caller))
    }

    async fn look(&self) -> Answer<Caller> {
        let app = &self.state.app;
        if let Some(key) = key_shown(&self.request.headers) {
            let admitted = api_keys::find_key(app, &key).await?;
            refuse_elsewhere(&self.state, &admitted, &self.request)?;
            return Ok(admitted.caller);
        }
        let shown = shown(&self.request, &self.state).ok_or_else(accounts::not_authenticated)?;
        let there = Wanted {
            workspace: self.admitted.workspace,
            moves: false,
        };
        Ok(accounts::authenticate(app, &shown, Some(there)).await?)
    }

    fn may(&self, caller: &Caller) -> bool {
        match needed(&self.request) {
            Some(Need::Action(action)) => caller.require(action).is_ok(),
            _ => false,
        }
    }
}
