//! Where a connection stands: what is on record, and what that means at a given time.

use jiff::{SignedDuration, Timestamp};

use crate::named;

named! {
    /// Whether a connection can be used.
    pub enum ConnectionStatus {
        Connected = "connected",
        /// Still good, but it ends within a week and does not renew itself. Never on record: it follows from the clock.
        Expiring = "expiring",
        /// It ended by the passing of time.
        Expired = "expired",
        /// The platform withdrew it before its time.
        Revoked = "revoked",
        /// The platform refuses for another reason; the last error says which.
        Error = "error",
        /// A person gave it back here.
        Disconnected = "disconnected",
    }
}

/// How long before its end a connection that does not renew itself is shown as expiring.
pub const EXPIRING_MARGIN: SignedDuration = SignedDuration::from_hours(7 * 24);

impl ConnectionStatus {
    /// What the status on record means at `now`.
    ///
    /// `renews` says that it is renewed before its end without a person, and that the last try did not fail. Such a
    /// connection stays connected when its short-lived access has run out between two uses.
    #[must_use]
    pub fn at(self, now: Timestamp, expires_at: Option<Timestamp>, renews: bool) -> Self {
        match (self, expires_at) {
            (Self::Connected, Some(end)) if renews || end > now + EXPIRING_MARGIN => {
                Self::Connected
            }
            (Self::Connected, Some(end)) if end > now => Self::Expiring,
            (Self::Connected, Some(_)) => Self::Expired,
            (on_record, _) => on_record,
        }
    }

    /// Only a person can make it usable again, by consenting at the platform once more.
    #[must_use]
    pub fn wants_consent(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked | Self::Disconnected)
    }
}

#[cfg(test)]
mod tests {
    use super::ConnectionStatus as S;
    use super::*;

    #[test]
    fn the_status_follows_the_clock() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let hours = |hours: i64| Some(now + SignedDuration::from_hours(hours));
        for (on_record, expires_at, renews, shown) in [
            (S::Connected, None, false, S::Connected),
            (S::Connected, hours(7 * 24 + 1), false, S::Connected),
            (S::Connected, hours(7 * 24), false, S::Expiring),
            (S::Connected, hours(1), true, S::Connected),
            (S::Connected, hours(-1), true, S::Connected),
            (S::Connected, hours(0), false, S::Expired),
            (S::Revoked, hours(1), true, S::Revoked),
            (S::Error, hours(1), false, S::Error),
            (S::Disconnected, None, false, S::Disconnected),
        ] {
            assert_eq!(
                on_record.at(now, expires_at, renews),
                shown,
                "{on_record} {expires_at:?}"
            );
        }
    }
}
