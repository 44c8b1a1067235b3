//! Bluesky's calls and the shapes of their answers.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_platform_kit::http::{Answer, BudgetKey, Effect, Usage};
use fanfare_platform_kit::roles::OutgoingMedia;
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::errors::{Refusal, is_blob_lost, refusal, reset_of};
use super::record::COLLECTION;
use super::{ID, NAME};

/// Stored credentials.
#[derive(Clone, Serialize, Deserialize)]
pub struct Access {
    /// Where the session was opened and is renewed.
    pub service: Url,
    /// The account's own data server, which takes pictures and posts.
    pub data_server: Url,
    pub did: String,
    /// Opens a new session when an answer with renewed tokens was lost.
    pub app_password: String,
    pub access: String,
    pub renewal: String,
}

/// What a new or renewed session comes with.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    pub did: String,
    pub handle: String,
    access_jwt: String,
    refresh_jwt: String,
    #[serde(default)]
    did_doc: Value,
    active: Option<bool>,
    status: Option<String>,
}

/// Who a session is for.
#[derive(Deserialize)]
pub struct Who {
    pub did: String,
    pub handle: String,
    active: Option<bool>,
    status: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Profile {
    pub avatar: Option<String>,
}

/// A record as it lies on the server.
#[derive(Debug, Deserialize)]
pub struct Stored {
    pub uri: String,
    pub cid: Option<String>,
    pub value: Value,
}

/// What became of a write.
pub enum Written {
    /// Under this address and content id.
    As { uri: String, cid: String },
    /// Another record lies under the key.
    KeyTaken,
    /// The server no longer has the pictures that the record shows.
    BlobLost,
}

/// One server, and on whose behalf it is called.
pub struct Server<'a> {
    ctx: &'a PlatformContext,
    at: &'a Url,
    channel: Option<&'a str>,
}

/// How long an access token lives on servers whose tokens cannot be read.
const ACCESS_LIVES: SignedDuration = SignedDuration::from_hours(2);

impl<'a> Server<'a> {
    pub fn new(ctx: &'a PlatformContext, at: &'a Url) -> Self {
        Self {
            ctx,
            at,
            channel: None,
        }
    }

    /// For calls that count on a channel's budget.
    pub fn of_channel(ctx: &'a PlatformContext, at: &'a Url, channel: &'a str) -> Self {
        Self {
            ctx,
            at,
            channel: Some(channel),
        }
    }

    pub async fn create_session(
        &self,
        identifier: &str,
        app_password: &str,
    ) -> Result<Session, PlatformError> {
        let body = json!({ "identifier": identifier, "password": app_password });
        let request = self
            .call(Method::POST, "com.atproto.server.createSession")?
            .json(&body);
        self.understood(Effect::Repeatable, request).await
    }

    /// A new pair of tokens for the old renewal token.
    pub async fn renew_session(&self, renewal: &str) -> Result<Session, PlatformError> {
        let request = self.call(Method::POST, "com.atproto.server.refreshSession")?;
        self.understood(Effect::Once, request.bearer_auth(renewal))
            .await
    }

    /// Whose session it is, and how the account fares.
    pub async fn current_session(&self, access: &str) -> Result<Who, PlatformError> {
        let request = self.call(Method::GET, "com.atproto.server.getSession")?;
        self.understood(Effect::Repeatable, request.bearer_auth(access))
            .await
    }

    pub async fn end_session(&self, renewal: &str) -> Result<(), PlatformError> {
        let request = self.call(Method::POST, "com.atproto.server.deleteSession")?;
        self.success(Effect::Repeatable, request.bearer_auth(renewal))
            .await
            .map(drop)
    }

    /// How the account shows itself. Servers without a view of the network do not know.
    pub async fn profile(&self, access: &str, did: &str) -> Option<Profile> {
        let request = self.call(Method::GET, "app.bsky.actor.getProfile").ok()?;
        let request = request.query(&[("actor", did)]).bearer_auth(access);
        self.understood(Effect::Repeatable, request).await.ok()
    }

    /// Who has the handle; nobody when no server knows.
    pub async fn resolve(&self, handle: &str) -> Result<Option<String>, PlatformError> {
        #[derive(Deserialize)]
        struct Found {
            did: String,
        }
        let request = self.call(Method::GET, "com.atproto.identity.resolveHandle")?;
        let answer = self
            .send(Effect::Repeatable, request.query(&[("handle", handle)]))
            .await?;
        match answer.status.as_u16() {
            200..300 => Ok(Some(understand::<Found>(&answer)?.did)),
            429 | 500.. => Err(refusal(&answer, Effect::Repeatable, self.ctx.now())),
            _ => Ok(None),
        }
    }

    /// Hands a picture over; no one sees it until a record shows it. The answer is put into the record as it is.
    pub async fn upload(
        &self,
        access: &Access,
        media: &OutgoingMedia,
    ) -> Result<Value, PlatformError> {
        let bytes = media.read_whole().await?;
        self.upload_bytes(access, &media.facts.mime, bytes).await
    }

    /// The same for a picture that lies in no file.
    pub async fn upload_bytes(
        &self,
        access: &Access,
        mime: &str,
        bytes: Vec<u8>,
    ) -> Result<Value, PlatformError> {
        #[derive(Deserialize)]
        struct Uploaded {
            blob: Value,
        }
        let request = self
            .call(Method::POST, "com.atproto.repo.uploadBlob")?
            .bearer_auth(&access.access)
            .header(CONTENT_TYPE, mime)
            .body(bytes);
        Ok(self
            .understood::<Uploaded>(Effect::Repeatable, request)
            .await?
            .blob)
    }

    /// Writes a record under a key where nothing lies yet, or where exactly this lies.
    pub async fn put(
        &self,
        access: &Access,
        key: &str,
        record: &Value,
    ) -> Result<Written, PlatformError> {
        #[derive(Deserialize)]
        struct Put {
            uri: String,
            cid: String,
        }
        let body = json!({
            "repo": access.did,
            "collection": COLLECTION,
            "rkey": key,
            "record": record,
            // Only where there is none: a post is never overwritten.
            "swapRecord": null,
        });
        let request = self
            .call(Method::POST, "com.atproto.repo.putRecord")?
            .bearer_auth(&access.access)
            .json(&body);
        // Writing the same again is harmless, but only asking tells whether a lost answer was a yes.
        let answer = self.send_counted(Effect::Once, request).await?;
        if answer.status.is_success() {
            let Put { uri, cid } = understand(&answer)
                .map_err(|error| PlatformError::outcome_unknown(NAME, error.log))?;
            return Ok(Written::As { uri, cid });
        }
        if Refusal::of(&answer).error == "InvalidSwap" {
            return Ok(Written::KeyTaken);
        }
        if is_blob_lost(&answer) {
            return Ok(Written::BlobLost);
        }
        Err(refusal(&answer, Effect::Once, self.ctx.now()))
    }

    /// The record under a key, if there is one. Needs no session: records are public.
    pub async fn get(&self, did: &str, key: &str) -> Result<Option<Stored>, PlatformError> {
        let request = self
            .call(Method::GET, "com.atproto.repo.getRecord")?
            .query(&[("repo", did), ("collection", COLLECTION), ("rkey", key)]);
        let answer = self.send(Effect::Repeatable, request).await?;
        if answer.status.is_success() {
            return understand(&answer).map(Some);
        }
        let Refusal { error, message } = Refusal::of(&answer);
        // Older servers have no name of their own for it.
        let is_missing =
            error == "RecordNotFound" || message.starts_with("Could not locate record");
        if is_missing {
            return Ok(None);
        }
        let error = refusal(&answer, Effect::Repeatable, self.ctx.now());
        // A read that is refused says nothing about the post's content.
        Err(match error.advice {
            Advice::FixContent { .. } => PlatformError::outcome_unknown(NAME, error.log),
            _ => error,
        })
    }

    fn call(&self, method: Method, name: &str) -> Result<RequestBuilder, PlatformError> {
        self.ctx
            .http
            .guarded(method, join(self.at, &format!("xrpc/{name}")))
    }

    async fn understood<T: DeserializeOwned>(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<T, PlatformError> {
        understand(&self.success(effect, request).await?)
    }

    async fn success(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, PlatformError> {
        let answer = self.send(effect, request).await?;
        if answer.status.is_success() {
            Ok(answer)
        } else {
            Err(refusal(&answer, effect, self.ctx.now()))
        }
    }

    async fn send(&self, effect: Effect, request: RequestBuilder) -> Result<Answer, PlatformError> {
        self.ctx.http.send(NAME, &[], effect, request).await
    }

    /// For the call that the manifest's budget is about.
    async fn send_counted(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, PlatformError> {
        let keys: Vec<_> = self
            .channel
            .map(|id| BudgetKey::channel(ID, id))
            .into_iter()
            .collect();
        let answer = self.ctx.http.send(NAME, &keys, effect, request).await?;
        for key in keys {
            if let Some(usage) = usage(&answer, self.ctx.now()) {
                self.ctx.http.budgets().report(key, usage);
            }
        }
        Ok(answer)
    }
}

impl Session {
    /// What is stored of a session that `service` opened.
    ///
    /// The identity document names the account's data server; a service that sends none is it itself.
    pub fn into_access(self, service: Url, app_password: String) -> Access {
        let data_server = data_server(&self.did_doc).unwrap_or_else(|| service.clone());
        Access {
            service,
            data_server,
            did: self.did,
            app_password,
            access: self.access_jwt,
            renewal: self.refresh_jwt,
        }
    }

    /// In words, why the account cannot post now.
    pub fn problem(&self) -> Option<String> {
        problem(self.active, self.status.as_deref())
    }
}

impl Who {
    /// In words, why the account cannot post now.
    pub fn problem(&self) -> Option<String> {
        problem(self.active, self.status.as_deref())
    }
}

impl Access {
    /// When the access token ends, by its own word.
    pub fn ends(&self, now: Timestamp) -> Timestamp {
        expiry(&self.access).unwrap_or(now + ACCESS_LIVES)
    }
}

fn problem(active: Option<bool>, status: Option<&str>) -> Option<String> {
    let status = status.unwrap_or("not active");
    (active == Some(false)).then(|| {
        format!(
            "Bluesky says that the account is {status}. Nothing can be posted until that changes."
        )
    })
}

fn data_server(identity: &Value) -> Option<Url> {
    let services = identity["service"].as_array()?;
    let server = services.iter().find(|service| {
        service["id"]
            .as_str()
            .is_some_and(|id| id.ends_with("#atproto_pds"))
    })?;
    Url::parse(server["serviceEndpoint"].as_str()?).ok()
}

/// The `exp` of a JWT. Its signature is the server's business.
fn expiry(token: &str) -> Option<Timestamp> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Timestamp::from_second(claims["exp"].as_i64()?).ok()
}

fn usage(answer: &Answer, now: Timestamp) -> Option<Usage> {
    let number = |name| answer.header(name)?.parse::<f64>().ok();
    let (limit, left) = (number("ratelimit-limit")?, number("ratelimit-remaining")?);
    Some(Usage {
        percent: 100.0 * (1.0 - left / limit.max(1.0)),
        blocked_until: reset_of(answer).filter(|_| left < 1.0),
        as_of: now,
    })
}

fn understand<T: DeserializeOwned>(answer: &Answer) -> Result<T, PlatformError> {
    answer.json().map_err(|error| {
        PlatformError::not_understood(NAME, format!("answer of another shape: {error}"))
    })
}
