//! Servers that do not take messages.

use std::time::Duration;

use fanfare_domain::WorkspaceId;
use fanfare_domain::webhook::DisabledWhy;
use fanfare_store::{binds, sql, webhook_endpoints};
use fanfare_testkit::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use super::sink::{Desk, Says, Sink};
use super::with_desk;

const CONNECTED: &[&str] = &["connection.connected"];

with_desk!(
    redirects_are_not_followed,
    a_server_that_is_gone_is_told_nothing_more,
    what_waits_is_not_sent_to_a_server_that_is_gone,
    what_waits_is_sent_as_the_webhook_is_by_then,
    five_days_of_failures_disable_and_are_told,
    private_addresses_are_refused_with_advice,
    a_disabled_webhook_begins_anew,
    a_change_and_an_outcome_at_once_both_stay,
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

/// So many are under way at once.
const IN_FLIGHT: usize = 8;
const WAITING: usize = 3 * IN_FLIGHT;

async fn what_waits_is_not_sent_to_a_server_that_is_gone(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says_status(410);
    much_happens(desk).await;
    desk.hub.run_jobs().await;
    assert!(sink.count() <= IN_FLIGHT, "{} were sent", sink.count());
    assert_eq!(desk.read(&id).await["waiting"], 0);
}

async fn what_waits_is_sent_as_the_webhook_is_by_then(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, old) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says(&[Says {
        status: 204,
        after: Duration::from_millis(400),
        ..Says::default()
    }]);
    much_happens(desk).await;
    let rotate = async {
        while sink.count() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let path = format!("/api/webhooks/{id}/rotate-secret");
        let made = desk.ada.post(&path, json!({ "overlap_hours": 0 })).await;
        made.expect(StatusCode::OK)["secret"].clone()
    };
    let (_, new) = tokio::join!(desk.hub.run_jobs(), rotate);
    let all = sink.all();
    let by = |secret: &str| all.iter().filter(|got| got.is_signed_by(secret)).count();
    let (by_old, by_new) = (by(&old), by(new.as_str().unwrap()));
    assert_eq!((all.len(), by_old + by_new), (WAITING, WAITING));
    assert!(
        by_old <= 2 * IN_FLIGHT,
        "{by_old} were signed by the old secret"
    );
}

async fn much_happens(desk: &Desk) {
    for _ in 0..WAITING {
        desk.something_happens().await;
    }
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

/// What came of attempts is written while somebody changes the webhook.
async fn a_change_and_an_outcome_at_once_both_stay(desk: &Desk) {
    let (id, _) = desk.webhook("https://example.com/hook", CONNECTED).await;
    let workspace = desk
        .ada
        .get("/api/auth/status")
        .await
        .expect(StatusCode::OK);
    let workspace: WorkspaceId = workspace["workspace_id"].as_str().unwrap().parse().unwrap();
    let now = desk.hub.app.now();
    let outcome = async {
        let store = &desk.hub.store;
        let mut tx = store.in_workspace(workspace).write().await.unwrap();
        let mut endpoint = webhook_endpoints::lock(&mut tx, id.parse().unwrap())
            .await
            .unwrap();
        endpoint.enabled = false;
        endpoint.disabled = Some((now, DisabledWhy::Gone));
        webhook_endpoints::save_health(&mut tx, &endpoint)
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(500)).await;
        tx.commit().await.unwrap();
    };
    let change = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let path = format!("/api/webhooks/{id}");
        let changed = desk
            .ada
            .patch(&path, json!({ "description": "Tills" }))
            .await;
        changed.expect(StatusCode::OK);
    };
    tokio::join!(outcome, change);
    let read = desk.read(&id).await;
    assert_eq!(
        (&read["description"], &read["disabled"]["why"]),
        (&json!("Tills"), &json!("gone"))
    );
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
