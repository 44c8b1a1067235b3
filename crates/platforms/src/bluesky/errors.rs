//! What Bluesky's refusals mean.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::NAME;

/// The body of every refusal: `{"error":"InvalidRequest","message":"…"}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    pub error: String,
    pub message: String,
}

impl Refusal {
    pub fn of(answer: &Answer) -> Self {
        answer.json().unwrap_or_default()
    }
}

/// How long to keep quiet when a 429 does not say.
const QUIET: SignedDuration = SignedDuration::from_mins(5);

/// What an answer that is not a success means. Trouble of the server's own leaves open what became of a call that must not
/// run twice.
pub fn refusal(answer: &Answer, effect: Effect, now: Timestamp) -> PlatformError {
    let Refusal { error, message } = Refusal::of(answer);
    let status = answer.status.as_u16();
    let log = format!("{status} {error}: {message:.300}");
    match (status, error.as_str()) {
        (429, _) | (_, "RateLimitExceeded") => rate_limited(answer, now, log),
        (_, "ExpiredToken" | "InvalidToken") => PlatformError::new(
            Advice::Refresh,
            ErrorCode::ConnectionExpired,
            "The session with Bluesky has ended. It is renewed by itself.",
            log,
        ),
        (_, "AccountTakedown" | "RepoTakendown" | "RepoSuspended" | "AccountSuspended") => {
            PlatformError::new(
                Advice::Permanent,
                ErrorCode::AccountRestricted,
                "Bluesky has taken the account down. Nothing can be posted until Bluesky allows it again.",
                log,
            )
        }
        (_, "AccountDeactivated" | "RepoDeactivated") => PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::AccountRestricted,
            "The account is deactivated. Sign in to Bluesky and reactivate it.",
            log,
        ),
        (_, "AuthFactorTokenRequired") => PlatformError::new(
            Advice::Reconnect,
            ErrorCode::WrongCredentials,
            "Bluesky asks for a code by e-mail, so this is the account's own password. Make an app password and use that.",
            log,
        ),
        (403, _) | (_, "BadJwtScope" | "InsufficientScope") => PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::PermissionMissing,
            "The app password does not allow this. Make a new one at Bluesky and reconnect.",
            log,
        ),
        (401, _) => PlatformError::reconnect(NAME, log),
        (413, _) | (_, "BlobTooLarge" | "PayloadTooLarge" | "InvalidMimeType") => {
            PlatformError::new(
                Advice::FixContent {
                    field: "media".into(),
                },
                ErrorCode::MediaRejected,
                format!("Bluesky did not take the picture{}", said(&message)),
                log,
            )
        }
        (400, "InvalidRequest" | "InvalidRecord") => PlatformError::new(
            Advice::FixContent {
                field: "text".into(),
            },
            ErrorCode::ContentRejected,
            format!("Bluesky did not take the post{}", said(&message)),
            log,
        ),
        (408 | 425 | 500.., _) => match effect {
            Effect::Repeatable => PlatformError::unavailable(NAME, log),
            Effect::Once => PlatformError::outcome_unknown(NAME, log),
        },
        (_, "") => PlatformError::new(
            Advice::Permanent,
            ErrorCode::ServerNotSupported,
            "The server does not answer as a Bluesky server does.",
            log,
        ),
        _ => PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformRefused,
            format!("Bluesky refused{}", said(&message)),
            log,
        ),
    }
}

fn rate_limited(answer: &Answer, now: Timestamp, log: String) -> PlatformError {
    let until = reset_of(answer)
        .filter(|reset| *reset > now)
        .unwrap_or(now + QUIET);
    PlatformError::new(
        Advice::RateLimited {
            until,
            scope: RateScope::Channel,
        },
        ErrorCode::PlatformRateLimited,
        "Bluesky allows no more calls for now. It goes on by itself later.",
        log,
    )
}

/// When the allowance is fresh again: `RateLimit-Reset` in seconds since 1970.
pub fn reset_of(answer: &Answer) -> Option<Timestamp> {
    Timestamp::from_second(answer.header("ratelimit-reset")?.parse().ok()?).ok()
}

/// The server's own words behind ours.
fn said(message: &str) -> String {
    match message.trim().trim_end_matches('.') {
        "" => ".".to_owned(),
        message => format!(": {message:.200}."),
    }
}

/// The server forgot a picture that no post showed in time.
pub fn is_blob_lost(answer: &Answer) -> bool {
    Refusal::of(answer).error == "BlobNotFound"
}
