//! The link of an invitation: a page of the interface, with a token that is kept as its hash only.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::settings::join;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::accounts::new_token;
use crate::{App, AppError, RefusalKind};

/// It works this long.
pub(super) const DAYS: i64 = 7;

/// A link that nobody has yet, and its token.
pub(super) fn new(app: &App) -> (Url, Secret) {
    let token = new_token();
    let mut link = join(&app.config.public_url, "invitation");
    link.query_pairs_mut().append_pair("token", token.expose());
    (link, token)
}

pub(super) fn expiry(now: Timestamp) -> Timestamp {
    now + SignedDuration::from_hours(24 * DAYS)
}

/// Why it does not work is not told to whoever has nothing but a wrong token.
pub(super) fn invalid() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::LinkInvalid,
        "This invitation was used, replaced or withdrawn, or has expired. Ask whoever invited you for a new one.",
    )
}
