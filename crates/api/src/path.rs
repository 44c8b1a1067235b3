//! Ids and the like in addresses.

use std::convert::Infallible;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use fanfare_domain::ErrorCode;
use serde::Deserialize;

use crate::problem::Problem;
use crate::state::ApiState;

/// The `{id}` of the route. Text that is no id names nothing, so it is answered like an id that nothing has.
pub(crate) struct Id<T>(pub T);

#[derive(Deserialize)]
struct Segment {
    id: String,
}

impl<T: FromStr + Send> FromRequestParts<ApiState> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let segment = Path::<Segment>::from_request_parts(parts, state).await;
        let id = segment
            .ok()
            .and_then(|Path(Segment { id })| id.parse().ok());
        id.map(Self)
            .ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))
    }
}

/// The one part of a page's address that names something. What is no text names nothing, which is the page's to say.
pub(crate) struct Word(pub String);

impl FromRequestParts<ApiState> for Word {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Infallible> {
        let word = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(word.map(|Path(word)| word).unwrap_or_default()))
    }
}

/// `what` as in "There is no such *post*".
pub(crate) fn nothing_here(what: &str) -> Problem {
    let detail = format!("There is no such {what}.");
    Problem::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, detail)
}
