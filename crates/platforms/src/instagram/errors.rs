//! From Instagram's answers to what to do next.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::{SignedDuration, Timestamp};

use super::NAME;
use super::manifest::{COLLABORATORS, COVER};
use crate::meta_graph::Refused;

/// The daily limit counts a rolling day, so there may be room again at any time.
const DAILY_LIMIT_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// What an answer that is not a success means.
pub fn refusal(answer: &Answer, effect: Effect, now: Timestamp) -> PlatformError {
    match Refused::read(NAME, answer, effect, now) {
        Ok(refused) => meaning(&refused),
        Err(error) => error,
    }
}

/// Why a container came to nothing. Its status says it in words that carry a subcode, such as "Error: Media upload has
/// failed with error code 2207026".
pub fn processing_failed(answer: &Answer, status: &str, now: Timestamp) -> PlatformError {
    let numbers = status.split(|c: char| !c.is_ascii_digit());
    let subcode = numbers
        .filter(|number| number.starts_with("2207"))
        .find_map(|n| n.parse().ok());
    let refused = Refused::in_words(NAME, answer, now, subcode.unwrap_or(2207026), status);
    meaning(&refused)
}

/// The container is no longer there, so a new one must be made. A file of ours that is gone has the same code and other advice.
pub fn is_container_gone(error: &PlatformError) -> bool {
    error.code == ErrorCode::MediaMissing && matches!(error.advice, Advice::Retry { .. })
}

fn meaning(refused: &Refused<'_>) -> PlatformError {
    match (refused.code(), refused.subcode()) {
        // Subcodes name the cause, whatever code they come with.
        (_, 2207042) => refused.daily_limit(DAILY_LIMIT_PAUSE),
        (_, 2207051) => refused.restricted(
            "took this for spam and has blocked the account from posting for now. Look into the app, and wait a day.",
        ),
        (_, 2207050) => refused
            .restricted("has restricted the account. Open the Instagram app and follow what it asks."),
        (_, 2207001 | 2207003 | 2207032 | 2207053) => refused.may_pass(),
        (9007, _) | (_, 2207027) => {
            refused.retry(ErrorCode::PlatformUnavailable, "is not ready with the post. It is tried again by itself.")
        }
        (_, 2207006 | 2207008 | 2207020) | (24, _) => refused.retry(
            ErrorCode::MediaMissing,
            "has forgotten the prepared post. It is prepared again by itself.",
        ),
        (_, 2207004) => media(refused, ErrorCode::MediaTooLarge, "takes pictures of at most 8 MB."),
        (_, 2207005) => media(refused, ErrorCode::MediaTypeNotAllowed, "takes JPEG pictures only."),
        (_, 2207009) => media(
            refused,
            ErrorCode::MediaShapeNotAllowed,
            "takes pictures between 4:5 and 1.91:1 only. Crop it.",
        ),
        (_, 2207028) => {
            media(refused, ErrorCode::TooManyMedia, "takes 2 to 10 items in a carousel.")
        }
        (_, 2207026 | 2207076 | 2207077 | 2207082) | (352, _) => media(
            refused,
            ErrorCode::MediaRejected,
            "could not process a file. JPEG, and MP4 with H.264 video and AAC sound, are safest.",
        ),
        (9004, _) | (_, 2207052) => media(
            refused,
            ErrorCode::MediaUnreachable,
            "could not fetch a file from this installation, which must be reachable from the internet under its public \
             address.",
        ),
        (36000..=36003, _) => media(refused, ErrorCode::MediaRejected, "did not accept a picture."),
        (_, 2207010) | (36004, _) => refused.fix(
            "text",
            ErrorCode::TextTooLong,
            "takes captions of at most 2200 characters and 30 hashtags.",
        ),
        (_, 2207040) => {
            refused.fix("text", ErrorCode::TooManyMentions, "takes at most 20 mentions.")
        }
        (_, 2207018) => refused.fix(
            COLLABORATORS,
            ErrorCode::ContentRejected,
            "does not know one of the collaborators, or they cannot be asked. Correct or remove the name.",
        ),
        (_, 2207057) => refused.fix(
            COVER,
            ErrorCode::OutOfRange,
            "found no picture at that moment of the video. Choose an earlier one for the cover.",
        ),
        _ => refused.common(),
    }
}

fn media(refused: &Refused<'_>, code: ErrorCode, words: &str) -> PlatformError {
    refused.fix("media", code, words)
}
