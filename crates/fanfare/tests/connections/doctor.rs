//! The connection doctor: what it finds, what it keeps, and what mends it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use fanfare_app::connections::doctor::check_connection;
use fanfare_platform_kit::PlatformError;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::browser::Browser;
use super::scripted::{Answer, LASTS};
use super::stage::Stage;
use super::staged;

staged!(
    a_healthy_connection_is_told_healthy_and_the_look_is_kept,
    a_withdrawn_grant_is_found_and_noted,
    a_slow_platform_says_nothing_about_the_grant,
    missing_permissions_are_named,
    each_channel_is_looked_at,
    keys_that_do_not_open_are_told,
    access_that_ended_is_renewed_before_anything_is_said,
    one_look_at_a_time,
    a_look_that_died_blocks_nothing,
    sync_brings_channels_up_to_date,
    a_disconnected_account_is_not_looked_at,
);

/// What was found, by code; channels by their names.
fn found(check: &Value) -> Vec<(String, String, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let checks = check["checks"].as_array().unwrap().iter();
    checks
        .map(|one| {
            let channel = one["code"] == "channel";
            let name = text(&one[if channel { "title" } else { "code" }]);
            (name, text(&one["state"]), one["repair"].clone())
        })
        .collect()
}

fn state_of(check: &Value, name: &str) -> (String, Value) {
    let all = found(check);
    let one = all.into_iter().find(|(code, ..)| code == name);
    let (_, state, repair) = one.unwrap_or_else(|| panic!("{name} is not in {check}"));
    (state, repair)
}

fn is(state: &str, repair: Value) -> (String, Value) {
    (state.to_owned(), repair)
}

async fn check(browser: &Browser, connection: impl std::fmt::Display) -> Value {
    let path = format!("/api/connections/{connection}/check");
    let got = browser.post(&path, json!({})).await;
    assert_eq!(got.status, 200, "{got:?}");
    got.json()
}

async fn a_healthy_connection_is_told_healthy_and_the_look_is_kept(stage: Stage) {
    stage.platform.give(&["read", "write"]);
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let first = check(&browser, connection).await;
    let names: Vec<_> = found(&first).into_iter().map(|(name, ..)| name).collect();
    let expected = [
        "credentials",
        "access",
        "permissions",
        "The bakery",
        "The cafe",
        "expiry",
        "rate_limit",
        "public_address",
    ];
    assert_eq!(names, expected);
    // This stage's own address leads nowhere.
    for (name, state, repair) in &found(&first)[..7] {
        assert_eq!((state.as_str(), repair), ("ok", &json!(null)), "{name}");
    }
    assert_eq!(
        state_of(&first, "public_address"),
        is("warning", json!("documentation"))
    );
    assert_eq!(first["state"], "warning");
    assert_eq!(stage.platform.renewals(), 0, "looking renews nothing");

    stage.clock.advance(SignedDuration::from_mins(1));
    let second = check(&browser, connection).await;
    let path = format!("/api/connections/{connection}/checks");
    let kept = browser.get(&format!("{path}?limit=1")).await.json();
    assert_eq!(kept["items"], json!([second]));
    let cursor = kept["next_cursor"].as_str().unwrap();
    let older = browser.get(&format!("{path}?cursor={cursor}")).await.json();
    assert_eq!(older["items"], json!([first]));
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(
        shown["last_check"],
        json!({"at": second["finished_at"], "state": "warning"})
    );
}

async fn a_withdrawn_grant_is_found_and_noted(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    stage
        .platform
        .answer_next(Answer::Refused(PlatformError::reconnect("Scripted", "401")));
    let got = check(&browser, connection).await;
    assert_eq!(state_of(&got, "access"), is("failed", json!("reconnect")));
    assert_eq!(got["state"], "failed");
    let codes: Vec<_> = found(&got).into_iter().map(|(code, ..)| code).collect();
    assert!(!codes.contains(&"permissions".to_owned()), "{codes:?}");
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(
        (&shown["status"], &shown["last_error"]["advice"]),
        (&json!("revoked"), &json!("reconnect"))
    );
    assert!(stage.is_audited("connection.revoked").await);

    // The platform thinks better of it.
    let got = check(&browser, connection).await;
    assert_eq!(state_of(&got, "access"), is("ok", json!(null)));
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(
        (&shown["status"], &shown["last_error"]),
        (&json!("connected"), &json!(null))
    );
    assert!(stage.is_audited("connection.restored").await);
}

async fn a_slow_platform_says_nothing_about_the_grant(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    stage
        .platform
        .answer_next(Answer::Refused(PlatformError::unavailable(
            "Scripted", "503",
        )));
    let got = check(&browser, connection).await;
    assert_eq!(state_of(&got, "access"), is("warning", json!(null)));
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(shown["status"], "connected");
}

async fn missing_permissions_are_named(stage: Stage) {
    stage.platform.give(&["read"]);
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let got = check(&browser, connection).await;
    assert_eq!(
        state_of(&got, "permissions"),
        is("failed", json!("reconnect"))
    );
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    let permission = |name: &str, granted: bool| json!({"name": name, "why": "Because.", "required": true, "granted": granted});
    assert_eq!(
        shown["permissions"],
        json!([permission("write", false), permission("read", true)])
    );

    // Granted meanwhile at the platform: the next look sees it.
    stage.platform.give(&["read", "write", "extra"]);
    let got = check(&browser, connection).await;
    assert_eq!(state_of(&got, "permissions"), is("ok", json!(null)));
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(shown["missing_scopes"], json!([]));
    let extra = json!({"name": "extra", "why": "", "required": false, "granted": true});
    assert!(shown["permissions"].as_array().unwrap().contains(&extra));
}

async fn each_channel_is_looked_at(stage: Stage) {
    stage.platform.list(&["bakery", "cafe", "pier"]);
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    stage.platform.list(&["bakery", "cafe"]);
    stage.platform.unreachable.store(true, Ordering::SeqCst);
    let bakery = stage.channel("bakery").await.id;
    browser
        .patch(&format!("/api/channels/{bakery}"), json!({"paused": true}))
        .await;
    let got = check(&browser, connection).await;
    assert_eq!(
        state_of(&got, "The bakery"),
        is("ok", json!("enable_channel")),
        "nothing waits for it"
    );
    assert_eq!(
        state_of(&got, "The cafe"),
        is("failed", json!("reconnect")),
        "its own token is gone"
    );
    assert_eq!(
        state_of(&got, "The pier"),
        is("failed", json!("reconnect")),
        "it is no longer listed"
    );
    let about = got["checks"].as_array().unwrap().iter();
    let about: Vec<_> = about
        .filter(|one| one["channel_id"] == json!(bakery))
        .collect();
    assert_eq!(about.len(), 1);
}

async fn keys_that_do_not_open_are_told(stage: Stage) {
    let connection = stage.paste("ann").await;
    let elsewhere = stage.with_another_key_ring().await;
    let browser = Browser::open(&elsewhere).await;
    let got = check(&browser, connection).await;
    assert_eq!(
        state_of(&got, "credentials"),
        is("failed", json!("reconnect"))
    );
    let codes: Vec<_> = found(&got).into_iter().map(|(code, ..)| code).collect();
    assert!(!codes.contains(&"access".to_owned()), "{codes:?}");
    assert_eq!(stage.platform.looks.load(Ordering::SeqCst), 0);
}

async fn access_that_ended_is_renewed_before_anything_is_said(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    stage.clock.advance(LASTS);
    let got = check(&browser, connection).await;
    assert_eq!(state_of(&got, "access"), is("ok", json!(null)));
    assert_eq!(state_of(&got, "expiry"), is("ok", json!(null)));
    assert_eq!(stage.platform.renewals(), 1);
    let log = browser
        .get(&format!("/api/connections/{connection}/refresh-log"))
        .await
        .json();
    assert_eq!(log["items"][0]["outcome"], "refreshed");
    assert_eq!(log["next_cursor"], json!(null));
}

async fn one_look_at_a_time(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.close_gate();
    let ask = || {
        let (app, caller) = (Arc::clone(&stage.app), stage.caller.clone());
        tokio::spawn(async move { check_connection(&app, &caller, connection).await })
    };
    let first = ask();
    stage.platform.looked(1).await;
    let second = ask();
    let browser = Browser::open(&stage).await;
    let running = browser
        .get(&format!("/api/connections/{connection}/checks"))
        .await
        .json();
    assert_eq!(running["items"][0]["finished_at"], json!(null));
    assert_eq!(
        found(&running["items"][0]),
        [("credentials".to_owned(), "ok".to_owned(), json!(null))],
        "what was found so far is told"
    );
    stage.platform.open_gate();
    let (first, second) = (
        first.await.unwrap().unwrap(),
        second.await.unwrap().unwrap(),
    );
    assert_eq!(first.check.id, second.check.id);
    assert_eq!(stage.platform.looks.load(Ordering::SeqCst), 1);
}

async fn a_look_that_died_blocks_nothing(stage: Stage) {
    let connection = stage.paste("ann").await;
    let now = stage.app.now();
    let mut tx = stage
        .app
        .store
        .in_workspace(stage.caller.workspace)
        .write()
        .await
        .unwrap();
    let died = fanfare_domain::ConnectionCheckId::new(now);
    fanfare_store::connections::checks::begin(&mut tx, died, connection, now, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    stage.clock.advance(SignedDuration::from_mins(3));
    let browser = Browser::open(&stage).await;
    check(&browser, connection).await;
    let kept = browser
        .get(&format!("/api/connections/{connection}/checks"))
        .await
        .json();
    let unfinished = kept["items"].as_array().unwrap().iter();
    assert_eq!(
        unfinished
            .filter(|one| one["finished_at"].is_null())
            .count(),
        0
    );
}

async fn sync_brings_channels_up_to_date(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.list(&["bakery", "pier"]);
    let browser = Browser::open(&stage).await;
    let path = format!("/api/connections/{connection}");
    let got = browser.post(&format!("{path}/sync"), json!({})).await;
    assert_eq!(got.status, 200, "{got:?}");
    let names: Vec<_> = got.json()["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["remote_id"].clone(), one["problem"].is_null()))
        .collect();
    assert_eq!(
        names,
        [
            (json!("bakery"), true),
            (json!("cafe"), false),
            (json!("pier"), true)
        ]
    );
    assert_eq!(stage.platform.renewals(), 0);
    assert_eq!(stage.connection(connection).await.generation, 1);
    assert!(stage.is_audited("connection.synced").await);
    stage
        .platform
        .answer_next(Answer::Refused(PlatformError::reconnect("Scripted", "401")));
    let refused = browser.post(&format!("{path}/sync"), json!({})).await;
    assert_eq!(refused.json()["code"], "connection_expired");
}

async fn a_disconnected_account_is_not_looked_at(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.disconnect(connection).await;
    let browser = Browser::open(&stage).await;
    for what in ["check", "sync"] {
        let path = format!("/api/connections/{connection}/{what}");
        let got = browser.post(&path, json!({})).await;
        assert_eq!(
            (got.status.as_u16(), &got.json()["code"]),
            (409, &json!("not_possible_in_state"))
        );
    }
}
