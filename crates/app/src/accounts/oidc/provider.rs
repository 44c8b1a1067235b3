//! Asking the provider: what it says of itself, its keys, a grant for a code, and more about a person.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use fanfare_domain::Secret;
use fanfare_platform_kit::http::{Answer, Effect, Method, RequestBuilder};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::id_token::Profile;
use super::jwk::KeySet;
use super::{Oidc, OidcSettings};
use crate::App;

/// As the metrics call it.
const NAME: &str = "Sign-in provider";
const PATIENCE: Duration = Duration::from_secs(10);
const LARGEST_ANSWER: usize = 512 * 1024;
/// What it says of itself is asked for again after this.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// A token with an unknown key has the keys looked at again, but not more often than this, whoever sends such tokens.
const KEYS_KEPT_AT_LEAST: SignedDuration = SignedDuration::from_secs(30);

/// What a provider says of itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    userinfo_endpoint: Option<Url>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// What is known of the provider, and since when.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub metadata: Arc<Metadata>,
    pub keys: Arc<KeySet>,
    at: Timestamp,
    keys_at: Timestamp,
}

/// What a code was exchanged for.
#[derive(Deserialize)]
pub(super) struct Grant {
    pub id_token: String,
    access_token: Option<Secretly>,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Secretly(String);

/// Why the provider's answer is of no use, for the log.
type Asked<T> = Result<T, String>;

impl Oidc {
    /// What the provider says of itself, asked for at most once an hour.
    pub(super) async fn known(&self, app: &App) -> Asked<Known> {
        let now = app.now();
        if let Some(known) = self.remembered()
            && known.at + KNOWN_FOR > now
        {
            return Ok(known);
        }
        let metadata: Metadata = get(app, discovery(&self.settings.issuer)).await?;
        check(&self.settings.issuer, &metadata)?;
        let keys = get(app, metadata.jwks_uri.clone()).await?;
        let known = Known {
            metadata: Arc::new(metadata),
            keys: Arc::new(keys),
            at: now,
            keys_at: now,
        };
        self.remember(known.clone());
        Ok(known)
    }

    /// The keys once more, after a token that none of the known ones signed: providers rotate them.
    pub(super) async fn newer_keys(&self, app: &App, known: Known) -> Asked<Known> {
        let now = app.now();
        if known.keys_at + KEYS_KEPT_AT_LEAST > now {
            return Ok(known);
        }
        let keys = get(app, known.metadata.jwks_uri.clone()).await?;
        let newer = Known {
            keys: Arc::new(keys),
            keys_at: now,
            ..known
        };
        self.remember(newer.clone());
        Ok(newer)
    }

    fn remembered(&self) -> Option<Known> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }

    fn remember(&self, newer: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(newer);
    }
}

impl Metadata {
    /// Exchanges a code.
    pub(super) async fn grant(
        &self,
        app: &App,
        settings: &OidcSettings,
        redirect: &Url,
        code: &str,
        verifier: &Secret,
    ) -> Asked<Grant> {
        let mut form = BTreeMap::from([
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect.as_str()),
            ("code_verifier", verifier.expose()),
        ]);
        let url = self.token_endpoint.clone();
        let mut request = app.http.request(Method::POST, url).timeout(PATIENCE);
        match &settings.client_secret {
            Some(secret) if self.takes_basic() => {
                request = request
                    .basic_auth(encoded(&settings.client_id), Some(encoded(secret.expose())));
            }
            secret => {
                form.insert("client_id", &settings.client_id);
                if let Some(secret) = secret {
                    form.insert("client_secret", secret.expose());
                }
            }
        }
        // A code works once, so an answer that was lost is not asked for again; the person begins anew.
        answer(app, request.form(&form), Effect::Once).await
    }

    /// What the provider tells about a person beyond the token, if it is about the same one.
    pub(super) async fn more(&self, app: &App, grant: &Grant, subject: &str) -> Asked<Profile> {
        #[derive(Deserialize)]
        struct About {
            sub: String,
            #[serde(flatten)]
            profile: Profile,
        }
        let (Some(url), Some(token)) = (&self.userinfo_endpoint, &grant.access_token) else {
            return Ok(Profile::default());
        };
        let request = app.http.request(Method::GET, url.clone());
        let request = request.timeout(PATIENCE).bearer_auth(&token.0);
        let about: About = answer(app, request, Effect::Repeatable).await?;
        if about.sub == subject {
            Ok(about.profile)
        } else {
            Err("what it tells is about somebody else".to_owned())
        }
    }

    /// Sending the secret in a header is what every provider takes that does not say otherwise.
    fn takes_basic(&self) -> bool {
        self.token_endpoint_auth_methods_supported
            .as_ref()
            .is_none_or(|methods| methods.iter().any(|one| one == "client_secret_basic"))
    }
}

fn discovery(issuer: &Url) -> Url {
    fanfare_platform_kit::settings::join(issuer, ".well-known/openid-configuration")
}

/// A document by somebody else, or one that gives encryption up, would let others sign in.
fn check(issuer: &Url, metadata: &Metadata) -> Asked<()> {
    let plain = |text: &str| text.trim_end_matches('/').to_owned();
    if plain(&metadata.issuer) != plain(issuer.as_str()) {
        return Err(format!("it calls itself {:?}", metadata.issuer));
    }
    let endpoints = [
        Some(&metadata.authorization_endpoint),
        Some(&metadata.token_endpoint),
        Some(&metadata.jwks_uri),
        metadata.userinfo_endpoint.as_ref(),
    ];
    let is_plain = |url: &&Url| url.scheme() != "https" && url.scheme() != issuer.scheme();
    match endpoints.into_iter().flatten().find(is_plain) {
        Some(url) => Err(format!("{url} is not encrypted")),
        None => Ok(()),
    }
}

async fn get<T: DeserializeOwned>(app: &App, url: Url) -> Asked<T> {
    let request = app.http.request(Method::GET, url).timeout(PATIENCE);
    answer(app, request, Effect::Repeatable).await
}

async fn answer<T: DeserializeOwned>(
    app: &App,
    request: RequestBuilder,
    effect: Effect,
) -> Asked<T> {
    let answer = app.http.send(NAME, &[], effect, request).await;
    let answer = answer.map_err(|error| error.log)?;
    if !answer.status.is_success() {
        return Err(refused(&answer));
    }
    if answer.body.len() > LARGEST_ANSWER {
        return Err("its answer is too large".to_owned());
    }
    answer
        .json()
        .map_err(|error| format!("its answer is not understood: {error}"))
}

/// Status and the standard's `error`; whatever else the body holds stays out of the log.
fn refused(answer: &Answer) -> String {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    let error = answer.json::<Refusal>().map(|refusal| refusal.error);
    let error: String = error.unwrap_or_default().chars().take(100).collect();
    format!("it answered {} {error:?}", answer.status)
}

/// As a form would write it, which RFC 6749 asks for in the header.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
