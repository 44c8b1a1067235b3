//! Instagram Login: the code, the long-lived token, its renewal, and whose it is.

use fanfare_domain::Secret;
use fanfare_platform_kit::PlatformError;
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings, join};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::manifest::INSTAGRAM_SCOPES;
use crate::meta_graph::{Graph, Token};

/// What a long-lived token lives when Instagram does not say.
const LONG_LIFE: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Where the person consents.
pub fn dialog_url(
    settings: &PlatformSettings,
    app: &AppCredentials,
    redirect_uri: &Url,
    state: &str,
) -> Url {
    let mut url = settings.auth("oauth/authorize");
    url.query_pairs_mut()
        .append_pair("client_id", &app.id)
        .append_pair("redirect_uri", redirect_uri.as_str())
        .append_pair("response_type", "code")
        .append_pair("scope", &INSTAGRAM_SCOPES.join(","))
        .append_pair("state", state);
    url
}

/// The callback's code against a token of an hour, and what was granted.
pub async fn exchange_code(
    graph: &Graph<'_>,
    app: &AppCredentials,
    code: &Secret,
) -> Result<(Token, Vec<String>), PlatformError> {
    // The code has a host of its own, which is no Graph host.
    let url = if graph.settings.api_url_is_custom {
        graph.settings.api("oauth/access_token")
    } else {
        join(&code_host(), "oauth/access_token")
    };
    let request = graph.ctx.http.request(Method::POST, url).form(&[
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.expose()),
        ("grant_type", "authorization_code"),
        ("redirect_uri", graph.ctx.redirect_uri.as_str()),
        ("code", code.expose()),
    ]);
    let exchanged: Exchanged = graph.send(Effect::Repeatable, request).await?;
    exchanged.into_first().ok_or_else(|| {
        PlatformError::not_understood(graph.name, "the code was exchanged for an empty list")
    })
}

/// The two shapes in which Instagram answers the exchange.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Exchanged {
    Listed { data: Vec<ShortLived> },
    Flat(ShortLived),
}

#[derive(Deserialize)]
pub(super) struct ShortLived {
    access_token: String,
    /// A comma list or an array.
    #[serde(default)]
    permissions: Value,
}

impl Exchanged {
    pub(super) fn into_first(self) -> Option<(Token, Vec<String>)> {
        let short = match self {
            Self::Listed { data } => data.into_iter().next()?,
            Self::Flat(short) => short,
        };
        Some((Token::ours(short.access_token), names(&short.permissions)))
    }
}

fn names(permissions: &Value) -> Vec<String> {
    let clean = |name: &str| Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    match permissions {
        Value::String(list) => list.split(',').filter_map(clean).collect(),
        Value::Array(list) => list
            .iter()
            .filter_map(Value::as_str)
            .filter_map(clean)
            .collect(),
        _ => Vec::new(),
    }
}

#[derive(Deserialize)]
struct LongLived {
    access_token: String,
    expires_in: Option<i64>,
}

/// A token of an hour against one of about 60 days, and when that ends.
pub async fn long_lived(
    graph: &Graph<'_>,
    app: &AppCredentials,
    short: &Token,
) -> Result<(Token, Timestamp), PlatformError> {
    let request = graph.unversioned(Method::GET, "access_token").query(&[
        ("grant_type", "ig_exchange_token"),
        ("client_secret", app.secret.expose()),
        ("access_token", short.access_token.as_str()),
    ]);
    renewed(graph, graph.send(Effect::Repeatable, request).await?)
}

/// A long-lived token, a day old at least, against a fresh one.
pub async fn renew(graph: &Graph<'_>, token: &Token) -> Result<(Token, Timestamp), PlatformError> {
    let request = graph
        .unversioned(Method::GET, "refresh_access_token")
        .query(&[
            ("grant_type", "ig_refresh_token"),
            ("access_token", token.access_token.as_str()),
        ]);
    renewed(graph, graph.send(Effect::Repeatable, request).await?)
}

fn renewed(graph: &Graph<'_>, answer: LongLived) -> Result<(Token, Timestamp), PlatformError> {
    let life = answer.expires_in.filter(|seconds| *seconds > 0);
    let life = life.map_or(LONG_LIFE, SignedDuration::from_secs);
    let ends = graph
        .ctx
        .now()
        .saturating_add(life)
        .unwrap_or(Timestamp::MAX);
    Ok((Token::ours(answer.access_token), ends))
}

/// The account that a token is for.
#[derive(Deserialize)]
pub struct Me {
    /// The professional account's id; `id` is another one, for this application only, by which it is told that consent is gone.
    user_id: Option<Value>,
    id: Option<Value>,
    pub username: String,
    pub account_type: Option<String>,
    pub profile_picture_url: Option<String>,
}

impl Me {
    pub fn account_id(&self) -> Option<String> {
        self.user_id.as_ref().or(self.id.as_ref()).and_then(in_text)
    }

    pub fn person_id(&self) -> Option<String> {
        self.id.as_ref().and_then(in_text)
    }
}

fn in_text(id: &Value) -> Option<String> {
    let text = id.as_str().map(str::to_owned);
    text.or_else(|| id.as_u64().map(|id| id.to_string()))
}

pub async fn me(graph: &Graph<'_>, token: &Token) -> Result<Me, PlatformError> {
    graph
        .read(
            "me",
            "id,user_id,username,name,account_type,profile_picture_url",
            token,
        )
        .await
}

fn code_host() -> Url {
    Url::parse("https://api.instagram.com").expect("a constant address")
}
