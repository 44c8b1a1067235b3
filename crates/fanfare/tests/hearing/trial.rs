//! Tests that a person sends to see that a platform is heard.

use fanfare_testkit::{Browser, Reply, StatusCode};
use serde_json::{Value, json};

use super::station::{Station, Table};
use super::stationed;

stationed!(
    a_test_comes_all_the_way_and_changes_nothing,
    a_test_says_nothing_of_how_the_platform_is_heard,
    a_test_is_seen_by_the_workspace_that_sent_it_alone,
    what_cannot_be_tried_out_is_refused,
);

async fn send(browser: &Browser, channel: &str, kind: &str) -> Reply {
    let wish = json!({ "channel_id": channel, "kind": kind });
    browser.post("/api/webhook-events/test", wish).await
}

async fn a_test_comes_all_the_way_and_changes_nothing(station: &Station) {
    let (channel, page) = station.page().await;
    let kinds = [
        ("comment", "test.feed.comment.add"),
        ("reaction", "test.feed.reaction.add"),
        ("post", "test.feed.status.add"),
        ("message", "test.messages"),
    ];
    for (wish, kind) in kinds {
        let sent = send(&station.ada, &channel, wish).await;
        let sent = sent.expect(StatusCode::OK);
        assert_eq!(sent["kind"], kind);
        assert_eq!(sent["account"]["remote_id"], page);
        station.hub.run_jobs().await;
        let path = format!("/api/webhook-events/{}", sent["id"].as_str().unwrap());
        let event = station.ada.get(&path).await.expect(StatusCode::OK);
        for (name, value) in [
            ("status", json!("processed")),
            ("test", json!(true)),
            ("understood", json!(true)),
            ("effects", json!(0)),
        ] {
            assert_eq!(event[name], value, "{name} of {wish}: {event:#}");
        }
        let signature = event["headers"]["x-hub-signature-256"].as_str().unwrap();
        assert!(signature.starts_with("sha256="), "{event:#}");
    }
    assert_eq!(station.count(Table::Engagement).await, 0);
    assert_eq!(station.count(Table::Messages).await, 0);
    // Nor when it is worked off once more.
    let again = json!({ "platform": "facebook", "dry_run": true });
    let would = station.ada.post("/api/webhook-events/replay", again).await;
    let would = would.expect(StatusCode::OK);
    assert_eq!(would["matched"], 4);
    for one in would["items"].as_array().unwrap() {
        assert_eq!(one["changes"], 0, "{would:#}");
    }
    let lines = audited(&station.ada).await;
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["detail"]["kind"], "message", "{lines:#?}");
}

/// Or a test would hide that a channel is silent, and what was missed before it would never be read.
async fn a_test_says_nothing_of_how_the_platform_is_heard(station: &Station) {
    let (channel, _) = station.page().await;
    send(&station.ada, &channel, "comment")
        .await
        .expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let stats = station.stats("").await;
    assert_eq!(stats["processed"], 1);
    assert_eq!(stats["platforms"], json!([]));
    let health = station.ada.get("/api/webhook-events/health").await;
    let health = health.expect(StatusCode::OK);
    let heard = health["items"].as_array().unwrap();
    let heard = heard.iter().find(|one| one["channel_id"] == channel);
    let heard = heard.unwrap();
    assert_eq!(heard["last_heard_at"], Value::Null);
    assert_eq!(heard["received_24h"], 0);
}

async fn a_test_is_seen_by_the_workspace_that_sent_it_alone(station: &Station) {
    let (channel, _) = station.page().await;
    let ben = station.hub.browser();
    ben.register("ben@example.com").await;
    let theirs = ben.connect("facebook", json!({})).await[0]["id"].clone();
    send(&station.ada, &channel, "comment")
        .await
        .expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let list = ben.get("/api/webhook-events").await.expect(StatusCode::OK);
    assert_eq!(list["items"], json!([]));
    assert_eq!(station.events("").await.len(), 1);
    // And nobody sends one about a channel of somebody else's.
    let refused = send(&station.ada, theirs.as_str().unwrap(), "comment").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{refused:?}");
}

async fn what_cannot_be_tried_out_is_refused(station: &Station) {
    let (channel, _) = station.page().await;
    for kind in ["template", "a kind"] {
        let refused = send(&station.ada, &channel, kind).await;
        let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused["errors"][0]["field"], "kind", "{refused:#}");
    }
    let refused = send(&station.ada, "c", "comment").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{refused:?}");
    assert_eq!(station.count(Table::Receipts).await, 0);
}

async fn audited(ada: &Browser) -> Vec<Value> {
    let path = "/api/audit?action=channel.test_event_sent";
    let list = ada.get(path).await.expect(StatusCode::OK);
    list["items"].as_array().unwrap().clone()
}
