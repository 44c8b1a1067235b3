//! Facebook Login: the dialog, the code, the long-lived token, and what was granted.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::call::{Graph, Page, Token};

/// What a long-lived token lives when Meta does not say.
const LONG_LIFE: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The installation's application at Meta.
pub fn app_of<'a>(
    settings: &'a PlatformSettings,
    platform: &str,
) -> Result<&'a AppCredentials, PlatformError> {
    settings.app.as_ref().ok_or_else(|| {
        PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformNotConfigured,
            format!(
                "This installation has no {platform} application yet, so nobody can sign in there."
            ),
            "no application credentials",
        )
    })
}

/// Where the person consents.
pub fn dialog_url(
    settings: &PlatformSettings,
    app: &AppCredentials,
    redirect_uri: &Url,
    state: &str,
    scopes: &[&str],
) -> Url {
    let version = settings.api_version.as_deref().unwrap_or_default();
    let mut url = settings.auth(&format!("{version}/dialog/oauth"));
    url.query_pairs_mut()
        .append_pair("client_id", &app.id)
        .append_pair("redirect_uri", redirect_uri.as_str())
        .append_pair("state", state)
        .append_pair("response_type", "code")
        .append_pair("scope", &scopes.join(","))
        // Permissions declined last time are asked for again; otherwise Facebook skips them without a word.
        .append_pair("auth_type", "rerequest");
    url
}

/// A token as the exchange gives it.
#[derive(Deserialize)]
struct Exchanged {
    access_token: String,
    expires_in: Option<i64>,
}

/// The callback's code against a token of an hour or two.
pub async fn exchange_code(graph: &Graph<'_>, code: &Secret) -> Result<Token, PlatformError> {
    let app = app_of(graph.settings, graph.name)?;
    let request = graph.open(Method::GET, "oauth/access_token").query(&[
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.expose()),
        ("redirect_uri", graph.ctx.redirect_uri.as_str()),
        ("code", code.expose()),
    ]);
    let exchanged: Exchanged = graph.send(Effect::Repeatable, request).await?;
    Ok(Token::ours(exchanged.access_token))
}

/// A still-valid token of ours against one of about 60 days, and when that ends.
pub async fn long_lived(
    graph: &Graph<'_>,
    token: &Token,
) -> Result<(Token, Timestamp), PlatformError> {
    let app = app_of(graph.settings, graph.name)?;
    let request = graph.open(Method::GET, "oauth/access_token").query(&[
        ("grant_type", "fb_exchange_token"),
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.expose()),
        ("fb_exchange_token", token.access_token.as_str()),
    ]);
    let exchanged: Exchanged = graph.send(Effect::Repeatable, request).await?;
    let life = exchanged.expires_in.filter(|seconds| *seconds > 0);
    let life = life.map_or(LONG_LIFE, SignedDuration::from_secs);
    let ends = graph
        .ctx
        .now()
        .saturating_add(life)
        .unwrap_or(Timestamp::MAX);
    Ok((Token::ours(exchanged.access_token), ends))
}

/// What Meta knows of a token.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Inspected {
    app_id: Value,
    is_valid: bool,
    /// Seconds since 1970; 0 for never.
    expires_at: i64,
    pub scopes: Vec<String>,
}

impl Inspected {
    pub fn expires_at(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.expires_at)
            .ok()
            .filter(|at| *at > Timestamp::UNIX_EPOCH)
    }
}

/// Looks into a pasted token with our application's own; absent when the token is not of our application, or when we
/// have none.
pub async fn inspect(graph: &Graph<'_>, token: &str) -> Result<Option<Inspected>, PlatformError> {
    #[derive(Deserialize)]
    struct Data {
        data: Inspected,
    }
    let Some(app) = &graph.settings.app else {
        return Ok(None);
    };
    let own = Token {
        access_token: format!("{}|{}", app.id, app.secret.expose()),
        ours: false,
    };
    let request = graph
        .call(Method::GET, "debug_token", &own)
        .query(&[("input_token", token)]);
    match graph.send::<Data>(Effect::Repeatable, request).await {
        Ok(Data { data }) => {
            let ours = data.is_valid && text_of(&data.app_id) == app.id;
            Ok(ours.then_some(data))
        }
        Err(error)
            if matches!(
                error.advice,
                Advice::Retry { .. } | Advice::RateLimited { .. }
            ) =>
        {
            Err(error)
        }
        // Another application's token is refused in several ways.
        Err(_) => Ok(None),
    }
}

/// Ids come as text or as numbers.
fn text_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Whose token it is.
#[derive(Deserialize)]
pub struct Person {
    pub id: String,
    pub name: Option<String>,
    picture: Option<Picture>,
}

/// The envelope of a profile picture.
#[derive(Deserialize)]
pub struct Picture {
    data: PictureData,
}

#[derive(Deserialize)]
struct PictureData {
    url: Option<String>,
}

impl Picture {
    pub fn url(&self) -> Option<String> {
        self.data.url.clone()
    }
}

impl Person {
    pub fn avatar_url(&self) -> Option<String> {
        self.picture.as_ref().and_then(Picture::url)
    }
}

pub async fn person(graph: &Graph<'_>, token: &Token) -> Result<Person, PlatformError> {
    graph.read("me", "id,name,picture.type(large)", token).await
}

/// The permissions that were granted; people can untick some.
pub async fn permissions(graph: &Graph<'_>, token: &Token) -> Result<Vec<String>, PlatformError> {
    #[derive(Deserialize)]
    struct Permission {
        permission: String,
        status: String,
    }
    let request = graph.call(Method::GET, "me/permissions", token);
    let list: Page<Permission> = graph.send(Effect::Repeatable, request).await?;
    let granted = list
        .data
        .into_iter()
        .filter(|each| each.status == "granted");
    Ok(granted.map(|each| each.permission).collect())
}

/// Gives one permission back, or all of them and with them the application's whole access.
pub async fn revoke(
    graph: &Graph<'_>,
    token: &Token,
    permission: Option<&str>,
) -> Result<(), PlatformError> {
    let path = permission.map_or_else(
        || "me/permissions".to_owned(),
        |one| format!("me/permissions/{one}"),
    );
    let request = graph.call(Method::DELETE, &path, token);
    graph.answer(Effect::Repeatable, request).await.map(drop)
}
