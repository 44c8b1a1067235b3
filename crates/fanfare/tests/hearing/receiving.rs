//! Taking requests: whose they are, how large they may be, and that they are on disk when they are answered.

use fanfare_app::hearing::{Wanted, WebhookStatus, replay_everywhere};
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
    one_bad_value_takes_nothing_else_along,
    a_request_without_a_body_spoils_nothing,
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
        let taken = station.send_signed("facebook", raw).await;
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

async fn one_bad_value_takes_nothing_else_along(station: &Station) {
    let (_, page) = station.page().await;
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let cases: [(&[u8], bool); 7] = [
        // What means the same is put right,
        (br#""cut \ud83d""#, true),
        (br#""\ude00 cut""#, true),
        (b"\"\xff\"", true),
        (b"\"a\tb\"", true),
        // and what does not is lost alone.
        (b"1e400", false),
        (deep.as_bytes(), false),
        (br#"{"n":-1e999}"#, false),
    ];
    let (mut added, mut lost) = (0, 0);
    for (at, (bad, is_mended)) in cases.into_iter().enumerate() {
        let said = |part: &str| comment(&format!("{at}-{part}"), "add", 1_790_000_000);
        let mut spoilt = said("b");
        spoilt["message"] = json!("POISON");
        let mut body = feed(&page, &[said("a"), spoilt, said("c")]);
        let other = feed("of nobody", &[said("d")]);
        let entries = body["entry"].as_array_mut().unwrap();
        entries.push(other["entry"][0].clone());
        let text = body.to_string();
        let (before, after) = text.split_once("\"POISON\"").unwrap();
        let raw = [before.as_bytes(), bad, after.as_bytes()].concat();
        let sent = station.send_signed("facebook", raw).await;
        assert_eq!(sent.status, StatusCode::OK);
        station.hub.run_jobs().await;
        added += if is_mended { 3 } else { 2 };
        lost += i64::from(!is_mended);
        let bad = String::from_utf8_lossy(bad);
        assert_eq!(station.count(Table::Engagement).await, added, "{bad}");
        assert_eq!(station.stats("").await["dead_letter"], lost, "{bad}");
    }
    let dead = station.events("&status=dead_letter").await;
    assert_eq!(dead[0]["kind"], "unreadable");
    assert_eq!(dead[0]["account"]["remote_id"], json!(page));
    let path = format!("/api/webhook-events/{}", dead[0]["id"].as_str().unwrap());
    let detail = station.ada.get(&path).await.expect(StatusCode::OK);
    let text = detail["payload"]["text"].as_str().unwrap();
    assert!(text.contains("1e400") && text.contains("4-b"), "{text}");
    assert!(!text.contains("4-a"), "{text}");

    // A person may try it again, which makes it no better; what belongs to nobody is counted too.
    let sent = station.send_signed("facebook", b"{".to_vec()).await;
    assert_eq!(sent.status, StatusCode::OK);
    station.hub.run_jobs().await;
    let wanted = Wanted {
        status: Some(WebhookStatus::DeadLetter),
        ..Wanted::default()
    };
    let app = &station.hub.app;
    let told = replay_everywhere(app, &wanted, true).await.unwrap();
    assert_eq!(told.matched, 4);
    assert!(told.would.iter().all(|one| one.error.is_some()));
    replay_everywhere(app, &wanted, false).await.unwrap();
    station.hub.run_jobs().await;
    let stats = station.stats("?scope=installation").await;
    assert_eq!(
        (&stats["dead_letter"], &stats["failed"]),
        (&json!(4), &json!(0))
    );
}

async fn a_request_without_a_body_spoils_nothing(station: &Station) {
    let empty = station.send_signed("facebook", Vec::new()).await;
    assert_eq!(empty.status, StatusCode::OK, "{empty:?}");
    let mixed = join_all((0..20).map(|at| async move {
        let body = match at % 3 {
            0 => feed("1", &[comment(&format!("c{at}"), "add", 1)])
                .to_string()
                .into_bytes(),
            _ => Vec::new(),
        };
        station.send_signed("facebook", body).await.status
    }));
    assert!(mixed.await.iter().all(|status| *status == StatusCode::OK));
    station.hub.run_jobs().await;
    let stats = station.stats("?scope=installation").await;
    // All of those without a body say the same.
    assert_eq!(
        (&stats["processed"], &stats["dead_letter"]),
        (&json!(7), &json!(1))
    );
}
