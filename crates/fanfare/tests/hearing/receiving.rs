//! Taking requests: whose they are, how large they may be, and that they are on disk when they are answered.

use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::{Method, StatusCode, read};
use futures::future::join_all;
use serde_json::{Value, json};

use super::station::{SECRET, Station, TOKEN, Table, comment, feed};
use super::stationed;

stationed!(
    the_handshake_takes_the_right_token,
    what_is_not_signed_is_not_kept,
    what_is_too_large_is_refused,
    a_hundred_at_once_are_all_kept,
    what_nobody_can_read_is_kept_too,
);

async fn the_handshake_takes_the_right_token(station: &Station) {
    let ask = async |platform: &str, token: &str| {
        let path = format!(
            "/hooks/{platform}?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444"
        );
        let answer = station
            .hub
            .browser()
            .request(Method::GET, &path)
            .send()
            .await
            .unwrap();
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        (answer.status(), kind, answer.text().await.unwrap())
    };
    // The application is one for all of them.
    for platform in ["facebook", "instagram", "whatsapp"] {
        let (status, kind, text) = ask(platform, TOKEN).await;
        assert_eq!((status, text.as_str()), (StatusCode::OK, "1158201444"));
        assert!(kind.starts_with("text/plain"), "{kind}");
    }
    for (platform, token, expected) in [
        ("facebook", "wrong", StatusCode::FORBIDDEN),
        ("facebook", "", StatusCode::FORBIDDEN),
        ("whatsapp", "wrong", StatusCode::FORBIDDEN),
        ("mastodon", TOKEN, StatusCode::NOT_FOUND),
        ("pigeon", TOKEN, StatusCode::NOT_FOUND),
    ] {
        let (status, kind, text) = ask(platform, token).await;
        assert_eq!(status, expected, "{platform} {token}");
        assert_eq!(kind, "application/problem+json", "{text}");
    }
}

async fn what_is_not_signed_is_not_kept(station: &Station) {
    let body = feed("1", &[comment("a", "add", 1)])
        .to_string()
        .into_bytes();
    let wrong = format!("sha256={}", hmac_sha256_hex(b"guess", &body));
    let right = format!("sha256={}", hmac_sha256_hex(SECRET.as_bytes(), &body));
    for signature in [
        None,
        Some(wrong),
        Some("sha256=".to_owned()),
        Some(right[7..].to_owned()),
    ] {
        let refused = station.send_raw("facebook", body.clone(), signature).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.code(), "signature_invalid");
        assert!(refused.body["request_id"].is_string(), "{refused:?}");
    }
    let unknown = station.send("pigeon", &json!({})).await;
    assert_eq!(
        (unknown.status, unknown.code()),
        (StatusCode::NOT_FOUND, "platform_unknown")
    );
    assert_eq!(station.count(Table::Receipts).await, 0);
    let taken = station.send_raw("facebook", body, Some(right)).await;
    assert_eq!(taken.status, StatusCode::OK);
    assert_eq!(station.count(Table::Receipts).await, 1);
}

async fn what_is_too_large_is_refused(station: &Station) {
    let of = |bytes: usize| json!({ "object": "page", "entry": [], "filling": "x".repeat(bytes) });
    let refused = station.send("facebook", &of(3 * 1024 * 1024)).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large")
    );
    let taken = station.send("facebook", &of(2 * 1024 * 1024)).await;
    assert_eq!(taken.status, StatusCode::OK);
    assert_eq!(station.count(Table::Receipts).await, 1);
}

/// They share commits, and none is answered before its own.
async fn a_hundred_at_once_are_all_kept(station: &Station) {
    let sent = join_all((0..100).map(|at| async move {
        let page = format!("page-{}", at % 7);
        let values: Vec<Value> = (0..=at % 3)
            .map(|part| comment(&format!("c{at}-{part}"), "add", 1))
            .collect();
        station.tell(&page, &values).await;
        // Answered, so it can be found.
        station.count(Table::Receipts).await
    }));
    assert!(sent.await.iter().all(|found| *found > 0));
    assert_eq!(station.count(Table::Receipts).await, 100);
    station.hub.run_jobs().await;
    assert_eq!(station.count(Table::Inbox).await, 0);
    let stats = station.stats("?scope=installation").await;
    assert_eq!(stats["processed"], 199, "{stats}");
    assert_eq!(stats["pending"], 0);
}

async fn what_nobody_can_read_is_kept_too(station: &Station) {
    for body in ["not json", "[]", "{\"object\":\"page\"}", "\u{0}"] {
        let raw = body.as_bytes().to_vec();
        let signature = format!("sha256={}", hmac_sha256_hex(SECRET.as_bytes(), &raw));
        let taken = station.send_raw("facebook", raw, Some(signature)).await;
        assert_eq!(taken.status, StatusCode::OK, "{body}");
    }
    station.hub.run_jobs().await;
    let events = station.events("&scope=installation").await;
    assert_eq!(events.len(), 4);
    for event in &events {
        assert_eq!(event["kind"], "unreadable");
        assert_eq!(event["status"], "dead_letter");
        assert_eq!(event["understood"], false);
    }
    let id = events[0]["id"].as_str().unwrap();
    let path = format!("/api/webhook-events/{id}?scope=installation");
    let detail = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(detail["payload"]["text"], "not json");
    let nobody = read(
        station
            .hub
            .browser()
            .request(Method::GET, "/api/webhook-events"),
    )
    .await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}
