//! How long an answer takes tells nobody who has an account.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

use fanfare_testkit::{StatusCode, TestHub};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

with_hub!(
    signing_in_takes_as_long_for_an_unknown_address,
    asking_for_a_new_password_takes_as_long_for_an_unknown_address,
);

const PAIRS: usize = 48;
/// So many standard deviations from even odds. By chance it comes to this once in a hundred thousand runs; were the hashing of the password
/// left out for unknown addresses, it would be eight.
const BOUND: f64 = 4.5;

async fn signing_in_takes_as_long_for_an_unknown_address(hub: &TestHub) {
    let body = |email: &str| json!({ "email": email, "password": "not the password" });
    takes_as_long(hub, "/api/auth/login", StatusCode::UNAUTHORIZED, body).await;
}

async fn asking_for_a_new_password_takes_as_long_for_an_unknown_address(hub: &TestHub) {
    let body = |email: &str| json!({ "email": email });
    takes_as_long(hub, "/api/auth/forgot-password", StatusCode::ACCEPTED, body).await;
}

async fn takes_as_long(
    hub: &TestHub,
    path: &str,
    expected: StatusCode,
    body: impl Fn(&str) -> Value,
) {
    hub.browser().register("ada@example.com").await;
    let attempt = async |email: &str| {
        // From an hour of its own, so that no limit is in the way.
        hub.clock.advance(SignedDuration::from_hours(1));
        let browser = hub.browser();
        // The connection is made before.
        browser.get("/api/auth/status").await;
        let request = browser.request(Method::POST, path).json(&body(email));
        let begun = Instant::now();
        let answer = request.send().await.unwrap();
        let took = begun.elapsed();
        assert_eq!(answer.status(), expected);
        took
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        // The one that goes first changes, so that neither profits from what the other warmed up, nor suffers from what came between.
        if number % 2 == 0 {
            known.push(attempt("ada@example.com").await);
            unknown.push(attempt("bea@example.com").await);
        } else {
            unknown.push(attempt("bea@example.com").await);
            known.push(attempt("ada@example.com").await);
        }
    }
    let deviation = apart(&known, &unknown);
    assert!(
        deviation.abs() < BOUND,
        "{deviation:.1} deviations apart: known {:?}, unknown {:?}",
        median(known),
        median(unknown)
    );
}

/// By how many standard deviations the one are longer than the others, by the test of Mann and Whitney: it asks how often one of these is
/// longer than one of those, so a few that a busy machine held up count no more than others.
#[expect(clippy::cast_precision_loss, reason = "there are few")]
fn apart(one: &[Duration], other: &[Duration]) -> f64 {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| a.cmp(b)));
    let longer: f64 = pairs
        .map(|order| match order {
            Ordering::Greater => 1.0,
            Ordering::Equal => 0.5,
            Ordering::Less => 0.0,
        })
        .sum();
    let (n, m) = (one.len() as f64, other.len() as f64);
    (longer - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
fn what_takes_longer_is_told_apart() {
    let times =
        |from: u64| -> Vec<Duration> { (from..from + 48).map(Duration::from_millis).collect() };
    assert!(apart(&times(0), &times(0)).abs() < 0.01);
    assert!(apart(&times(0), &times(4)).abs() < BOUND);
    assert!(apart(&times(0), &times(28)) < -BOUND);
    assert!(apart(&times(48), &times(0)) > 8.0);
}
