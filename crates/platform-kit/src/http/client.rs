//! Sending, with the one question that matters after a failure: may the call have worked?

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use fanfare_domain::{Clock, ErrorCode};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use reqwest::header::HeaderMap;
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, StatusCode};
use url::Url;

use super::answer::Answer;
use super::budget::{BudgetKey, Budgets};
use super::egress::{AddressRefused, EgressPolicy, GuardedClient, guard_error};
use crate::error::{Advice, PlatformError};

/// What a call does if it arrives, even when its answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing, or nothing that matters twice: it may be sent again.
    Repeatable,
    /// Something that must not happen twice.
    Once,
}

/// The client that platforms' code is given. No client of it follows redirects.
#[derive(Clone)]
pub struct HttpClient {
    trusted: Client,
    guarded: GuardedClient,
    budgets: Budgets,
    clock: Arc<dyn Clock>,
}

/// Bodies larger than this are cut off and refused: no platform's API answer is near it.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// For a whole call. An upload that may take longer says so on its request.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

impl HttpClient {
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(
        policy: EgressPolicy,
        budgets: Budgets,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            trusted: builder().build()?,
            guarded: GuardedClient::new(policy, builder)?,
            budgets,
            clock,
        })
    }

    /// The latest word on each budget; platforms report what usage headers say.
    #[must_use]
    pub fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    /// The status with which an address of ours answers, for telling whether it can be reached at all.
    ///
    /// # Errors
    /// When nothing answers within that time.
    pub async fn knock(&self, url: Url, within: Duration) -> Result<u16, PlatformError> {
        let request = self.request(Method::GET, url).timeout(within);
        let answer = self
            .send("Fanfare", &[], Effect::Repeatable, request)
            .await?;
        Ok(answer.status.as_u16())
    }

    /// A call to an address from configuration.
    pub fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.trusted.request(method, url)
    }

    /// A call to an address that a person typed: private networks are refused.
    ///
    /// # Errors
    /// `FixContent` with code `address_not_allowed`. A name that stands for a private address is refused by
    /// [`HttpClient::send`], with the same error.
    pub fn guarded(&self, method: Method, url: Url) -> Result<RequestBuilder, PlatformError> {
        Ok(self.typed(method, url)?)
    }

    /// The same, for whoever tells the refusal apart from a platform's.
    pub(super) fn typed(&self, method: Method, url: Url) -> Result<RequestBuilder, AddressRefused> {
        self.guarded.request(method, url)
    }

    /// The same, encrypted or not, for whoever sends something there that is no platform's.
    pub(super) fn typed_even_plain(
        &self,
        method: Method,
        url: Url,
    ) -> Result<RequestBuilder, AddressRefused> {
        self.guarded.request_even_plain(method, url)
    }

    /// Sends and reads the whole answer, whatever its status.
    ///
    /// `platform` is the name as people write it: it stands in the messages. A call on a kept connection that the server
    /// closed in the meantime is sent again by itself only while nothing of it was on the way.
    ///
    /// # Errors
    /// When a budget says to wait, and when no answer came: `Retry` if the call certainly did nothing or may be repeated,
    /// `OutcomeUnknown` if it may have worked and must not be repeated.
    pub async fn send(
        &self,
        platform: &'static str,
        budgets: &[BudgetKey],
        effect: Effect,
        request: RequestBuilder,
    ) -> Result<Answer, PlatformError> {
        self.wait_for_budget(platform, budgets)?;
        let begun = Instant::now();
        let answer = read(platform, effect, request).await;
        meter(platform, begun, answer.as_ref().map(|answer| answer.status));
        answer
    }

    /// Sends, and reads the answer whole only where it is no success: a success is a file, whose bytes come as they arrive.
    ///
    /// `ANSWER_TIMEOUT` does not apply to them: the request names its own. Repeatable, as reading a file is.
    ///
    /// # Errors
    /// As of [`HttpClient::send`].
    pub async fn open(
        &self,
        platform: &'static str,
        budgets: &[BudgetKey],
        request: RequestBuilder,
    ) -> Result<Opened, PlatformError> {
        self.wait_for_budget(platform, budgets)?;
        let begun = Instant::now();
        let opened = open(platform, request).await;
        meter(platform, begun, opened.as_ref().map(Opened::status));
        opened
    }

    fn wait_for_budget(
        &self,
        platform: &'static str,
        budgets: &[BudgetKey],
    ) -> Result<(), PlatformError> {
        self.budgets
            .take(budgets, self.clock.now())
            .map_err(|(key, until)| {
                PlatformError::new(
                    Advice::RateLimited {
                        until,
                        scope: key.scope(),
                    },
                    ErrorCode::PlatformRateLimited,
                    format!("{platform} allows no more calls for now. It goes on by itself later."),
                    format!("held back by our own budget until {until}"),
                )
            })
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("Fanfare/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(ANSWER_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

/// A call's answer, by whether it is a file.
pub enum Opened {
    File {
        status: StatusCode,
        headers: HeaderMap,
        bytes: BoxStream<'static, std::io::Result<Bytes>>,
    },
    Refused(Answer),
}

impl Opened {
    fn status(&self) -> StatusCode {
        match self {
            Self::File { status, .. } => *status,
            Self::Refused(answer) => answer.status,
        }
    }
}

fn meter(platform: &'static str, begun: Instant, ended: Result<StatusCode, &PlatformError>) {
    let outcome = match ended {
        Ok(status) => status.as_str().to_owned(),
        Err(error) => error.code.to_string(),
    };
    let took = begun.elapsed();
    metrics::counter!("fanfare_platform_calls_total", "platform" => platform, "outcome" => outcome.clone())
        .increment(1);
    metrics::histogram!("fanfare_platform_call_seconds", "platform" => platform)
        .record(took.as_secs_f64());
    tracing::debug!(
        platform,
        outcome,
        took_ms = took.as_millis(),
        "called platform"
    );
}

async fn open(platform: &'static str, request: RequestBuilder) -> Result<Opened, PlatformError> {
    let failed = |error| transport_error(platform, Effect::Repeatable, error);
    let answer = request.send().await.map_err(failed)?;
    if !answer.status().is_success() {
        let answer = whole(platform, Effect::Repeatable, answer).await?;
        return Ok(Opened::Refused(answer));
    }
    Ok(Opened::File {
        status: answer.status(),
        headers: answer.headers().clone(),
        bytes: answer
            .bytes_stream()
            .map_err(|error| std::io::Error::other(causes(&error.without_url())))
            .boxed(),
    })
}

async fn read(
    platform: &'static str,
    effect: Effect,
    request: RequestBuilder,
) -> Result<Answer, PlatformError> {
    let answer = request
        .send()
        .await
        .map_err(|error| transport_error(platform, effect, error))?;
    whole(platform, effect, answer).await
}

async fn whole(
    platform: &'static str,
    effect: Effect,
    mut answer: Response,
) -> Result<Answer, PlatformError> {
    let failed = |error| transport_error(platform, effect, error);
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > ANSWER_LIMIT {
            return Err(no_answer(
                platform,
                effect,
                "the answer is larger than 8 MiB".into(),
            ));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        headers,
        body: body.into(),
    })
}

fn transport_error(platform: &str, effect: Effect, error: reqwest::Error) -> PlatformError {
    // Without its address: that may carry a token in the query.
    let error = error.without_url();
    if let Some(guard) = guard_error(&error) {
        return guard.into();
    }
    let log = causes(&error);
    if error.is_connect() || error.is_builder() {
        return PlatformError::unavailable(platform, log);
    }
    no_answer(platform, effect, log)
}

fn no_answer(platform: &str, effect: Effect, log: String) -> PlatformError {
    match effect {
        Effect::Repeatable => PlatformError::unavailable(platform, log),
        Effect::Once => PlatformError::outcome_unknown(platform, log),
    }
}

/// The error and what caused it, in one line: reqwest's own text says only "error sending request".
pub(super) fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
