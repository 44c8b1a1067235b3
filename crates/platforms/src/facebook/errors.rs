//! From Facebook's answers to what to do next.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};

use super::NAME;
use super::manifest::LINK;
use crate::meta_graph::Refused;

/// What an answer that is not a success means.
pub fn refusal(answer: &Answer, effect: Effect, now: Timestamp) -> PlatformError {
    let refused = match Refused::read(NAME, answer, effect, now) {
        Ok(refused) => refused,
        Err(error) => return error,
    };
    match (refused.code(), refused.subcode()) {
        // Subcodes name the cause, whatever code they come with.
        (_, 1366046) => refused.fix(
            "media",
            ErrorCode::MediaRejected,
            "did not accept a picture. It takes JPEG, PNG and GIF, best below 4 MB.",
        ),
        (_, 2069019) => refused.fix("media", ErrorCode::MediaRejected, "could not read a file."),
        (506, _) | (_, 1366051) => refused.fix(
            "text",
            ErrorCode::DuplicateContent,
            "says that the same was posted on this Page just before.",
        ),
        (_, 1390008) => refused.rate_limited(RateScope::Channel, SignedDuration::from_mins(15)),
        (_, 1346003 | 1404102) => refused.fix(
            "text",
            ErrorCode::ContentRejected,
            "did not accept the content, because of its community standards.",
        ),
        (_, 1349125) => refused.fix("text", ErrorCode::ContentRejected, "did not accept the text."),
        (_, 2061006) => refused.fix(
            "text",
            ErrorCode::ContentRejected,
            "did not accept an address in the text. Correct or remove it.",
        ),
        (1609005, _) | (_, 1609005) => refused.fix(
            LINK,
            ErrorCode::ContentRejected,
            "could not read the page behind the link. It must be public.",
        ),
        (1500, _) => refused.fix(LINK, ErrorCode::InvalidUrl, "does not take this address."),
        (_, 1609008) => refused.fix(
            LINK,
            ErrorCode::ContentRejected,
            "does not take links to its own pages here. Use another link.",
        ),
        (_, 1404006 | 1404078 | 4854002) => refused.needs_permission(
            "wants you to confirm who you are, or that you may publish for this Page, before it takes more posts. Open the \
             Page there and follow what it asks.",
        ),
        (_, 1404112) => refused.restricted("has limited this account for some days."),
        (_, 1363047 | 1609010) => refused.may_pass(),
        (352 | 382 | 389 | 6000, _) => refused.fix(
            "media",
            ErrorCode::MediaRejected,
            "did not accept the video. MP4 with H.264 video and AAC sound is safest.",
        ),
        (_, 1363037) => refused.retry(
            ErrorCode::MediaMissing,
            "has lost count of the upload. It is sent again from the beginning.",
        ),
        (6001, _) => refused.may_pass(),
        (210, _) => refused.needs_permission("says that this is not a Page of yours."),
        _ => refused.common(),
    }
}
