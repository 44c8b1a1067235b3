//! Webhooks as people make, change and see them.

use fanfare_testkit::{Method, StatusCode, described, read};
use serde_json::json;

use super::sink::{Desk, Sink};
use super::with_desk;

with_desk!(
    what_is_wrong_is_said_beside_its_field,
    values_of_headers_are_sent_and_never_shown,
    the_test_button_tells_what_happened,
    a_secret_is_made_once_however_often_it_is_asked_for,
    another_workspace_sees_nothing,
    what_can_be_told_is_listed,
);

async fn what_is_wrong_is_said_beside_its_field(desk: &Desk) {
    let input = json!({
        "url": "ftp://example.com", "event_types": ["post.eaten"],
        "headers": [{ "name": "webhook-id", "value": "1" }, { "name": "x-a" }],
    });
    let refused = desk.ada.post("/api/webhooks", input).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = refused.body["errors"].to_string();
    for field in ["url", "event_types.0", "headers.0.name", "headers.1.value"] {
        assert!(found.contains(&format!("\"{field}\"")), "{field}: {found}");
    }
}

async fn values_of_headers_are_sent_and_never_shown(desk: &Desk) {
    let sink = Sink::start().await;
    let headers = json!([{ "name": "Authorization", "value": "Bearer very-secret" }]);
    let input = json!({ "url": sink.url, "headers": headers });
    let made = desk.ada.post("/api/webhooks", input).await;
    let made = made.expect(StatusCode::CREATED);
    assert!(!made.to_string().contains("very-secret"));
    let id = made["id"].as_str().unwrap();
    let kept = json!({ "headers": [{ "name": "authorization" }, { "name": "x-b", "value": "2" }] });
    desk.ada
        .patch(&format!("/api/webhooks/{id}"), kept)
        .await
        .expect(StatusCode::OK);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.last().header("authorization"), "Bearer very-secret");
    assert_eq!(sink.last().header("x-b"), "2");
    let attempts = json!(desk.attempts(id).await).to_string();
    assert!(attempts.contains("authorization") && !attempts.contains("very-secret"));
}

async fn a_secret_is_made_once_however_often_it_is_asked_for(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, before) = desk.webhook(&sink.url, &[]).await;
    let rotate = async |key: &str, overlap: u32| {
        let request = desk
            .ada
            .request(Method::POST, &format!("/api/webhooks/{id}/rotate-secret"))
            .header("idempotency-key", key);
        read(request.json(&json!({ "overlap_hours": overlap }))).await
    };
    let first = rotate("one", 2).await.expect(StatusCode::OK);
    let again = rotate("one", 2).await.expect(StatusCode::OK);
    assert_eq!(
        again,
        json!({ "secret": null, "previous_secret_until": first["previous_secret_until"] })
    );
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert!(sink.last().is_signed_by(first["secret"].as_str().unwrap()));
    assert!(sink.last().is_signed_by(&before));
    // The same key does not stand for another request.
    let other = rotate("one", 3).await;
    assert_eq!(other.code(), "idempotency_key_reused");
    let without = rotate("two", 0).await.expect(StatusCode::OK);
    let again = rotate("two", 0).await.expect(StatusCode::OK);
    assert_eq!(
        again,
        json!({ "secret": null, "previous_secret_until": null })
    );
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert!(
        sink.last()
            .is_signed_by(without["secret"].as_str().unwrap())
    );
    assert!(!sink.last().is_signed_by(first["secret"].as_str().unwrap()));
}

async fn the_test_button_tells_what_happened(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, secret) = desk.webhook(&sink.url, &["post.published"]).await;
    let path = format!("/api/webhooks/{id}/test");
    let tried = desk.ada.post(&path, json!({})).await.expect(StatusCode::OK);
    assert_eq!(tried["outcome"], "succeeded");
    assert_eq!(tried["event_type"], "webhook.test");
    assert_eq!(tried["message"]["status"], "delivered");
    assert!(sink.last().is_signed_by(&secret));
    sink.says_status(500);
    let tried = json!({ "event_type": "post.published" });
    let tried = desk.ada.post(&path, tried).await.expect(StatusCode::OK);
    assert_eq!(tried["response"]["status"], 500);
    assert_eq!(tried["message"]["status"], "failed");
}

async fn another_workspace_sees_nothing(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, &[]).await;
    let bob = desk.hub.browser();
    bob.register("bob@example.com").await;
    let list = bob.get("/api/webhooks").await.expect(StatusCode::OK);
    assert_eq!(list["items"], json!([]));
    let paths = ["", "/attempts"].map(|end| format!("/api/webhooks/{id}{end}"));
    for path in paths {
        assert_eq!(bob.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    bob.connect("facebook", json!({})).await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 0);
}

async fn what_can_be_told_is_listed(desk: &Desk) {
    let list = desk.ada.get("/api/webhooks/event-types").await;
    let list = list.expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 22);
    for item in items {
        assert_eq!(item["example"]["type"], item["type"]);
        assert_eq!(described::wrong_with_message(&item["example"]), None);
    }
}
