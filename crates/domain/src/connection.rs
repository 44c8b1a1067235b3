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

/// Whether a connection is renewed before its end without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    Never,
    Works,
    /// The last try failed; it is tried again.
    Fails,
}

/// How long before its end a connection that does not renew itself is shown as expiring.
pub const EXPIRING_MARGIN: SignedDuration = SignedDuration::from_hours(7 * 24);

impl ConnectionStatus {
    /// What the status on record means at `now`.
    #[must_use]
    pub fn at(self, now: Timestamp, expires_at: Option<Timestamp>, renewal: Renewal) -> Self {
        let (Self::Connected, Some(end)) = (self, expires_at) else {
            return self;
        };
        match renewal {
            // Short-lived access may run out between two uses; the next use renews it.
            Renewal::Works => Self::Connected,
            _ if end > now + EXPIRING_MARGIN => Self::Connected,
            _ if end > now => Self::Expiring,
            Renewal::Fails => Self::Error,
            Renewal::Never => Self::Expired,
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
        for (on_record, expires_at, renewal, shown) in [
            (S::Connected, None, Renewal::Never, S::Connected),
            (
                S::Connected,
                hours(7 * 24 + 1),
                Renewal::Never,
                S::Connected,
            ),
            (S::Connected, hours(7 * 24), Renewal::Never, S::Expiring),
            (S::Connected, hours(7 * 24), Renewal::Fails, S::Expiring),
            (S::Connected, hours(1), Renewal::Works, S::Connected),
            (S::Connected, hours(-1), Renewal::Works, S::Connected),
            (S::Connected, hours(0), Renewal::Never, S::Expired),
            (S::Connected, hours(0), Renewal::Fails, S::Error),
            (S::Revoked, hours(1), Renewal::Works, S::Revoked),
            (S::Error, hours(1), Renewal::Never, S::Error),
            (S::Disconnected, None, Renewal::Never, S::Disconnected),
        ] {
            assert_eq!(
                on_record.at(now, expires_at, renewal),
                shown,
                "{on_record} {expires_at:?} {renewal:?}"
            );
        }
    }
}
