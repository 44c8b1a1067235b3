//! The closed vocabulary of what can go wrong at a platform.
//!
//! Each platform maps its own answers to it in one function of its `errors.rs`, proven by a table test. The engine
//! acts on [`Advice`] alone and never looks at codes, statuses or texts.

use std::time::Duration;

use fanfare_domain::ErrorCode;
use jiff::Timestamp;

/// A platform's refusal or silence: what to do, and one message each for the person and for the log.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{code}: {log}")]
pub struct PlatformError {
    pub advice: Advice,
    pub code: ErrorCode,
    /// For the person: what happened and what it means, one or two plain sentences, without secrets.
    pub detail: String,
    /// For the log: the platform's own words and codes, redacted.
    pub log: String,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Advice {
    /// Nothing was done and it may pass: try again, after the given time or by the engine's own backoff.
    Retry { after: Option<Duration> },
    /// Nothing was done; the platform wants quiet until then. Other work of that scope waits too.
    RateLimited { until: Timestamp, scope: RateScope },
    /// The access token is no longer good but the grant may be: refresh and try again at once.
    Refresh,
    /// The grant is gone; only the person can give it again.
    Reconnect,
    /// The person must change the named field: `text`, `media`, `link` or an option's name.
    FixContent { field: String },
    /// The person must grant a permission or a role at the platform.
    NeedsPermission,
    /// The call may have worked. Ask the platform before anything is sent again.
    OutcomeUnknown,
    /// Trying again cannot help.
    Permanent,
}

/// Whom a rate limit stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateScope {
    Channel,
    App,
}

impl Advice {
    /// The word that the API and the interface use.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Retry { .. } | Self::Refresh => "retry",
            Self::RateLimited { .. } => "wait",
            Self::Reconnect => "reconnect",
            Self::FixContent { .. } => "edit",
            Self::NeedsPermission => "grant_permission",
            Self::OutcomeUnknown => "check_platform",
            Self::Permanent => "none",
        }
    }
}

impl PlatformError {
    pub fn new(
        advice: Advice,
        code: ErrorCode,
        detail: impl Into<String>,
        log: impl Into<String>,
    ) -> Self {
        Self {
            advice,
            code,
            detail: detail.into(),
            log: log.into(),
        }
    }

    /// It may pass by itself.
    pub fn unavailable(platform: &str, log: impl Into<String>) -> Self {
        Self::new(
            Advice::Retry { after: None },
            ErrorCode::PlatformUnavailable,
            format!(
                "{platform} does not answer as it should, so nothing was done there. It is tried again by itself."
            ),
            log,
        )
    }

    /// The call may have worked, and nobody told us.
    pub fn outcome_unknown(platform: &str, log: impl Into<String>) -> Self {
        Self::new(
            Advice::OutcomeUnknown,
            ErrorCode::OutcomeUnknown,
            format!("{platform} did not answer, so it is not known whether the post went out."),
            log,
        )
    }

    /// The grant is gone.
    pub fn reconnect(platform: &str, log: impl Into<String>) -> Self {
        Self::new(
            Advice::Reconnect,
            ErrorCode::ConnectionExpired,
            format!(
                "{platform} no longer accepts this connection, so nothing was done there. Reconnect it."
            ),
            log,
        )
    }

    /// The answer is not of the shape the documentation promises.
    pub fn not_understood(platform: &str, log: impl Into<String>) -> Self {
        Self::new(
            Advice::Retry { after: None },
            ErrorCode::AnswerNotUnderstood,
            format!(
                "{platform} answered something that makes no sense to us. It is tried again by itself."
            ),
            log,
        )
    }
}
