//! How long an answer takes tells nobody who has an account.

use std::time::{Duration, Instant};

use fanfare_testkit::{StatusCode, TestHub};
use reqwest::Method;
use serde_json::json;

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

with_hub!(signing_in_takes_as_long_for_an_unknown_address);

/// Enough for a median that one slow moment of the machine does not move.
const PAIRS: usize = 31;

/// Hashing a password takes most of the time of an answer. Were it left out for unknown addresses, their median would be a small fraction of
/// the other; a busy machine does not make one of two that alternate half as long again.
async fn signing_in_takes_as_long_for_an_unknown_address(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        // The one that goes first changes, so that neither profits from what the other warmed up.
        if number % 2 == 0 {
            known.push(attempt(hub, "ada@example.com", number).await);
            unknown.push(attempt(hub, "bea@example.com", number).await);
        } else {
            unknown.push(attempt(hub, "bea@example.com", number).await);
            known.push(attempt(hub, "ada@example.com", number).await);
        }
    }
    let (known, unknown) = (median(known), median(unknown));
    let ratio = unknown.as_secs_f64() / known.as_secs_f64();
    assert!(
        (0.6..1.6).contains(&ratio),
        "known {known:?}, unknown {unknown:?}"
    );
}

/// From a place of its own, so that no limit is in the way.
async fn attempt(hub: &TestHub, email: &str, number: usize) -> Duration {
    let request = hub
        .browser()
        .request(Method::POST, "/api/auth/login")
        .header("x-forwarded-for", format!("198.51.100.{number}"))
        .json(&json!({ "email": email, "password": "not the password" }));
    let begun = Instant::now();
    let answer = request.send().await.unwrap();
    let took = begun.elapsed();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
