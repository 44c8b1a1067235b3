//! What Google's refusals mean.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::NAME;

/// How long to keep quiet when Google does not say: its allowances are counted by the minute.
const QUIET: SignedDuration = SignedDuration::from_mins(1);
/// The same for what is counted by the day.
const QUIET_FOR_LONG: SignedDuration = SignedDuration::from_hours(1);

/// The two shapes in which Google refuses.
#[derive(Deserialize)]
#[serde(untagged)]
enum Envelope {
    Api {
        error: ApiError,
    },
    /// The token endpoint's.
    Token {
        error: String,
        #[serde(default)]
        error_description: String,
    },
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ApiError {
    message: String,
    errors: Vec<Reason>,
    details: Vec<Reason>,
    status: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

/// Why Google refuses: a word to go by, and a sentence.
#[derive(Default)]
struct Refused {
    reason: String,
    message: String,
}

impl Refused {
    fn of(answer: &Answer) -> Self {
        match answer.json() {
            Ok(Envelope::Api { error }) => Self {
                reason: error.reason(),
                message: error.message,
            },
            Ok(Envelope::Token {
                error,
                error_description,
            }) => Self {
                reason: error,
                message: error_description,
            },
            Err(_) => Self::default(),
        }
    }
}

impl ApiError {
    /// The older list of reasons comes first: its words are the documented ones.
    fn reason(&self) -> String {
        let named = self.errors.iter().chain(&self.details);
        let named = named.map(|one| &one.reason).find(|name| !name.is_empty());
        named.unwrap_or(&self.status).clone()
    }
}

/// What an answer that is not a success means. Trouble of Google's own leaves open what became of a call that must not run
/// twice.
pub fn refusal(answer: &Answer, effect: Effect, now: Timestamp) -> PlatformError {
    let Refused { reason, message } = Refused::of(answer);
    let status = answer.status.as_u16();
    let log = format!("{status} {reason}: {message:.300}");
    if let Some((code, detail)) = about_the_application(&reason) {
        return PlatformError::new(Advice::Permanent, code, detail, log);
    }
    if let Some(detail) = about_the_file(&reason) {
        return PlatformError::new(Advice::Permanent, ErrorCode::RemoteFileRefused, detail, log);
    }
    match (status, reason.as_str()) {
        (_, "invalid_grant") => PlatformError::reconnect(NAME, log),
        (_, "admin_policy_enforced" | "domainPolicy") => PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::AccountRestricted,
            "Google says that whoever manages this account does not allow Fanfare there. Ask them to allow it, then reconnect.",
            log,
        ),
        (_, "insufficientPermissions" | "ACCESS_TOKEN_SCOPE_INSUFFICIENT") => PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::PermissionMissing,
            "Google Drive was not given the permission that this needs. Reconnect and leave every permission ticked.",
            log,
        ),
        (_, "dailyLimitExceeded" | "quotaExceeded") => {
            rate_limited(answer, now, QUIET_FOR_LONG, RateScope::App, log)
        }
        (429, _) | (_, "userRateLimitExceeded" | "rateLimitExceeded" | "RATE_LIMIT_EXCEEDED") => {
            rate_limited(answer, now, QUIET, RateScope::Channel, log)
        }
        (401, _) => PlatformError::new(
            Advice::Refresh,
            ErrorCode::ConnectionExpired,
            "The access to Google Drive has ended. It is renewed by itself.",
            log,
        ),
        (404, _) => no_such_file(log),
        (408 | 425 | 500.., _) | (_, "temporarily_unavailable") => match effect {
            Effect::Repeatable => PlatformError::unavailable(NAME, log),
            Effect::Once => PlatformError::outcome_unknown(NAME, log),
        },
        _ => PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformRefused,
            format!("Google Drive refused{}", quoted(&message)),
            log,
        ),
    }
}

/// What only whoever runs the installation can mend.
fn about_the_application(reason: &str) -> Option<(ErrorCode, String)> {
    let not_set_up = |detail: String| Some((ErrorCode::PlatformNotConfigured, detail));
    match reason {
        "invalid_client" | "unauthorized_client" | "deleted_client" => not_set_up(format!(
            "{NAME} does not accept our application's secret. Compare it with the one in the application's settings there."
        )),
        "redirect_uri_mismatch" => not_set_up(format!(
            "{NAME} does not know this installation's callback address. Enter it in the application's settings there."
        )),
        "accessNotConfigured" | "SERVICE_DISABLED" => not_set_up(
            "The Google Drive API is not enabled for this installation's application, so no files can be shown. Whoever runs the installation enables it at console.cloud.google.com."
                .to_owned(),
        ),
        _ => None,
    }
}

/// What keeps a file that is there from being downloaded.
fn about_the_file(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "cannotDownloadFile" | "insufficientFilePermissions" => {
            "Google Drive says that the file's owner does not let it be downloaded. Ask them for it, or choose another."
        }
        "fileNotDownloadable" => {
            "Google Drive cannot give this out as a picture or video, because it is a document of its own kind. Choose another."
        }
        "appNotAuthorizedToFile" => {
            "Google Drive does not let Fanfare have this file. Reconnect and leave every permission ticked, or choose another."
        }
        "cannotDownloadAbusiveFile" => {
            "Google Drive takes this file for harmful and does not give it out. Choose another."
        }
        "downloadQuotaExceeded" => {
            "Google Drive does not give this file out for now, because it was downloaded too often. Copy it there and take the copy, or try again tomorrow."
        }
        _ => return None,
    })
}

pub fn no_such_file(log: impl Into<String>) -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::RemoteFileNotFound,
        "Google Drive has no such file or folder any more, or does not show it to this account. Look for it there, or choose another.",
        log,
    )
}

fn rate_limited(
    answer: &Answer,
    now: Timestamp,
    quiet: SignedDuration,
    scope: RateScope,
    log: String,
) -> PlatformError {
    let seconds = answer
        .header("retry-after")
        .and_then(|seconds| seconds.parse::<u32>().ok())
        .map(|seconds| SignedDuration::from_secs(seconds.into()));
    PlatformError::new(
        Advice::RateLimited {
            until: now + seconds.unwrap_or(quiet),
            scope,
        },
        ErrorCode::PlatformRateLimited,
        "Google Drive allows no more calls for now. It goes on by itself later.",
        log,
    )
}

/// Google's own words behind ours.
fn quoted(message: &str) -> String {
    match message.trim().trim_end_matches('.') {
        "" => ".".to_owned(),
        message => format!(": {message:.200}."),
    }
}
