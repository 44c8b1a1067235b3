//! The extractor that yields a signed-in person where it is about themselves. A route that takes it is closed to everybody else.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use fanfare_app::accounts;
use fanfare_domain::ErrorCode;

use crate::permission::{Need, needed};
use crate::problem::Problem;
use crate::signed_in::{SignedIn, shown};
use crate::state::ApiState;

/// A person by their session at a browser or device, whether or not they belong to any workspace. The workspace that a request names does not matter here: the
/// interface names the one it shows, which may be the one its person was just removed from.
#[derive(Clone)]
pub(crate) struct Person(pub fanfare_app::Person);

impl FromRequestParts<ApiState> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        if needed(parts) != Some(Need::Person) {
            return Err(Problem::broken(
                "the route does not say that it is for a person",
            ));
        }
        // Found already by the layer that had to know, for an `Idempotency-Key`.
        if let Some(found) = parts.extensions.get::<Self>() {
            return Ok(found.clone());
        }
        // A key that works was let in under this name before.
        if parts.extensions.get::<SignedIn>().is_some() {
            return Err(no_key());
        }
        let shown = shown(parts, state).ok_or_else(accounts::not_authenticated)?;
        Ok(Self(
            accounts::authenticate_person(&state.app, &shown).await?,
        ))
    }
}

/// The person, where the route is open to strangers as well: nobody for who shows no session, or one that has ended.
pub(crate) struct PersonIfAny(pub Option<fanfare_app::Person>);

impl FromRequestParts<ApiState> for PersonIfAny {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let Some(shown) = shown(parts, state) else {
            return Ok(Self(None));
        };
        match accounts::authenticate_person(&state.app, &shown).await {
            Ok(person) => Ok(Self(Some(person))),
            Err(error) => match Problem::from(error) {
                nobody if nobody.status == StatusCode::UNAUTHORIZED => Ok(Self(None)),
                other => Err(other),
            },
        }
    }
}

fn no_key() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        ErrorCode::Forbidden,
        "No API key may do this: it is about a person's own account. Sign in and do it yourself.",
    )
}
