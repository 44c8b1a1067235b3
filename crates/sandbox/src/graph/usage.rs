//! Usage headers and, when a limit is set, the limit itself.

use axum::http::HeaderValue;
use axum::response::Response;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Platform;
use crate::call::Call;
use crate::faults::CallKind;
use crate::state::World;
use crate::traffic::Window;

const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// What the percentages are of when no limit is set: so much that they stay low.
const GENEROUS: u64 = 1_000_000;

/// Counts the call for its token.
pub fn count(world: &World, platform: Platform, kind: CallKind, call: &Call) -> Window {
    world
        .traffic
        .note(platform, kind, call.token().unwrap_or("nobody"), WINDOW)
}

pub fn over_limit(world: &World, window: Window) -> bool {
    world
        .look(|state| state.behaviour.call_limit)
        .is_some_and(|limit| window.calls > limit)
}

/// Adds `x-app-usage` and `x-business-use-case-usage`. `limited` says that this answer is a refusal.
pub fn add_headers(
    world: &World,
    platform: Platform,
    call: &Call,
    window: Window,
    limited: bool,
    response: &mut Response,
) {
    let limit = world
        .look(|state| state.behaviour.call_limit)
        .unwrap_or(GENEROUS)
        .max(1);
    let percent = if limited {
        100
    } else {
        window.calls.saturating_mul(100) / limit
    };
    let wait = if percent >= 100 {
        minutes_left(window)
    } else {
        0
    };
    let app =
        json!({"call_count": percent, "total_time": percent / 2, "total_cputime": percent / 2});
    let mut business = app.clone();
    business["type"] = if platform == Platform::Instagram {
        "instagram".into()
    } else {
        "pages".into()
    };
    business["estimated_time_to_regain_access"] = wait.into();
    let account = call.segments.first().map_or("0", String::as_str);
    insert(response, "x-app-usage", &app);
    insert(
        response,
        "x-business-use-case-usage",
        &json!({ account: [business] }),
    );
}

fn minutes_left(window: Window) -> i64 {
    let spent = jiff::Timestamp::now().duration_since(window.since);
    ((WINDOW - spent).as_secs() / 60).clamp(1, 60)
}

fn insert(response: &mut Response, name: &'static str, value: &Value) {
    if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
        response.headers_mut().insert(name, value);
    }
}
