//! The calls that tests and the front page drive the sandbox with.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::Platform;
use crate::behaviour::Behaviour;
use crate::faults::FaultRule;
use crate::posts::Published;
use crate::state::World;
use crate::subscriptions::{Subscription, fields_of, platform_of};
use crate::visitors::{Act, text_or_number};

const BODY_LIMIT: usize = 64 * 1024;

pub fn routes() -> Router<Arc<World>> {
    Router::new()
        .route(
            "/admin/faults",
            get(list_faults).post(add_fault).delete(clear_faults),
        )
        .route("/admin/faults/clear", post(clear_faults))
        .route("/admin/acts", post(act))
        .route("/admin/webhooks", get(webhooks))
        .route("/admin/subscriptions", post(subscribe))
        .route("/admin/published", get(published))
        .route("/admin/comments", get(comments))
        .route("/admin/calls", get(calls))
        .route("/admin/reset", post(reset))
        .route("/admin/tokens/expire", post(expire_tokens))
        .route("/admin/tokens/revoke", post(revoke_tokens))
        .route("/admin/settings", get(settings).post(change_settings))
}

/// Lets nobody in unless the sandbox listens on loopback, and no page of another site even then.
pub async fn guard(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/admin/") {
        return next.run(request).await;
    }
    let forbidden = |why: &str| {
        Refusal {
            status: StatusCode::FORBIDDEN,
            why: why.to_owned(),
        }
        .into_response()
    };
    if !world.admin_allowed {
        return forbidden("Admin calls work only while the sandbox listens on a loopback address.");
    }
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if matches!(site, Some("cross-site" | "same-site")) {
        return forbidden("Admin calls from the pages of another site are refused.");
    }
    next.run(request).await
}

async fn list_faults(State(world): State<Arc<World>>) -> Response {
    Json(json!({ "items": world.faults.list() })).into_response()
}

async fn add_fault(
    State(world): State<Arc<World>>,
    asked: Asked<FaultRule>,
) -> Result<Response, Refusal> {
    if let Some(why) = asked.what.contradiction() {
        return Err(Refusal::wrong(why));
    }
    world.faults.add(asked.what.clone());
    Ok(asked.answer(json!({ "items": world.faults.list() })))
}

async fn clear_faults(
    State(world): State<Arc<World>>,
    asked: Asked<Map<String, Value>>,
) -> Response {
    world.faults.clear();
    asked.answer(json!({ "items": [] }))
}

/// Does what a person would do on the platform.
async fn act(State(world): State<Arc<World>>, asked: Asked<Act>) -> Result<Response, Refusal> {
    let made = world
        .change(|state| state.act(&asked.what))
        .map_err(Refusal::wrong)?;
    Ok(asked.answer(json!({ "id": made })))
}

/// Where webhooks go, who asked for them, what waits and what was sent, the newest first.
async fn webhooks(State(world): State<Arc<World>>) -> Response {
    let (subscriptions, waiting, untold) = world.look(|state| {
        let all = state.subscriptions.all().iter().map(
            |one| json!({"account": one.account, "client_id": one.client_id, "fields": one.fields}),
        );
        let all: Vec<Value> = all.collect();
        (all, state.outbox.list(), state.outbox.waiting())
    });
    Json(json!({
        "to": world.webhooks_to(), "subscriptions": subscriptions, "untold": untold, "waiting": waiting,
        "sent": world.sent.list(),
    }))
    .into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subscribing {
    #[serde(deserialize_with = "text_or_number")]
    account: String,
    /// `all`, or a list with commas; empty to end it.
    #[serde(default)]
    fields: String,
}

/// Subscribes the application that last got a token for the account, as its owner would in the developers' dashboard.
async fn subscribe(
    State(world): State<Arc<World>>,
    asked: Asked<Subscribing>,
) -> Result<Response, Refusal> {
    let account = asked.what.account.as_str();
    let there_are = platform_of(account).map(fields_of);
    let there_are =
        there_are.ok_or_else(|| Refusal::wrong(format!("There is no account {account}.")))?;
    let named: Vec<&str> = match asked.what.fields.as_str() {
        "all" => there_are.to_vec(),
        list => list.split(',').map(str::trim).collect(),
    };
    let fields: Vec<String> = there_are
        .iter()
        .filter(|field| named.contains(field))
        .map(|field| (*field).to_owned())
        .collect();
    world
        .change(|state| {
            let token = state.tokens.newest_of(account)?;
            let (client_id, secret) = (token.grant.client_id.clone(), token.client_secret.clone());
            if fields.is_empty() {
                state.subscriptions.remove(account, &client_id);
            } else {
                state.subscriptions.put(Subscription {
                    account: account.to_owned(),
                    client_id,
                    secret,
                    fields: fields.clone(),
                });
            }
            Some(())
        })
        .ok_or_else(|| Refusal::wrong("No application has a token for this account yet."))?;
    Ok(asked.answer(json!({ "fields": fields })))
}

#[derive(Deserialize)]
struct Which {
    platform: Option<Platform>,
}

/// Everything published, oldest first, deleted posts marked; `counts` has only what is up.
async fn published(State(world): State<Arc<World>>, Query(which): Query<Which>) -> Response {
    let items = world.published();
    let items: Vec<_> = items
        .into_iter()
        .filter(|one| which.platform.is_none_or(|only| one.platform == only))
        .collect();
    let mut counts: BTreeMap<String, usize> = Platform::ALL
        .iter()
        .map(|one| (one.to_string(), 0))
        .collect();
    for item in items.iter().filter(|item| !item.deleted) {
        *counts.entry(item.platform.to_string()).or_default() += 1;
    }
    Json(json!({"count": items.len(), "counts": counts, "items": items})).into_response()
}

/// Everything written below posts that are up, oldest first.
async fn comments(State(world): State<Arc<World>>, Query(which): Query<Which>) -> Response {
    let items: Vec<_> = world.look(|state| {
        let all = state.comments();
        all.filter(|one| which.platform.is_none_or(|only| one.platform == only))
            .collect()
    });
    Json(json!({"count": items.len(), "items": items})).into_response()
}

/// How often each kind of call came.
async fn calls(State(world): State<Arc<World>>) -> Response {
    Json(json!({ "counts": world.traffic.totals() })).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// Also tokens and registered applications.
    #[serde(default)]
    everything: bool,
}

async fn reset(State(world): State<Arc<World>>, asked: Asked<Reset>) -> Response {
    world.reset(asked.what.everything);
    asked.answer(json!({"reset": true}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tokens {
    /// Unset: of every platform.
    platform: Option<Platform>,
}

async fn expire_tokens(State(world): State<Arc<World>>, asked: Asked<Tokens>) -> Response {
    asked.answer(json!({"tokens": world.expire_tokens(asked.what.platform)}))
}

async fn revoke_tokens(State(world): State<Arc<World>>, asked: Asked<Tokens>) -> Response {
    asked.answer(json!({"tokens": world.revoke_tokens(asked.what.platform)}))
}

async fn settings(State(world): State<Arc<World>>) -> Response {
    Json(world.look(|state| state.behaviour.clone())).into_response()
}

/// Changes the fields that are named and leaves the others.
async fn change_settings(
    State(world): State<Arc<World>>,
    asked: Asked<Map<String, Value>>,
) -> Result<Response, Refusal> {
    let mut whole = world.look(|state| json!(state.behaviour));
    for (name, value) in &asked.what {
        whole[name] = value.clone();
    }
    let behaviour: Behaviour = serde_json::from_value(whole).map_err(Refusal::wrong)?;
    world.change(|state| state.behaviour = behaviour.clone());
    Ok(asked.answer(json!(behaviour)))
}

/// A body as JSON or as a form of the front page; the form is answered with the page again.
struct Asked<T> {
    what: T,
    is_form: bool,
    /// The page that a form leads back to.
    back: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let form = |value: &HeaderValue| {
            value
                .as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        };
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(form);
        let body = to_bytes(request.into_body(), BODY_LIMIT)
            .await
            .map_err(Refusal::unreadable)?;
        // `curl -d` calls everything a form.
        let is_form = is_form && !body.starts_with(b"{");
        let mut fields = if is_form {
            form_urlencoded::parse(&body)
                .map(|(name, value)| (name.into_owned(), typed(&value)))
                .collect()
        } else if body.is_empty() {
            Map::new()
        } else {
            serde_json::from_slice(&body).map_err(Refusal::unreadable)?
        };
        let back = if is_form { fields.remove("back") } else { None };
        let back = back.and_then(|back| back.as_str().map(str::to_owned));
        let back = back.filter(|back| is_own_path(back));
        let what = serde_json::from_value(Value::Object(fields)).map_err(Refusal::wrong)?;
        Ok(Self {
            what,
            is_form,
            back: back.unwrap_or_else(|| "/".to_owned()),
        })
    }
}

impl<T> Asked<T> {
    fn answer(&self, value: Value) -> Response {
        if self.is_form {
            Redirect::to(&self.back).into_response()
        } else {
            Json(value).into_response()
        }
    }
}

/// Whether it is a path of ours: browsers take `//host` and `/\\host` for another site.
fn is_own_path(back: &str) -> bool {
    back.starts_with('/') && !back[1..].starts_with(['/', '\\'])
}

/// A form's value as the JSON it would be.
fn typed(value: &str) -> Value {
    serde_json::from_str(value)
        .ok()
        .filter(|value: &Value| !value.is_string())
        .unwrap_or_else(|| value.into())
}

/// Why an admin call was not carried out.
struct Refusal {
    status: StatusCode,
    why: String,
}

impl Refusal {
    fn unreadable(error: impl Display) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            why: format!("The body is not a JSON object: {error}"),
        }
    }

    fn wrong(error: impl Display) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            why: error.to_string(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.why }))).into_response()
    }
}

impl World {
    pub fn published(&self) -> Vec<Published> {
        self.look(|state| {
            state
                .posts
                .oldest_first()
                .map(|post| post.published(self))
                .collect()
        })
    }

    pub fn reset(&self, everything: bool) {
        self.faults.clear();
        self.traffic.reset();
        self.sent.clear();
        self.change(|state| state.reset(everything));
    }

    pub fn expire_tokens(&self, platform: Option<Platform>) -> usize {
        self.change(|state| {
            // What renews Google's access does not end by time alone.
            state.tokens.expire(|token| {
                !token.is_for_renewing()
                    && platform.is_none_or(|only| token.grant.holder.platform() == only)
            })
        })
    }

    pub fn revoke_tokens(&self, platform: Option<Platform>) -> usize {
        self.change(|state| {
            state
                .tokens
                .revoke(|token| platform.is_none_or(|only| token.grant.holder.platform() == only))
        })
    }
}
