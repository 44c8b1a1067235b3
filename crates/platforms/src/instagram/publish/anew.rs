//! Beginning again with fresh containers, where the prepared ones came to nothing.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{Outgoing, Step};
use fanfare_platform_kit::{Advice, PlatformError};

use super::super::errors::is_container_gone;
use super::{Walk, checkpoint};

/// How often a container that came to nothing is made anew.
const ROUNDS_MAX: u32 = 3;

/// Begins again with fresh containers, a few times.
pub(super) fn anew(round: u32, error: PlatformError) -> Result<Step, PlatformError> {
    if round >= ROUNDS_MAX {
        return Err(PlatformError {
            advice: Advice::Permanent,
            ..error
        });
    }
    checkpoint(&Walk::Preparing {
        items: Vec::new(),
        round: round + 1,
    })
}

/// What Instagram could not fetch may be ours to mend: then it is not the file's fault, and may pass.
pub(super) async fn ours_or(error: PlatformError, outgoing: &Outgoing) -> PlatformError {
    if !matches!(
        error.code,
        ErrorCode::MediaUnreachable | ErrorCode::MediaRejected
    ) {
        return error;
    }
    for media in &outgoing.media {
        if let Err(ours) = media.length().await {
            return ours;
        }
    }
    error
}

pub(super) fn anew_if_it_may_help(round: u32, error: PlatformError) -> Result<Step, PlatformError> {
    match error.advice {
        // The first step of the same round waits until the file can be read.
        _ if error.code == ErrorCode::MediaUnavailable => checkpoint(&Walk::Preparing {
            items: Vec::new(),
            round,
        }),
        Advice::Retry { .. } => anew(round, error),
        _ => Err(error),
    }
}

pub(super) fn anew_if_gone(error: PlatformError, round: u32) -> Result<Step, PlatformError> {
    if is_container_gone(&error) {
        anew(round, error)
    } else {
        Err(error)
    }
}

pub(super) fn expired() -> PlatformError {
    PlatformError::new(
        Advice::Retry { after: None },
        ErrorCode::MediaMissing,
        "Instagram has forgotten the prepared post before it could be published.",
        "container expired",
    )
}
