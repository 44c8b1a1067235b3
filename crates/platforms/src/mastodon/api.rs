//! Mastodon's calls.

use std::time::Duration;

use fanfare_domain::Secret;
use fanfare_platform_kit::http::{Answer, BudgetKey, Effect, Usage};
use fanfare_platform_kit::roles::OutgoingMedia;
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::errors::{refusal, reset_of};
use super::manifest::SCOPES;
use super::{ID, NAME};

mod shapes;

pub use shapes::{
    Access, Account, Attachment, CLIENT_NAME, Context, Registration, Source, Status, Token,
    Uploaded, reply_body, status_body,
};

/// Uploads slower than this are given up.
const SLOWEST_BYTES_PER_SECOND: u64 = 100_000;

/// One instance, and as whom it is called.
pub struct Instance<'a> {
    ctx: &'a PlatformContext,
    at: &'a Url,
    token: Option<&'a str>,
    channel: Option<&'a str>,
}

impl<'a> Instance<'a> {
    pub fn new(ctx: &'a PlatformContext, at: &'a Url) -> Self {
        Self {
            ctx,
            at,
            token: None,
            channel: None,
        }
    }

    pub fn with_token(ctx: &'a PlatformContext, at: &'a Url, token: &'a str) -> Self {
        Self {
            token: Some(token),
            ..Self::new(ctx, at)
        }
    }

    pub fn of_channel(ctx: &'a PlatformContext, access: &'a Access, channel: &'a str) -> Self {
        Self {
            channel: Some(channel),
            ..Self::with_token(ctx, &access.instance, &access.token)
        }
    }

    /// Our time.
    pub fn now(&self) -> Timestamp {
        self.ctx.now()
    }

    pub async fn register(&self) -> Result<Registration, PlatformError> {
        #[derive(Deserialize)]
        struct Registered {
            client_id: String,
            client_secret: String,
        }
        let redirect_uri = self.ctx.redirect_uri.to_string();
        let scopes = scopes();
        let mut website = self.ctx.redirect_uri.clone();
        website.set_path("");
        let body = json!({
            "client_name": CLIENT_NAME,
            "redirect_uris": redirect_uri,
            "scopes": scopes,
            "website": website,
        });
        let request = self.call(Method::POST, "api/v1/apps")?.json(&body);
        let Registered {
            client_id,
            client_secret,
        } = self.understood(Effect::Repeatable, request).await?;
        Ok(Registration {
            client_id,
            client_secret,
            redirect_uri,
            scopes,
        })
    }

    /// Whether the instance still knows us; it forgets applications that nobody uses.
    pub async fn knows(&self, registration: &Registration) -> Result<bool, PlatformError> {
        let body = json!({
            "grant_type": "client_credentials",
            "client_id": registration.client_id,
            "client_secret": registration.client_secret,
            "redirect_uri": registration.redirect_uri,
        });
        let request = self.call(Method::POST, "oauth/token")?.json(&body);
        let answer = self.send(Effect::Repeatable, request).await?;
        Ok(answer.status != StatusCode::UNAUTHORIZED)
    }

    pub async fn exchange(
        &self,
        registration: &Registration,
        code: &Secret,
        verifier: &str,
    ) -> Result<Token, PlatformError> {
        let body = json!({
            "grant_type": "authorization_code",
            "client_id": registration.client_id,
            "client_secret": registration.client_secret,
            "redirect_uri": registration.redirect_uri,
            "code": code.expose(),
            "code_verifier": verifier,
        });
        let request = self.call(Method::POST, "oauth/token")?.json(&body);
        self.understood(Effect::Repeatable, request).await
    }

    /// Gives the token back. One that is gone already is no error.
    pub async fn revoke(&self, access: &Access) -> Result<(), PlatformError> {
        let body = json!({
            "client_id": access.registration.client_id,
            "client_secret": access.registration.client_secret,
            "token": access.token,
        });
        let request = self.call(Method::POST, "oauth/revoke")?.json(&body);
        let answer = self.send(Effect::Repeatable, request).await?;
        let is_done = answer.status.is_success()
            || matches!(
                answer.status,
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
            );
        if is_done {
            Ok(())
        } else {
            Err(refusal(&answer, Effect::Repeatable, self.ctx.now()))
        }
    }

    pub async fn account(&self) -> Result<Account, PlatformError> {
        let request = self.call(Method::GET, "api/v1/accounts/verify_credentials")?;
        self.understood(Effect::Repeatable, request).await
    }

    /// What the instance says about itself; older servers know only the first version of the call.
    pub async fn about(&self) -> Result<Value, PlatformError> {
        let request = self.call(Method::GET, "api/v2/instance")?;
        let answer = self.send(Effect::Repeatable, request).await?;
        if answer.status != StatusCode::NOT_FOUND {
            return self.understand(Effect::Repeatable, &answer);
        }
        let request = self.call(Method::GET, "api/v1/instance")?;
        self.understood(Effect::Repeatable, request).await
    }

    /// Uploads a file that nobody sees until a post shows it.
    pub async fn upload(&self, media: &OutgoingMedia) -> Result<Uploaded, PlatformError> {
        let within = Duration::from_secs(60 + media.facts.bytes / SLOWEST_BYTES_PER_SECOND);
        let mut form = Form::new().part("file", file_part(media).await?);
        if !media.facts.alt.is_empty() {
            form = form.text("description", media.facts.alt.clone());
        }
        let request = self
            .call(Method::POST, "api/v2/media")?
            .timeout(within)
            .multipart(form);
        let answer = self.send(Effect::Repeatable, request).await?;
        let Attachment { id } = self.understand(Effect::Repeatable, &answer)?;
        Ok(Uploaded {
            id,
            is_ready: answer.status != StatusCode::ACCEPTED,
        })
    }

    pub async fn is_ready(&self, media: &str) -> Result<bool, PlatformError> {
        let request = self.call(Method::GET, &format!("api/v1/media/{media}"))?;
        let answer = self.send(Effect::Repeatable, request).await?;
        let Attachment { .. } = self.understand(Effect::Repeatable, &answer)?;
        Ok(answer.status != StatusCode::PARTIAL_CONTENT)
    }

    /// Publishes. `key` makes the instance answer a repetition with the first post, for an hour.
    pub async fn post(&self, key: &str, body: &Value) -> Result<Status, PlatformError> {
        let request = self
            .call(Method::POST, "api/v1/statuses")?
            .header("Idempotency-Key", key)
            .json(body);
        let answer = self.send(Effect::Once, request).await?;
        self.understand(Effect::Once, &answer)
    }

    /// The account's posts, newest first, before the post `before`; and the whole answer, for its clock.
    pub async fn posts(
        &self,
        account: &str,
        before: Option<&str>,
    ) -> Result<(Vec<Status>, Answer), PlatformError> {
        let mut request = self
            .call(Method::GET, &format!("api/v1/accounts/{account}/statuses"))?
            .query(&[("limit", "40"), ("exclude_reblogs", "true")]);
        if let Some(before) = before {
            request = request.query(&[("max_id", before)]);
        }
        let answer = self.send(Effect::Repeatable, request).await?;
        Ok((self.understand(Effect::Repeatable, &answer)?, answer))
    }

    /// The replies to a post, and theirs.
    pub async fn replies(&self, status: &str) -> Result<Vec<Status>, PlatformError> {
        let request = self.call(Method::GET, &format!("api/v1/statuses/{status}/context"))?;
        let context: Context = self.understood(Effect::Repeatable, request).await?;
        Ok(context.descendants)
    }

    /// A post; absent when it is gone.
    pub async fn status(&self, id: &str) -> Result<Option<Status>, PlatformError> {
        let request = self.call(Method::GET, &format!("api/v1/statuses/{id}"))?;
        let answer = self.send(Effect::Repeatable, request).await?;
        if matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::GONE) {
            return Ok(None);
        }
        self.understand(Effect::Repeatable, &answer).map(Some)
    }

    /// The post as it was written; servers that do not keep that say nothing.
    pub async fn source(&self, status: &str) -> Result<Option<Source>, PlatformError> {
        let request = self.call(Method::GET, &format!("api/v1/statuses/{status}/source"))?;
        let answer = self.send(Effect::Repeatable, request).await?;
        if matches!(answer.status.as_u16(), 404 | 405 | 501) {
            return Ok(None);
        }
        self.understand(Effect::Repeatable, &answer).map(Some)
    }

    fn call(&self, method: Method, path: &str) -> Result<RequestBuilder, PlatformError> {
        let request = self.ctx.http.guarded(method, join(self.at, path))?;
        Ok(match self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }

    async fn understood<T: DeserializeOwned>(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<T, PlatformError> {
        self.understand(effect, &self.send(effect, request).await?)
    }

    /// The answer as `T`. One that is of another shape leaves open what became of a call that must not run twice.
    fn understand<T: DeserializeOwned>(
        &self,
        effect: Effect,
        answer: &Answer,
    ) -> Result<T, PlatformError> {
        if !answer.status.is_success() {
            return Err(refusal(answer, effect, self.ctx.now()));
        }
        answer.json().map_err(|error| {
            let log = format!("answer of another shape: {error}");
            match effect {
                Effect::Repeatable => PlatformError::not_understood(NAME, log),
                Effect::Once => PlatformError::outcome_unknown(NAME, log),
            }
        })
    }

    async fn send(&self, effect: Effect, request: RequestBuilder) -> Result<Answer, PlatformError> {
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

/// The scopes as they are asked for.
pub fn scopes() -> String {
    SCOPES
        .iter()
        .map(|scope| scope.name)
        .collect::<Vec<_>>()
        .join(" ")
}

fn usage(answer: &Answer, now: Timestamp) -> Option<Usage> {
    let number = |name| answer.header(name)?.parse::<f64>().ok();
    let (limit, left) = (
        number("x-ratelimit-limit")?,
        number("x-ratelimit-remaining")?,
    );
    Some(Usage {
        percent: 100.0 * (1.0 - left / limit.max(1.0)),
        // Uploads have an allowance of their own, so an empty one need not concern the next call: a 429 will say.
        blocked_until: (answer.status == StatusCode::TOO_MANY_REQUESTS)
            .then(|| reset_of(answer, now))
            .flatten(),
        as_of: now,
    })
}

/// The file as a part of a form, read as it is sent.
async fn file_part(media: &OutgoingMedia) -> Result<Part, PlatformError> {
    let length = media.length().await?;
    let content = Body::wrap_stream(media.read(0..length).await?);
    let part = Part::stream_with_length(content, length).file_name(media.file_name.clone());
    let part = part.mime_str(&media.facts.mime);
    Ok(part.expect("a file of the library has one of a few types"))
}
