//! A sandbox on a clock that a test moves.

use std::sync::Arc;

use fanfare_domain::ManualClock;
use fanfare_sandbox::SandboxSettings;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::drive::{Drive, good, graph_error, text};
use crate::{facebook, mastodon};

async fn at(start: &str) -> (Arc<ManualClock>, Drive) {
    let clock = Arc::new(ManualClock::at(start.parse::<Timestamp>().unwrap()));
    let settings = SandboxSettings {
        clock: clock.clone(),
        ..SandboxSettings::on_port(0)
    };
    (clock, Drive::with(settings).await)
}

#[tokio::test]
async fn tokens_and_keys_end_by_its_clock() {
    let (clock, drive) = at("2031-03-01T09:00:00Z").await;
    let user = facebook::log_in(&drive).await;
    let token = mastodon::log_in(&drive, "").await;
    let status = json!({"status": "Rye"});
    let first = good(mastodon::publish(&drive, &token, &status, "key").await).await;
    assert!(text(&first["created_at"]).starts_with("2031-03-01T09:00:00"));
    clock.advance(SignedDuration::from_mins(59));
    assert_eq!(
        good(mastodon::publish(&drive, &token, &status, "key").await).await["id"],
        first["id"]
    );
    clock.advance(SignedDuration::from_mins(2));
    assert_ne!(
        good(mastodon::publish(&drive, &token, &status, "key").await).await["id"],
        first["id"]
    );
    let me = format!("/facebook/me?access_token={user}");
    good(drive.get(&me).await).await;
    clock.advance(SignedDuration::from_hours(24 * 61));
    assert_eq!(graph_error(drive.get(&me).await).await, (190, Some(463)));
}

#[tokio::test]
async fn answers_are_dated_by_its_clock_and_limits_reopen_by_it() {
    let (clock, drive) = at("2031-03-01T09:00:00Z").await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.call_limit = Some(1));
    assert_eq!(
        drive.get("/api/v2/instance").await.headers()["date"],
        "Sat, 01 Mar 2031 09:00:00 GMT"
    );
    let refused = drive.get("/api/v2/instance").await;
    assert_eq!(
        (
            refused.status().as_u16(),
            &refused.headers()["x-ratelimit-reset"]
        ),
        (429, &"2031-03-01T09:05:00.000000Z".parse().unwrap())
    );
    clock.advance(SignedDuration::from_mins(5));
    assert_eq!(drive.get("/api/v2/instance").await.status(), 200);
}
