//! `/api/auth/oidc`: signing in with another provider, and linking such a sign-in with one's account.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use fanfare_app::App;
use fanfare_app::accounts::oidc::{self, Away, Entered, Landing, LinkedIdentity};
use fanfare_domain::Secret;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{language_of, set};
use crate::client_address::Visiting;
use crate::cross_site::is_from_here;
use crate::input::Input;
use crate::page::List;
use crate::params::Params;
use crate::permission::for_person;
use crate::person::{Person, PersonIfAny};
use crate::problem::{Answer, Problem};
use crate::state::ApiState;
use crate::{away_cookie, session_cookie};

/// Where one signs in.
const LOG_IN: &str = "/login";

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(callback))
        .routes(for_person(routes!(linked)))
        .routes(for_person(routes!(link)))
        .routes(for_person(routes!(unlink)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct StartParams {
    /// A page of this site, to come back to; the first one when absent.
    return_to: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkInput {
    /// Needed when the last sign-in was a while ago.
    password: Option<String>,
    /// A page of this site, to come back to; the first one when absent.
    return_to: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnlinkInput {
    /// As the list says it.
    issuer: String,
    /// Needed when the last sign-in was a while ago.
    password: Option<String>,
}

/// Where to send the browser.
#[derive(Serialize, ToSchema)]
struct AwayUrl {
    url: String,
}

/// A sign-in at another provider that leads into one's account.
#[derive(Serialize, ToSchema)]
struct LinkedSignIn {
    issuer: String,
    /// As the log-in page calls the provider; absent for one that is no longer set up.
    #[schema(required)]
    name: Option<String>,
    /// As the provider said it last.
    email: String,
    created_at: Timestamp,
    #[schema(required)]
    last_used_at: Option<Timestamp>,
}

/// Go to another provider to sign in
///
/// For browsers: leads to the provider, which leads back here and on to `return_to`. From a link on another site, where the browser tells, it
/// leads to the log-in page: nobody is signed in without having pressed something here.
#[utoipa::path(get, path = "/api/auth/oidc/start", tag = "Accounts", security(()), params(StartParams), responses((status = 303, description = "To the provider, or to the log-in page with `error`.")))]
async fn start(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    headers: HeaderMap,
    Params(params): Params<StartParams>,
) -> Answer<Response> {
    if !is_from_here(&headers, &app.config.public_url) {
        let next = params.return_to.as_deref().map(|page| ("next", page));
        let query = query(next.as_slice());
        return Ok(Redirect::to(&format!("{LOG_IN}?{query}")).into_response());
    }
    let browser = away_cookie::read(&headers, &app.config.public_url);
    let return_to = params.return_to.as_deref();
    let away = oidc::begin_sign_in(&app, return_to, browser, &visitor).await;
    match away.map_err(Problem::from) {
        Ok(Away { url, browser }) => {
            let cookie = set(away_cookie::keep(&browser, &app.config.public_url));
            Ok((cookie, Redirect::to(url.as_str())).into_response())
        }
        // What a page of ours would never ask for is answered as such.
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => Err(problem),
        Err(problem) => Ok(to_log_in(&problem, "/").into_response()),
    }
}

/// Come back from another provider
///
/// For browsers: leads to the page that was to be seen, or to the log-in page, with `error` or for the second step.
#[utoipa::path(get, path = "/api/auth/oidc/callback", tag = "Accounts", security(()), responses((status = 303, description = "To the page that was to be seen, or to the log-in page.")))]
async fn callback(
    State(app): State<Arc<App>>,
    Visiting(visitor): Visiting,
    PersonIfAny(person): PersonIfAny,
    headers: HeaderMap,
    Params(query): Params<BTreeMap<String, String>>,
) -> Response {
    let public = &app.config.public_url;
    let browser = away_cookie::read(&headers, public);
    let language = language_of(&headers);
    let Landing {
        return_to,
        outcome,
        is_link,
    } = oidc::complete(&app, query, browser, person.as_ref(), &visitor, language).await;
    match outcome {
        Ok(Entered::SignedIn(found)) => {
            let cookie = session_cookie::keep(&found.token, public);
            (set(cookie), Redirect::to(&return_to)).into_response()
        }
        Ok(Entered::SecondStep(ticket)) => second_step(&return_to, &ticket).into_response(),
        Ok(Entered::Linked) => Redirect::to(&return_to).into_response(),
        Err(error) if is_link => with_error(&return_to, &error.into()).into_response(),
        Err(error) => to_log_in(&error.into(), &return_to).into_response(),
    }
}

/// The ticket travels behind `#`, which no server and no log is sent.
fn second_step(return_to: &str, ticket: &Secret) -> Redirect {
    let next = query(&[("next", return_to)]);
    Redirect::to(&format!("{LOG_IN}?{next}#ticket={}", ticket.expose()))
}

/// Only the code is told: what the page says of it are the interface's own words, so that no link can put others there.
fn to_log_in(problem: &Problem, return_to: &str) -> Redirect {
    log(problem);
    let query = query(&[("error", problem.code.as_str()), ("next", return_to)]);
    Redirect::to(&format!("{LOG_IN}?{query}"))
}

fn with_error(return_to: &str, problem: &Problem) -> Redirect {
    log(problem);
    let (page, fragment) = return_to.split_once('#').unwrap_or((return_to, ""));
    let mark = if page.contains('?') { '&' } else { '?' };
    let query = query(&[("error", problem.code.as_str())]);
    let fragment = if fragment.is_empty() {
        String::new()
    } else {
        format!("#{fragment}")
    };
    Redirect::to(&format!("{page}{mark}{query}{fragment}"))
}

fn log(problem: &Problem) {
    tracing::info!(code = %problem.code, cause = problem.cause, "nobody came in from elsewhere");
}

fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// See which sign-ins at other providers lead into one's account
#[utoipa::path(get, path = "/api/auth/oidc", tag = "Accounts", responses((status = 200, body = List<LinkedSignIn>)))]
async fn linked(
    State(app): State<Arc<App>>,
    Person(person): Person,
) -> Answer<Json<List<LinkedSignIn>>> {
    let all = oidc::linked(&app, &person).await?;
    Ok(List::whole(all.into_iter().map(view).collect()))
}

fn view(linked: LinkedIdentity) -> LinkedSignIn {
    LinkedSignIn {
        issuer: linked.identity.issuer,
        name: linked.name,
        email: linked.identity.email,
        created_at: linked.identity.created_at,
        last_used_at: linked.identity.last_used_at,
    }
}

/// Begin to link a sign-in at the other provider with one's account
///
/// The address works for ten minutes, once, and only in this browser.
#[utoipa::path(post, path = "/api/auth/oidc/link", tag = "Accounts", request_body = LinkInput, responses((status = 200, body = AwayUrl)))]
async fn link(
    State(app): State<Arc<App>>,
    Person(person): Person,
    headers: HeaderMap,
    Input(input): Input<LinkInput>,
) -> Answer<impl IntoResponse> {
    let public = &app.config.public_url;
    let browser = away_cookie::read(&headers, public);
    let password = input.password.map(Secret::new);
    let return_to = input.return_to.as_deref();
    let away = oidc::begin_link(&app, &person, password.as_ref(), return_to, browser).await?;
    let cookie = AppendHeaders([(SET_COOKIE, away_cookie::keep(&away.browser, public))]);
    let url = away.url.into();
    Ok((cookie, Json(AwayUrl { url })))
}

/// Unlink a sign-in at another provider
#[utoipa::path(post, path = "/api/auth/oidc/unlink", tag = "Accounts", request_body = UnlinkInput, responses((status = 204)))]
async fn unlink(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Visiting(visitor): Visiting,
    Input(input): Input<UnlinkInput>,
) -> Answer<StatusCode> {
    let password = input.password.map(Secret::new);
    oidc::unlink(&app, &person, &input.issuer, password.as_ref(), &visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}
