//! How often each key may call.

use fanfare_domain::rate_limit::Rate;
use fanfare_domain::{ApiKeyId, Limit};
use jiff::Timestamp;

use crate::App;
use crate::limits::whole_seconds;

/// What is left of a key's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// When all of the limit is there again.
    pub full_at: Timestamp,
    /// In how many seconds that is.
    pub full_in_seconds: u64,
    /// In how many seconds the next call is taken; 0 when the present one is.
    pub wait_seconds: u64,
}

/// Counts a call with a key that may make so many per minute.
pub async fn count_call(app: &App, key: ApiKeyId, per_minute: u32) -> Allowance {
    let rate = Rate {
        burst: per_minute,
        ..Limit::ApiKey.rule().rate
    };
    let taken = app.count(Limit::ApiKey, &key.to_string(), rate).await;
    Allowance {
        limit: per_minute,
        remaining: taken.left,
        full_at: app.now() + taken.full_in,
        full_in_seconds: whole_seconds(taken.full_in),
        wait_seconds: whole_seconds(taken.wait),
    }
}
