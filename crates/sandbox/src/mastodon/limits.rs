//! Rate limits and the headers that announce them.

use axum::http::HeaderValue;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use crate::Platform;
use crate::call::Call;
use crate::faults::{CallKind, Fault, FaultRule};
use crate::state::World;

const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// The limit that the headers announce when none is set.
const GENEROUS: u64 = 1_000_000;
/// How long a rate-limit fault says to wait when it is not told.
const FAULT_WAIT: u64 = 60_000;

/// Where a caller stands in the present window.
pub struct Limits {
    limit: u64,
    remaining: u64,
    reset: Timestamp,
    pub used_up: bool,
}

impl Limits {
    /// Counts a call, and sees whether it is one too many or a fault says so.
    pub fn of(world: &World, kind: CallKind, call: &Call, rule: Option<&FaultRule>) -> Self {
        let (now, limit) = world.look(|state| (state.now(), state.behaviour.call_limit));
        let limit = limit.unwrap_or(GENEROUS);
        let caller = call.token().unwrap_or("nobody");
        let window = world
            .traffic
            .note(Platform::Mastodon, kind, caller, WINDOW, now);
        if let Some(rule) = rule.filter(|rule| rule.fault == Fault::RateLimit) {
            let wait = std::time::Duration::from_millis(rule.delay_ms.unwrap_or(FAULT_WAIT));
            return Self {
                limit,
                remaining: 0,
                reset: now + wait,
                used_up: true,
            };
        }
        Self {
            limit,
            remaining: limit.saturating_sub(window.calls),
            reset: window.since + WINDOW,
            used_up: window.calls > limit,
        }
    }

    pub fn add_headers(&self, response: &mut Response) {
        let reset = self.reset.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string();
        let values = [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", reset),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}
