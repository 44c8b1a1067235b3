//! How often something may be tried: the table of the domain, asked and answered in words.

use std::net::{IpAddr, Ipv6Addr};

use fanfare_domain::rate_limit::{Bucket, Rate, Taken};
use fanfare_domain::{ErrorCode, Limit};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::{App, AppError, RefusalKind, Result};

impl App {
    /// Counts an attempt of `who` (a person, an address, a place).
    ///
    /// # Errors
    /// `too_many_requests`, with how long to wait.
    pub(crate) async fn limit(&self, limit: Limit, who: &str) -> Result<()> {
        let taken = self.count(limit, who, limit.rule().rate).await;
        if taken.is_allowed {
            Ok(())
        } else {
            Err(too_many(taken))
        }
    }

    /// The same by a rate of its own.
    pub(crate) async fn count(&self, limit: Limit, who: &str, rate: Rate) -> Taken {
        let taken = self.limits.take(&bucket(limit, who), rate).await;
        if taken.is_allowed {
            metrics::counter!("fanfare_rate_limit_allowed_total", "limit" => limit.as_str())
                .increment(1);
        } else {
            metrics::counter!("fanfare_rate_limit_refused_total", "limit" => limit.as_str())
                .increment(1);
        }
        taken
    }

    /// Forgets what was counted for somebody who has proved who they are.
    pub(crate) async fn unlimit(&self, limit: Limit, who: &str) {
        self.limits.forget(&bucket(limit, who)).await;
    }

    /// Takes back one attempt, which was no guess.
    pub(crate) async fn uncount(&self, limit: Limit, who: &str) {
        let rate = limit.rule().rate;
        self.limits.give_back(&bucket(limit, who), rate).await;
    }
}

/// Nobody's e-mail address lies where attempts are counted, and no name is longer than another.
fn bucket(limit: Limit, who: &str) -> Bucket {
    let digest = Sha256::digest(who.as_bytes());
    Bucket::new(limit, &hex::encode(&digest[..16]))
}

/// The place that an address belongs to. Whoever has one IPv6 address has all of its /64, so those count together.
pub(crate) fn place(ip: &str) -> String {
    match ip.parse() {
        Ok(IpAddr::V6(address)) => {
            let network = address.to_bits() & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
        _ => ip.to_owned(),
    }
}

/// So many whole seconds last at least as long.
pub(crate) fn whole_seconds(time: SignedDuration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(0).div_ceil(1_000)
}

fn too_many(taken: Taken) -> AppError {
    let seconds = whole_seconds(taken.wait).max(1);
    let minutes = seconds.div_ceil(60);
    AppError::refused(
        RefusalKind::TooMany {
            retry_after_seconds: seconds,
        },
        ErrorCode::TooManyRequests,
        format!("That was tried too often. Try again in {minutes} minutes."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_one_owner_is_one_place() {
        assert_eq!(place("203.0.113.5"), "203.0.113.5");
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(place("2001:db8:1:2::9"), "2001:db8:1:2::/64");
        assert_eq!(place(""), "");
    }
}
