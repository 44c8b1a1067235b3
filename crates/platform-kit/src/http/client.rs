//! Sending, with the one question that matters after a failure: may the call have worked?

use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::{Clock, ErrorCode};
use reqwest::{Method, RequestBuilder};
use url::Url;

use super::answer::Answer;
use super::budget::{BudgetKey, Budgets};
use super::egress::EgressPolicy;
use crate::error::{Advice, PlatformError};

/// What a call does if it arrives, even when its answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing, or nothing that matters twice: it may be sent again.
    Repeatable,
    /// Something that must not happen twice.
    Once,
}

/// The client that platforms' code is given.
#[derive(Clone)]
pub struct HttpClient {
    trusted: reqwest::Client,
    guarded: reqwest::Client,
    policy: EgressPolicy,
    budgets: Budgets,
    clock: Arc<dyn Clock>,
}

/// Bodies larger than this are cut off and refused: no platform's API answer is near it.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

impl HttpClient {
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(
        policy: EgressPolicy,
        budgets: Budgets,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let builder = || {
            reqwest::Client::builder()
                .user_agent(concat!("Fanfare/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(CONNECT_TIMEOUT)
                .timeout(ANSWER_TIMEOUT)
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
        };
        Ok(Self {
            trusted: builder().build()?,
            guarded: builder().dns_resolver(policy.resolver()).build()?,
            policy,
            budgets,
            clock,
        })
    }

    /// The latest word on each budget; platforms report what usage headers say.
    #[must_use]
    pub fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    /// A call to an address from configuration.
    #[must_use]
    pub fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.trusted.request(method, url)
    }

    /// A call to an address that a person typed: private networks are refused.
    ///
    /// # Errors
    /// `FixContent` with code `address_not_allowed`.
    pub fn guarded(&self, method: Method, url: Url) -> Result<RequestBuilder, PlatformError> {
        self.policy.check(&url)?;
        Ok(self.guarded.request(method, url))
    }

    /// Sends and reads the whole answer, whatever its status.
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
        let sent = request.send().await;
        let mut answer = sent.map_err(|error| transport_error(platform, effect, error))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) =
            answer.chunk().await.map_err(|error| transport_error(platform, effect, error))?
        {
            if body.len() + chunk.len() > ANSWER_LIMIT {
                return Err(no_answer(platform, effect, "the answer is larger than 8 MiB".into()));
            }
            body.extend_from_slice(&chunk);
        }
        tracing::debug!(platform, status = status.as_u16(), bytes = body.len(), "platform answered");
        Ok(Answer { status, headers, body: body.into() })
    }

    fn wait_for_budget(
        &self,
        platform: &'static str,
        budgets: &[BudgetKey],
    ) -> Result<(), PlatformError> {
        let now = self.clock.now();
        for key in budgets {
            if let Some(until) = self.budgets.blocked_until(key, now) {
                return Err(PlatformError::new(
                    Advice::RateLimited { until, scope: key.scope() },
                    ErrorCode::PlatformRateLimited,
                    format!("{platform} asks for fewer calls. It goes on by itself later."),
                    "held back by our own budget".to_owned(),
                ));
            }
        }
        Ok(())
    }
}

fn transport_error(platform: &str, effect: Effect, error: reqwest::Error) -> PlatformError {
    // Without its address: that may carry a token in the query.
    let error = error.without_url();
    let log = format!("{error:#}");
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
