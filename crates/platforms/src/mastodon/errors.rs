//! What Mastodon's refusals mean.

use std::time::Duration;

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::NAME;

/// The body of every refusal: `{"error":"…"}`, from the token endpoint with a description.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    error: Option<String>,
    error_description: Option<String>,
}

/// How long to keep quiet when a 429 does not say.
const QUIET: SignedDuration = SignedDuration::from_mins(5);
/// When to ask again for media that is not ready.
const PROCESSING: Duration = Duration::from_secs(5);

/// What an answer that is not a success means. Trouble of the instance's own leaves open what became of a call that must
/// not run twice.
pub fn refusal(answer: &Answer, effect: Effect, now: Timestamp) -> PlatformError {
    let status = answer.status.as_u16();
    let Refusal {
        error,
        error_description,
    } = answer.json().unwrap_or_default();
    let is_mastodon = error.is_some();
    let said = error_description.or(error).unwrap_or_default();
    let log = format!("{status}: {said:.300}");
    match status {
        429 => rate_limited(answer, now, log),
        401 => PlatformError::reconnect(NAME, log),
        403 => forbidden(&said, log),
        422 => invalid(&said, log),
        413 => media_refused(&said, log),
        408 | 425 | 500.. => match effect {
            Effect::Repeatable => PlatformError::unavailable(NAME, log),
            Effect::Once => PlatformError::outcome_unknown(NAME, log),
        },
        _ if !is_mastodon => PlatformError::new(
            Advice::Permanent,
            ErrorCode::ServerNotSupported,
            "Mastodon was expected at this server, which answers otherwise.",
            log,
        ),
        _ => PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformRefused,
            format!("Mastodon refused{}", quoted(&said)),
            log,
        ),
    }
}

fn rate_limited(answer: &Answer, now: Timestamp, log: String) -> PlatformError {
    let until = reset_of(answer, now)
        .filter(|reset| *reset > now)
        .unwrap_or(now + QUIET);
    PlatformError::new(
        Advice::RateLimited {
            until,
            scope: RateScope::Channel,
        },
        ErrorCode::PlatformRateLimited,
        "Mastodon allows no more calls for now. It goes on by itself later.",
        log,
    )
}

/// When the allowance is fresh again: an instant in `X-RateLimit-Reset`, or seconds in `Retry-After`.
pub fn reset_of(answer: &Answer, now: Timestamp) -> Option<Timestamp> {
    let reset = answer
        .header("x-ratelimit-reset")
        .and_then(|reset| reset.parse().ok());
    let after = || {
        answer
            .header("retry-after")?
            .parse()
            .ok()
            .map(SignedDuration::from_secs)
    };
    reset.or_else(|| now.checked_add(after()?).ok())
}

fn forbidden(said: &str, log: String) -> PlatformError {
    let restricted = ["disabled", "suspended", "pending", "confirmed", "moved"];
    if restricted.iter().any(|word| said.contains(word)) {
        return PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::AccountRestricted,
            format!("Mastodon does not let the account post{}", quoted(said)),
            log,
        );
    }
    PlatformError::new(
        Advice::NeedsPermission,
        ErrorCode::PermissionMissing,
        "Mastodon says that the connection may not do this. Reconnect it and allow everything that is asked for.",
        log,
    )
}

fn invalid(said: &str, log: String) -> PlatformError {
    if said.contains("not finished processing") {
        return PlatformError::new(
            Advice::Retry {
                after: Some(PROCESSING),
            },
            ErrorCode::PlatformUnavailable,
            "Mastodon is still processing the media. It is tried again by itself.",
            log,
        );
    }
    let about = said.to_lowercase();
    let media = [
        "file",
        "image",
        "video",
        "media",
        "attach",
        "description",
        "thumbnail",
    ];
    if media.iter().any(|word| about.contains(word)) {
        return media_refused(said, log);
    }
    PlatformError::new(
        Advice::FixContent {
            field: "text".into(),
        },
        ErrorCode::ContentRejected,
        format!("Mastodon did not take the post{}", quoted(said)),
        log,
    )
}

fn media_refused(said: &str, log: String) -> PlatformError {
    PlatformError::new(
        Advice::FixContent {
            field: "media".into(),
        },
        ErrorCode::MediaRejected,
        format!("Mastodon did not take a picture or video{}", quoted(said)),
        log,
    )
}

/// The instance's own words behind ours.
fn quoted(said: &str) -> String {
    let said = said
        .trim()
        .trim_start_matches("Validation failed: ")
        .trim_end_matches(['.', '!']);
    if said.is_empty() {
        ".".to_owned()
    } else {
        format!(": {said:.200}.")
    }
}
