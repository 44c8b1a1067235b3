//! Where platforms send people back to.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use fanfare_app::App;
use fanfare_app::connections::{self, Landing};
use url::{Position, Url};

use crate::params::Params;
use crate::problem::Problem;
use crate::signed_in::SignedIn;

/// Words longer than this are cut: they travel in an address.
const LONGEST_DETAIL: usize = 300;
/// Where people land when not even their state is known.
const CONNECTIONS: &str = "/connections";

/// Come back from consenting at a platform
///
/// Always leads back to a page, with `connected` (a connection's id) or with `error`, `platform` and `error_detail`.
#[utoipa::path(get, path = "/api/platforms/{platform}/callback", tag = "Connections", security(()), params(("platform" = String, Path)), responses((status = 303, description = "To the page the person left.")))]
pub(super) async fn callback(
    State(app): State<Arc<App>>,
    signed_in: Result<SignedIn, Problem>,
    Path(platform): Path<String>,
    Params(query): Params<BTreeMap<String, String>>,
) -> Redirect {
    let caller = match signed_in {
        Ok(SignedIn(caller)) => Some(caller),
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED => None,
        Err(problem) => return refused(CONNECTIONS, &platform, &problem),
    };
    let Landing { return_to, outcome } =
        connections::complete(&app, caller.as_ref(), &platform, query).await;
    match outcome {
        Ok(connection) => landing(&return_to, &[("connected", &connection.to_string())]),
        Err(error) => refused(&return_to, &platform, &error.into()),
    }
}

fn refused(return_to: &str, platform: &str, problem: &Problem) -> Redirect {
    tracing::warn!(platform, code = %problem.code, cause = problem.cause, "an account was not connected");
    let query = [
        ("error", problem.code.as_str()),
        ("platform", &plain(platform)),
        ("error_detail", &plain(&problem.detail)),
    ];
    landing(return_to, &query)
}

/// A page of this site, with `query` after what its own query says.
fn landing(return_to: &str, query: &[(&str, &str)]) -> Redirect {
    let here = Url::parse("http://here.invalid/").expect("a constant address is good");
    let mut page = here.join(return_to).unwrap_or(here);
    page.query_pairs_mut().extend_pairs(query);
    Redirect::to(&page[Position::BeforePath..])
}

/// Some of the words may be the platform's.
fn plain(words: &str) -> String {
    let without_breaks = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    without_breaks.take(LONGEST_DETAIL).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::header::LOCATION;
    use axum::response::IntoResponse;

    use super::*;

    fn location(redirect: Redirect) -> String {
        let response = redirect.into_response();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        response.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    #[test]
    fn the_outcome_is_added_to_the_page_that_was_left() {
        let to = |page| location(landing(page, &[("connected", "1 2")]));
        assert_eq!(to("/connections"), "/connections?connected=1+2");
        assert_eq!(
            to("/compose?draft=7#text"),
            "/compose?draft=7&connected=1+2#text"
        );
    }

    #[test]
    fn words_in_an_address_are_plain_and_short() {
        assert_eq!(plain("a\r\nSet-Cookie: b"), "a  Set-Cookie: b");
        assert_eq!(plain(&"é".repeat(1000)).chars().count(), LONGEST_DETAIL);
    }
}
