//! Google's sign-in: the consent page, the tokens, and giving them back.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::http::Effect;
use fanfare_platform_kit::oauth::{CHALLENGE_METHOD, Pkce};
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings, join};
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use url::Url;

use super::NAME;
use super::api::understand;
use super::errors::refusal;
use super::manifest::SCOPES;

/// What access lives when Google does not say.
const LIFE: SignedDuration = SignedDuration::from_hours(1);

/// What the token endpoint gives.
#[derive(Deserialize)]
pub struct Token {
    pub access_token: String,
    expires_in: Option<i64>,
    /// Only with the first consent, and where consent was asked for expressly.
    pub refresh_token: Option<String>,
    #[serde(default)]
    scope: String,
}

impl Token {
    pub fn ends(&self, now: Timestamp) -> Timestamp {
        let life = self.expires_in.filter(|seconds| *seconds > 0);
        let life = life.map_or(LIFE, SignedDuration::from_secs);
        now.saturating_add(life).unwrap_or(Timestamp::MAX)
    }

    /// What was granted, spelled as it is asked for; empty where Google does not say.
    pub fn scopes(&self) -> Vec<String> {
        self.scope.split_whitespace().map(as_asked).collect()
    }
}

/// Google answers some short names with long ones.
fn as_asked(scope: &str) -> String {
    let short = scope.strip_prefix("https://www.googleapis.com/auth/userinfo.");
    short.unwrap_or(scope).to_owned()
}

/// What is asked for.
pub fn asked_scopes() -> Vec<String> {
    let names = SCOPES.iter().map(|scope| scope.name.to_owned());
    names.collect()
}

/// The installation's application at Google.
pub fn app_of(settings: &PlatformSettings) -> Result<&AppCredentials, PlatformError> {
    settings.app.as_ref().ok_or_else(|| {
        PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformNotConfigured,
            format!(
                "This installation has no {NAME} application yet, so nobody can sign in there."
            ),
            "no application credentials",
        )
    })
}

/// Where the person consents.
pub fn consent_url(ctx: &PlatformContext, app: &AppCredentials, state: &str, pkce: &Pkce) -> Url {
    let mut url = ctx.settings().auth("o/oauth2/v2/auth");
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &app.id)
        .append_pair("redirect_uri", ctx.redirect_uri.as_str())
        .append_pair("scope", &asked_scopes().join(" "))
        .append_pair("state", state)
        .append_pair("code_challenge", &pkce.challenge())
        .append_pair("code_challenge_method", CHALLENGE_METHOD)
        // Without both of these nothing comes that renews the access.
        .append_pair("access_type", "offline")
        .append_pair("prompt", "consent");
    url
}

/// The callback's code against tokens.
pub async fn exchange_code(
    ctx: &PlatformContext,
    code: &Secret,
    verifier: &str,
) -> Result<Token, PlatformError> {
    let app = app_of(ctx.settings())?;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("code_verifier", verifier),
        ("redirect_uri", ctx.redirect_uri.as_str()),
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.expose()),
    ];
    token(ctx, &form).await
}

/// Fresh access. What renews it stays good, so this may be asked twice.
pub async fn renew(ctx: &PlatformContext, refresh_token: &str) -> Result<Token, PlatformError> {
    let app = app_of(ctx.settings())?;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.expose()),
    ];
    token(ctx, &form).await
}

async fn token(ctx: &PlatformContext, form: &[(&str, &str)]) -> Result<Token, PlatformError> {
    let url = endpoint(ctx.settings(), "token");
    let request = ctx.http.request(Method::POST, url).form(form);
    let answer = ctx
        .http
        .send(NAME, &[], Effect::Repeatable, request)
        .await?;
    understand(ctx, &answer)
}

/// Gives everything back that the person granted to the application. What is gone already is no error.
pub async fn revoke(ctx: &PlatformContext, token: &str) -> Result<(), PlatformError> {
    let url = endpoint(ctx.settings(), "revoke");
    let request = ctx
        .http
        .request(Method::POST, url)
        .form(&[("token", token)]);
    let answer = ctx
        .http
        .send(NAME, &[], Effect::Repeatable, request)
        .await?;
    if answer.status.is_success() || answer.status == StatusCode::BAD_REQUEST {
        Ok(())
    } else {
        Err(refusal(&answer, Effect::Repeatable, ctx.now()))
    }
}

/// Tokens have a host of their own, which is neither the API's nor the consent page's.
pub(super) fn endpoint(settings: &PlatformSettings, path: &str) -> Url {
    if settings.api_url_is_custom {
        return settings.api(path);
    }
    let host = Url::parse("https://oauth2.googleapis.com").expect("a constant address");
    join(&host, path)
}
