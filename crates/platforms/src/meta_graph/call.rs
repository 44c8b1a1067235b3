//! One call to a Graph host, with its proof, budgets and reading of the answer.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, BudgetKey, Effect, Usage};
use fanfare_platform_kit::settings::PlatformSettings;
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_platform_kit::{Advice, PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::errors::is_missing;
use super::usage;

/// A platform's own reading of an answer that is not a success.
pub type Refusal = fn(&Answer, Effect, Timestamp) -> PlatformError;

/// Lists longer than this many answers are cut off: nobody has that many Pages, and no list may run for ever.
const LIST_ANSWERS_MAX: usize = 50;

/// An access token, and whose it is.
#[derive(Clone, Serialize, Deserialize)]
pub struct Token {
    pub access_token: String,
    /// Our application got it, so calls can prove that we know its secret. A pasted token may be of another application,
    /// for which our proof would be wrong.
    pub ours: bool,
}

impl Token {
    pub fn ours(access_token: impl Into<String>) -> Self {
        Self {
            access_token: access_token.into(),
            ours: true,
        }
    }
}

/// One Graph host as one platform sees it, for one channel or for none.
#[derive(Clone, Copy)]
pub struct Graph<'a> {
    pub ctx: &'a PlatformContext,
    /// As people write it.
    pub name: &'static str,
    /// Of the platform whose host and application are used.
    pub settings: &'a PlatformSettings,
    pub refusal: Refusal,
    /// Ours, for its budget.
    pub channel: Option<&'a str>,
}

impl Graph<'_> {
    /// A call of `path` below the API's version, without a token.
    pub fn open(&self, method: Method, path: &str) -> RequestBuilder {
        let version = self.settings.api_version.as_deref().unwrap_or_default();
        self.unversioned(method, &format!("{version}/{path}"))
    }

    /// A call of `path` right below the host, without a token.
    pub fn unversioned(&self, method: Method, path: &str) -> RequestBuilder {
        self.ctx.http.request(method, self.settings.api(path))
    }

    /// A call as `token`: in a header, where it gets into no log of addresses.
    pub fn call(&self, method: Method, path: &str, token: &Token) -> RequestBuilder {
        self.sign(self.open(method, path), token)
    }

    /// Puts the token and its proof on a request.
    pub fn sign(&self, request: RequestBuilder, token: &Token) -> RequestBuilder {
        let request = request.bearer_auth(&token.access_token);
        match &self.settings.app {
            Some(app) if token.ours => {
                let key = app.secret.expose().as_bytes();
                let proof = hmac_sha256_hex(key, token.access_token.as_bytes());
                request.query(&[("appsecret_proof", proof)])
            }
            _ => request,
        }
    }

    /// Reads `fields` of one object.
    pub async fn read<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &str,
        token: &Token,
    ) -> Result<T, PlatformError> {
        let request = self
            .call(Method::GET, path, token)
            .query(&[("fields", fields)]);
        self.send(Effect::Repeatable, request).await
    }

    /// The same of an object that may be gone.
    pub async fn find<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &str,
        token: &Token,
    ) -> Result<Option<T>, PlatformError> {
        let request = self
            .call(Method::GET, path, token)
            .query(&[("fields", fields)]);
        let answer = self.exchange(Effect::Repeatable, request).await?;
        if is_missing(&answer) {
            return Ok(None);
        }
        let answer = self.judged(Effect::Repeatable, answer)?;
        self.understand(Effect::Repeatable, &answer).map(Some)
    }

    /// Reads a list to its end. Pages are asked for by cursor: the ready-made `next` addresses carry the token.
    pub async fn read_all<T: DeserializeOwned>(
        &self,
        path: &str,
        fields: &str,
        token: &Token,
    ) -> Result<Vec<T>, PlatformError> {
        let mut items = Vec::new();
        let mut after = None;
        for _ in 0..LIST_ANSWERS_MAX {
            let mut request = self
                .call(Method::GET, path, token)
                .query(&[("fields", fields), ("limit", "100")]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let page: Page<T> = self.send(Effect::Repeatable, request).await?;
            after = page.after();
            items.extend(page.data);
            if after.is_none() {
                break;
            }
        }
        Ok(items)
    }

    /// Sends and reads a success as `T`.
    pub async fn send<T: DeserializeOwned>(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<T, PlatformError> {
        let answer = self.answer(effect, request).await?;
        self.understand(effect, &answer)
    }

    /// Reads a success as `T`.
    pub fn understand<T: DeserializeOwned>(
        &self,
        effect: Effect,
        answer: &Answer,
    ) -> Result<T, PlatformError> {
        answer.json().map_err(|error| {
            let log = format!(
                "HTTP {}, {} bytes, not the documented shape: {error}",
                answer.status,
                answer.body.len()
            );
            match effect {
                Effect::Repeatable => PlatformError::not_understood(self.name, log),
                Effect::Once => PlatformError::outcome_unknown(self.name, log),
            }
        })
    }

    /// Sends, notes what the answer says of our use, and hands a success on.
    pub async fn answer(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, PlatformError> {
        let answer = self.exchange(effect, request).await?;
        self.judged(effect, answer)
    }

    async fn exchange(
        &self,
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, PlatformError> {
        let (app, channel) = (self.app_budget(), self.channel_budget());
        let keys: Vec<_> = [Some(app.clone()), channel.clone()]
            .into_iter()
            .flatten()
            .collect();
        let answer = self
            .ctx
            .http
            .send(self.name, &keys, effect, request)
            .await?;
        let budgets = self.ctx.http.budgets();
        usage::report(budgets, app, channel, &answer, self.ctx.now());
        Ok(answer)
    }

    fn judged(&self, effect: Effect, answer: Answer) -> Result<Answer, PlatformError> {
        let now = self.ctx.now();
        if answer.status.is_success() {
            return Ok(answer);
        }
        let error = (self.refusal)(&answer, effect, now);
        self.hold_back(&error, now);
        Err(error)
    }

    /// Calls while throttled prolong the block, so the whole scope waits. A daily limit of posts stops no other calls.
    fn hold_back(&self, error: &PlatformError, now: Timestamp) {
        let Advice::RateLimited { until, scope } = error.advice else {
            return;
        };
        if error.code != ErrorCode::PlatformRateLimited {
            return;
        }
        let channel = self.channel_budget().filter(|key| key.scope() == scope);
        let key = channel.unwrap_or_else(|| self.app_budget());
        let usage = Usage {
            percent: 100.0,
            blocked_until: Some(until),
            as_of: now,
        };
        self.ctx.http.budgets().report(key, usage);
    }

    fn app_budget(&self) -> BudgetKey {
        BudgetKey::app(self.ctx.platform)
    }

    fn channel_budget(&self) -> Option<BudgetKey> {
        self.channel
            .map(|channel| BudgetKey::channel(self.ctx.platform, channel))
    }
}

/// One answer's worth of a list.
#[derive(Deserialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    cursors: Option<Cursors>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

impl<T> Page<T> {
    /// Where the list goes on. A cursor without a `next` address does not mean more.
    pub fn after(&self) -> Option<String> {
        let paging = self.paging.as_ref()?;
        paging.next.as_ref()?;
        paging.cursors.as_ref()?.after.clone()
    }
}
