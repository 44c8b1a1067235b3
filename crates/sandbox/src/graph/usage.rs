//! Usage headers and, when a limit is set, the limit itself.

use axum::http::HeaderValue;
use axum::response::Response;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::error::GraphError;
use crate::Platform;
use crate::call::Call;
use crate::faults::{CallKind, Fault, FaultRule};
use crate::state::World;
use crate::tokens::Holder;

const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// What the percentages are of when no limit is set: so much that they stay low.
const GENEROUS: u64 = 1_000_000;
/// How long a rate-limit fault says to wait when it is not told.
const FAULT_MINUTES: i64 = 1;

/// Whose allowance a call uses; each has an error code and a header of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Allowance {
    /// Of the application: code 4.
    App,
    /// Of a Page reached with a person's token: code 32.
    Page,
    /// Of a Page or Instagram account: codes 80001 and 80002.
    Business(Platform),
}

/// What one call used.
pub struct Usage {
    allowance: Allowance,
    account: String,
    percent: u64,
    /// Minutes until calls are taken again; set when this one is not.
    wait: Option<i64>,
}

impl Usage {
    /// Counts a call, and sees whether it is one too many or a fault says so.
    pub fn of(
        world: &World,
        platform: Platform,
        kind: CallKind,
        call: &Call,
        rule: Option<&FaultRule>,
    ) -> Self {
        let (now, limit, holder) = world.look(|state| {
            let token = call.token().and_then(|text| state.tokens.find(text));
            let holder = token.map(|token| token.grant.holder.clone());
            (state.now(), state.behaviour.call_limit, holder)
        });
        let caller = call.token().unwrap_or("nobody");
        let window = world.traffic.note(platform, kind, caller, WINDOW, now);
        let fault = rule.filter(|rule| rule.fault == Fault::RateLimit);
        let wait = match (fault, limit) {
            (Some(rule), _) => Some(rule.delay_ms.map_or(FAULT_MINUTES, minutes)),
            (None, Some(limit)) if window.calls > limit => {
                let spent = now.duration_since(window.since);
                Some(((WINDOW - spent).as_secs() / 60).max(1))
            }
            _ => None,
        };
        let percent = match wait {
            Some(_) => 100,
            None => window.calls.saturating_mul(100) / limit.unwrap_or(GENEROUS).max(1),
        };
        let account = match &holder {
            Some(Holder::FacebookPage(id) | Holder::InstagramUser(id)) => id.clone(),
            _ => call.segments.first().cloned().unwrap_or_default(),
        };
        Self {
            allowance: allowance(platform, kind, holder.as_ref()),
            account,
            percent,
            wait,
        }
    }

    pub fn refusal(&self) -> Option<GraphError> {
        self.wait?;
        let (code, message) = match self.allowance {
            Allowance::App => (4, "(#4) Application request limit reached"),
            Allowance::Page => (32, "(#32) Page request limit reached"),
            Allowance::Business(Platform::Instagram) => (
                80002,
                "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.",
            ),
            Allowance::Business(_) => (
                80001,
                "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
            ),
        };
        Some(GraphError {
            transient: true,
            ..GraphError::new(code, message)
        })
    }

    /// Adds `x-app-usage` and, where the call counts for an account, `x-business-use-case-usage`.
    pub fn add_headers(&self, response: &mut Response) {
        let used = |percent: u64| json!({"call_count": percent, "total_time": percent / 2, "total_cputime": percent / 2});
        let Allowance::Business(platform) = self.allowance else {
            return insert(response, "x-app-usage", &used(self.percent));
        };
        // A full account leaves the application's own allowance alone.
        insert(
            response,
            "x-app-usage",
            &used(if self.wait.is_some() { 1 } else { self.percent }),
        );
        let mut business = used(self.percent);
        business["type"] = if platform == Platform::Instagram {
            "instagram".into()
        } else {
            "pages".into()
        };
        business["estimated_time_to_regain_access"] = self.wait.unwrap_or(0).into();
        let account = self.account.as_str();
        insert(
            response,
            "x-business-use-case-usage",
            &json!({ account: [business] }),
        );
    }
}

fn allowance(platform: Platform, kind: CallKind, holder: Option<&Holder>) -> Allowance {
    match (kind, holder) {
        (CallKind::Token, _) | (_, None) => Allowance::App,
        (_, Some(Holder::FacebookUser(_))) if platform == Platform::Facebook => Allowance::Page,
        _ => Allowance::Business(platform),
    }
}

fn minutes(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds.div_ceil(60_000)).unwrap_or(i64::MAX)
}

fn insert(response: &mut Response, name: &'static str, value: &Value) {
    if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
        response.headers_mut().insert(name, value);
    }
}
