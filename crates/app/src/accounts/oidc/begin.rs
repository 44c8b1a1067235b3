//! Sends somebody to the provider.

use fanfare_domain::{ErrorCode, Limit, Secret, SessionId};
use fanfare_platform_kit::oauth::{CHALLENGE_METHOD, Pkce};
use fanfare_platform_kit::settings::join;
use fanfare_store::oidc::{self, NewState};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use url::Url;

use super::Oidc;
use crate::accounts::fresh::prove_again;
use crate::accounts::session::{Visitor, hash, new_token};
use crate::connections::local_path;
use crate::limits::place;
use crate::{App, AppError, Person, Refusal, RefusalKind, Result};

/// How long somebody may take at the provider.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Where to send a browser, and what it has to hold until it comes back.
#[derive(Debug, Clone)]
pub struct Away {
    pub url: Url,
    pub browser: Secret,
}

/// Where somebody signs in who is not signed in here. They come back to `return_to`, a path of this site, or to the first page.
/// `browser` is what the browser holds already from another attempt.
///
/// # Errors
/// `not_found` where there is no provider; `invalid_input` for a path that may lead elsewhere; `too_many_requests`;
/// `sign_in_elsewhere_failed`.
pub async fn begin_sign_in(
    app: &App,
    return_to: Option<&str>,
    browser: Option<Secret>,
    visitor: &Visitor,
) -> Result<Away> {
    app.limit(Limit::SignInElsewhere, &place(&visitor.ip))
        .await?;
    begin(app, return_to, browser, None).await
}

/// Where somebody signs in to link that sign-in with their account.
///
/// # Errors
/// As [`begin_sign_in`]; `sign_in_again` and `invalid_input` when it is not certain enough that it is they.
pub async fn begin_link(
    app: &App,
    person: &Person,
    password: Option<&Secret>,
    return_to: Option<&str>,
    browser: Option<Secret>,
) -> Result<Away> {
    prove_again(app, person, password).await?;
    begin(app, return_to, browser, Some(person.session)).await
}

async fn begin(
    app: &App,
    return_to: Option<&str>,
    browser: Option<Secret>,
    session: Option<SessionId>,
) -> Result<Away> {
    let provider = provider(app)?;
    let return_to = local_path(return_to.unwrap_or("/")).ok_or_else(|| {
        let detail = "This must be a page of this site, such as /posts.";
        AppError::invalid_field("return_to", ErrorCode::InvalidUrl, detail)
    })?;
    let known = provider.known(app).await.map_err(failed)?;
    let browser = browser.unwrap_or_else(new_token);
    let state = new_token();
    let now = app.now();
    let mut tx = app
        .store
        .as_system("somebody signs in elsewhere")
        .write()
        .await?;
    let new = NewState {
        hash: &hash(&state),
        browser_hash: &hash(&browser),
        return_to: &return_to,
        session,
        expires_at: now + LIFETIME,
    };
    oidc::insert_state(&mut tx, new).await?;
    tx.commit().await?;
    let mut url = known.metadata.authorization_endpoint.clone();
    let settings = &provider.settings;
    let pkce = Pkce::from_verifier(derived("verifier", &browser, &state));
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", redirect(app).as_str())
        .append_pair("scope", &scope(&settings.scopes))
        .append_pair("state", state.expose())
        .append_pair("nonce", &derived("nonce", &browser, &state))
        .append_pair("code_challenge", &pkce.challenge())
        .append_pair("code_challenge_method", CHALLENGE_METHOD);
    Ok(Away { url, browser })
}

/// A value that only whoever holds both secrets can make, one for each purpose.
pub(super) fn derived(purpose: &str, browser: &Secret, state: &Secret) -> String {
    let mut hasher = Sha256::new();
    for part in [purpose, browser.expose(), state.expose()] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hex::encode(hasher.finalize())
}

pub(super) fn redirect(app: &App) -> Url {
    join(&app.config.public_url, "api/auth/oidc/callback")
}

fn scope(more: &[String]) -> String {
    let others = more.iter().map(String::as_str);
    let all: Vec<&str> = std::iter::once("openid")
        .chain(others.filter(|one| *one != "openid"))
        .collect();
    all.join(" ")
}

pub(super) fn provider(app: &App) -> Result<&Oidc> {
    app.oidc.as_ref().ok_or_else(|| {
        AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            "Nobody signs in with another provider here.",
        )
    })
}

/// The provider is away, or makes no sense; the log says how.
pub(super) fn failed(mut log: String) -> AppError {
    log.insert_str(0, "sign-in provider: ");
    AppError::Refused(Box::new(Refusal {
        kind: RefusalKind::Platform,
        code: ErrorCode::SignInElsewhereFailed,
        detail: "Signing in there did not work, for a reason that is not yours. Try again in some minutes, or sign in with your password."
            .to_owned(),
        fields: Vec::new(),
        log: Some(log),
    }))
}
