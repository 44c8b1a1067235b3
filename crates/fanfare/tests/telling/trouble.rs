//! Servers that do not take messages.

use fanfare_store::{binds, sql};
use fanfare_testkit::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use super::sink::{Desk, Says, Sink};
use super::with_desk;

const CONNECTED: &[&str] = &["connection.connected"];

with_desk!(
    redirects_are_not_followed,
    a_server_that_is_gone_is_told_nothing_more,
    five_days_of_failures_disable_and_are_told,
    private_addresses_are_refused_with_advice,
    a_disabled_webhook_begins_anew,
);

async fn redirects_are_not_followed(desk: &Desk) {
    let (sink, other) = (Sink::start().await, Sink::start().await);
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says(&[Says {
        status: 302,
        headers: vec![("location", other.url.clone())],
        ..Says::default()
    }]);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!((sink.count(), other.count()), (1, 0));
    let error = desk.attempts(&id).await[0]["error"].clone();
    assert!(error.as_str().unwrap().contains("Redirects"), "{error}");
}

async fn a_server_that_is_gone_is_told_nothing_more(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says_status(410);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    let read = desk.read(&id).await;
    assert_eq!(read["enabled"], false);
    assert_eq!(read["disabled"]["why"], "gone");
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 1);
}

async fn five_days_of_failures_disable_and_are_told(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says_status(503);
    for day in 0..6 {
        assert_eq!(desk.read(&id).await["enabled"], true, "day {day}");
        desk.something_happens().await;
        desk.hub.run_jobs().await;
        desk.hub.clock.advance(SignedDuration::from_hours(24));
    }
    let read = desk.read(&id).await;
    assert_eq!(read["disabled"]["why"], "failing");
    assert_eq!(read["waiting"], 0);
    let mut tx = desk.hub.store.as_system("a test").read().await.unwrap();
    let told = tx
        .one(
            sql!("SELECT COUNT(*) AS found FROM mail_messages WHERE kind = 'webhook_disabled'"),
            binds![],
            |row| row.int("found"),
        )
        .await
        .unwrap();
    assert_eq!(told, 1);
}

async fn private_addresses_are_refused_with_advice(desk: &Desk) {
    let (id, _) = desk.webhook("https://10.1.2.3/hook", CONNECTED).await;
    let path = format!("/api/webhooks/{id}/test");
    let tried = desk.ada.post(&path, json!({})).await.expect(StatusCode::OK);
    assert_eq!(tried["outcome"], "failed");
    let error = tried["error"].as_str().unwrap();
    assert!(error.contains("FANFARE_EGRESS_ALLOW"), "{error}");
}

async fn a_disabled_webhook_begins_anew(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    let path = format!("/api/webhooks/{id}");
    let off = desk.ada.patch(&path, json!({ "enabled": false })).await;
    let off = off.expect(StatusCode::OK);
    assert_eq!(off["disabled"]["why"], "person");
    desk.something_happens().await;
    let on = desk.ada.patch(&path, json!({ "enabled": true })).await;
    assert_eq!(on.expect(StatusCode::OK)["disabled"], json!(null));
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 0);
}
