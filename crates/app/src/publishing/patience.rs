//! How long is waited, for a delivery and for its first comment alike.

use fanfare_jobs::backoff;
use fanfare_platform_kit::PlatformError;
use fanfare_store::deliveries::DeliveryError;
use jiff::SignedDuration;

/// How long the platform is asked about an unknown outcome before a person must look.
pub(super) const UNKNOWN_PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// The longest pause between two such questions.
const UNKNOWN_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// How long until the platform is asked again, when it was asked for so long.
pub(super) fn unknown_pause(asked_for: SignedDuration) -> SignedDuration {
    asked_for.clamp(SignedDuration::from_secs(2), UNKNOWN_PAUSE)
}

/// As long as the platform says, or longer with each try.
pub(super) fn after_or_backoff(after: Option<std::time::Duration>, tries: u32) -> SignedDuration {
    SignedDuration::try_from(after.unwrap_or_else(|| backoff(tries)))
        .unwrap_or(SignedDuration::from_mins(15))
}

/// Up to a tenth of the backoff, so that what waited together does not come back together.
pub(super) fn jitter(tries: u32) -> SignedDuration {
    SignedDuration::try_from(backoff(tries) / 10).unwrap_or(SignedDuration::ZERO)
}

/// An error as it is kept and shown.
pub(super) fn words(error: &PlatformError) -> DeliveryError {
    DeliveryError {
        code: error.code,
        detail: error.detail.clone(),
        advice: error.advice.as_str().to_owned(),
    }
}
