//! `Idempotency-Key`: a request that makes something is done once, however often it arrives.

mod made;

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fanfare_app::accounts::SessionToken;
use fanfare_app::idempotency::{
    KeyOwner, KeyedRequest, StrangersKey, TakenKey, Turn, begin, give_back, keep,
};
use fanfare_app::{AppError, Caller};
use fanfare_domain::ErrorCode;
use tracing::Instrument;

use crate::allowed::Allowed;
use crate::input::is_json;
use crate::permission::{Need, needed};
use crate::person::Person;
use crate::problem::{Answer, Problem};
use crate::signed_in::{SignedIn, session_token};
use crate::state::ApiState;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const LONGEST_KEY: usize = 255;
/// JSON bodies are smaller than this anywhere.
const LONGEST_BODY: usize = 1024 * 1024;
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Marks an answer that holds a secret: it is not kept for whoever repeats the request.
#[derive(Clone, Copy)]
pub(crate) struct SaidOnce;

/// What strangers make, and send a secret of theirs for: their key is theirs by the whole request, so nobody else comes upon it.
pub(crate) const MADE_BY_STRANGERS: [&str; 2] = ["/api/auth/register", "/api/invitations/accept"];

/// The key that a stranger's request has taken.
pub(crate) struct KeyIfAny(pub Option<StrangersKey>);

impl<S: Send + Sync> FromRequestParts<S> for KeyIfAny {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<StrangersKey>().cloned()))
    }
}

/// Lets each key through once for each who sends it: a person or API key in a workspace, or a person where no workspace is acted in.
/// Applies to every POST that carries one and comes from somebody signed in, and to what strangers make.
pub(crate) async fn once(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(KEY) {
        return next.run(request).await;
    }
    answer_once(state, request, next)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

async fn answer_once(state: ApiState, request: Request, next: Next) -> Answer<Response> {
    let (mut parts, body) = request.into_parts();
    let Some(asker) = Asker::of(&mut parts, &state).await else {
        // The route says what it thinks of strangers.
        return Ok(next.run(Request::from_parts(parts, body)).await);
    };
    let (keyed, body) = read(&state, &parts, body).await?;
    let owner = asker.key_owner(&state, &keyed);
    let taken = match begin(&state.app, owner, &keyed).await? {
        Turn::Yours(taken) => taken,
        Turn::Done { status, body } => return Ok(replay(status, body)),
        Turn::Made { kind, id } => {
            let repeat = Request::from_parts(parts, body);
            return show_made(&state, &asker, repeat, &kind, &id).await;
        }
    };
    asker.go_on_with(owner, taken.clone(), &mut parts);
    let (app, key) = (state.app.clone(), taken.clone());
    let request = Request::from_parts(parts, body);
    // A task of its own, which goes on when the caller hangs up: what is done must also be kept.
    let doing = tokio::spawn(do_and_keep(state, owner, taken, request, next).in_current_span());
    match doing.await {
        Ok(response) => response,
        Err(panicked) => {
            give_back(&app, owner, &key).await?;
            Err(Problem::broken(format!("panicked: {panicked}")))
        }
    }
}

/// Who sent a request with a key.
enum Asker {
    InWorkspace(Caller),
    ForThemselves(fanfare_app::Person),
    /// With what they show of a session, if they have one.
    Stranger(String),
}

impl Asker {
    /// Nobody where the route would not let them in.
    async fn of(parts: &mut Parts, state: &ApiState) -> Option<Self> {
        if MADE_BY_STRANGERS.contains(&parts.uri.path()) {
            return is_json(&parts.headers).then(|| Self::Stranger(session_text(parts, state)));
        }
        if needed(parts) == Some(Need::Person) {
            let person = Person::from_request_parts(parts, state).await.ok();
            return person.map(|Person(person)| Self::ForThemselves(person));
        }
        let allowed = Allowed::from_request_parts(parts, state).await.ok();
        allowed.map(|Allowed(caller)| Self::InWorkspace(caller))
    }

    fn key_owner(&self, state: &ApiState, request: &KeyedRequest) -> KeyOwner {
        match self {
            Self::InWorkspace(caller) => caller.key_owner(),
            Self::ForThemselves(person) => person.key_owner(),
            Self::Stranger(session) => {
                let whole = format!("{}\n{}\n{session}", request.route, request.hash);
                let vault = &state.app.vault;
                KeyOwner::Stranger(vault.fingerprint("a stranger", whole.as_bytes()))
            }
        }
    }

    /// Lets the route know who asks, and under which key.
    fn go_on_with(self, owner: KeyOwner, taken: TakenKey, parts: &mut Parts) {
        let request_key = Some(taken.clone());
        match self {
            Self::InWorkspace(caller) => {
                parts.extensions.insert(SignedIn(Caller {
                    request_key,
                    ..caller
                }));
            }
            Self::ForThemselves(person) => {
                parts.extensions.insert(Person(fanfare_app::Person {
                    request_key,
                    ..person
                }));
            }
            Self::Stranger(_) => {
                parts.extensions.insert(StrangersKey { owner, taken });
            }
        }
    }
}

async fn do_and_keep(
    state: ApiState,
    owner: KeyOwner,
    taken: TakenKey,
    request: Request,
    next: Next,
) -> Answer<Response> {
    let response = next.run(request).await;
    if !response.status().is_success() {
        give_back(&state.app, owner, &taken).await?;
        return Ok(response);
    }
    // What it made is noted, so a repeat is shown that, without what is said once only. Where nothing is made, a repeat is a request of its own.
    if response.extensions().get::<SaidOnce>().is_some() {
        give_back(&state.app, owner, &taken).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_ANSWER)
        .await
        .map_err(|error| Problem::broken(error.to_string()))?;
    let text = String::from_utf8_lossy(&body);
    keep(&state.app, owner, &taken, parts.status.as_u16(), &text).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

async fn read(state: &ApiState, parts: &Parts, body: Body) -> Answer<(KeyedRequest, Body)> {
    let key = key(parts)?;
    let route = format!("{} {}", parts.method, parts.uri.path());
    // A file is not read twice, and its multipart boundary is another each time: the address alone tells such requests apart.
    if !is_json(&parts.headers) {
        return Ok((
            KeyedRequest {
                key,
                route,
                hash: String::new(),
            },
            body,
        ));
    }
    let body = to_bytes(body, LONGEST_BODY)
        .await
        .map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?;
    // Bodies hold passwords.
    let hash = hex::encode(state.app.vault.fingerprint("a request", &body));
    Ok((KeyedRequest { key, route, hash }, Body::from(body)))
}

/// What the request shows of a session: a repeat of what was done with one is answered to that one.
fn session_text(parts: &Parts, state: &ApiState) -> String {
    let token = session_token(&parts.headers, &state.app.config.public_url);
    match token {
        Some(SessionToken::Browser(token) | SessionToken::Device(token)) => {
            token.expose().to_owned()
        }
        None => String::new(),
    }
}

/// The key, with or without the quotes that the standard's draft asks for.
fn key(parts: &Parts) -> Answer<String> {
    let text = parts
        .headers
        .get(KEY)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let key = text.trim().trim_matches('"');
    if (1..=LONGEST_KEY).contains(&key.len()) {
        return Ok(key.to_owned());
    }
    let detail = format!("An Idempotency-Key has 1 to {LONGEST_KEY} plain characters.");
    Err(AppError::invalid_field("Idempotency-Key", ErrorCode::OutOfRange, detail).into())
}

/// What the request made before it was cut off, answered as its making would have been.
async fn show_made(
    state: &ApiState,
    asker: &Asker,
    repeat: Request,
    kind: &str,
    id: &str,
) -> Answer<Response> {
    let mut response = match asker {
        Asker::InWorkspace(caller) => made::in_workspace(&state.app, caller, kind, id).await?,
        Asker::ForThemselves(person) => made::by_person(&state.app, person, kind, id).await?,
        Asker::Stranger(_) => made::by_stranger(state, repeat, kind, id).await?,
    };
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

fn replay(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
