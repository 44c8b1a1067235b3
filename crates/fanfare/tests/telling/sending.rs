//! Messages arrive, are tried again, and are sent again when asked.

use std::time::Duration;

use fanfare_testkit::{StatusCode, described};
use jiff::SignedDuration;
use serde_json::json;

use super::sink::{Desk, Got, Says, Sink};
use super::with_desk;

const CONNECTED: &[&str] = &["connection.connected"];

with_desk!(
    a_message_arrives_signed,
    what_is_told_of_a_post_is_as_described,
    both_secrets_sign_while_they_overlap,
    what_fails_is_tried_again_by_the_clock,
    a_server_may_ask_to_wait,
    an_endpoint_that_asks_to_be_left_alone_is,
    another_address_did_not_ask_to_be_left_alone,
    the_same_message_has_the_same_id_after_a_crash,
    messages_are_sent_again_when_asked,
    only_what_an_endpoint_was_told_is_sent_to_it_again,
    a_slow_server_keeps_no_other_waiting,
);

async fn a_message_arrives_signed(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, secret) = desk.webhook(&sink.url, CONNECTED).await;
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 1);
    let got = sink.last();
    assert!(got.is_signed_by(&secret));
    assert_eq!(got.header("content-type"), "application/json");
    let body = got.json();
    assert_eq!(body["type"], "connection.connected");
    assert_eq!(body["data"]["connection"]["platform"], "facebook");
    let attempts = desk.attempts(&id).await;
    assert_eq!(attempts.len(), 1);
    assert_eq!(attempts[0]["outcome"], "succeeded");
    assert_eq!(attempts[0]["message_id"], got.header("webhook-id"));
    assert_eq!(attempts[0]["request"]["body"], got.body);
    let read = desk.read(&id).await;
    assert_eq!(read["waiting"], 0);
    assert!(read["last_success_at"].is_string());
}

async fn what_is_told_of_a_post_is_as_described(desk: &Desk) {
    let sink = Sink::start().await;
    desk.webhook(&sink.url, &[]).await;
    desk.something_happens().await;
    let channels = desk.ada.get("/api/channels").await.expect(StatusCode::OK);
    let post = json!({
        "text": "Fresh bread",
        "channel_ids": [channels["items"][0]["id"]],
        "schedule": { "kind": "now" },
    });
    let made = desk.ada.post("/api/posts", post).await;
    made.expect(StatusCode::CREATED);
    desk.hub.run_jobs().await;
    let told: Vec<_> = sink.all().iter().map(Got::json).collect();
    for message in &told {
        assert_eq!(described::wrong_with_message(message), None, "{message:#}");
    }
    let mut kinds: Vec<_> = told.iter().map(|message| &message["type"]).collect();
    kinds.sort_by_key(|kind| kind.to_string());
    assert_eq!(
        kinds,
        [
            "connection.connected",
            "delivery.published",
            "post.published",
            "post.scheduled"
        ]
    );
}

async fn both_secrets_sign_while_they_overlap(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, old) = desk.webhook(&sink.url, CONNECTED).await;
    let path = format!("/api/webhooks/{id}/rotate-secret");
    let rotated = desk.ada.post(&path, json!({ "overlap_hours": 1 })).await;
    let rotated = rotated.expect(StatusCode::OK);
    let new = rotated["secret"].as_str().unwrap();
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert!(sink.last().is_signed_by(&old) && sink.last().is_signed_by(new));
    desk.hub.clock.advance(SignedDuration::from_hours(2));
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert!(!sink.last().is_signed_by(&old) && sink.last().is_signed_by(new));
}

async fn what_fails_is_tried_again_by_the_clock(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says_status(500);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 1);
    let message = sink.last().header("webhook-id").to_owned();
    for (count, seconds) in [5, 300, 1800, 7200, 18_000, 36_000, 36_000]
        .into_iter()
        .enumerate()
    {
        desk.hub
            .clock
            .advance(SignedDuration::from_secs(seconds - 1));
        desk.hub.run_jobs().await;
        assert_eq!(sink.count(), count + 1, "not before {seconds} seconds");
        desk.hub
            .clock
            .advance(SignedDuration::from_secs(seconds / 10 + 2));
        desk.hub.run_jobs().await;
        assert_eq!(sink.count(), count + 2, "after {seconds} seconds");
        assert_eq!(sink.last().header("webhook-id"), message);
    }
    let attempts = desk.attempts(&id).await;
    assert_eq!(attempts[0]["number"], 8);
    assert_eq!(attempts[0]["message"]["status"], "failed");
    assert_eq!(desk.read(&id).await["waiting"], 0);
}

async fn a_server_may_ask_to_wait(desk: &Desk) {
    let sink = Sink::start().await;
    desk.webhook(&sink.url, CONNECTED).await;
    sink.says(&[
        Says {
            status: 429,
            headers: vec![("retry-after", "600".to_owned())],
            ..Says::default()
        },
        Says {
            status: 200,
            ..Says::default()
        },
    ]);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    desk.hub.clock.advance(SignedDuration::from_secs(590));
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 1);
    desk.hub.clock.advance(SignedDuration::from_secs(11));
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 2);
}

async fn an_endpoint_that_asks_to_be_left_alone_is(desk: &Desk) {
    let (busy, other) = (Sink::start().await, Sink::start().await);
    desk.webhook(&busy.url, CONNECTED).await;
    desk.webhook(&other.url, CONNECTED).await;
    busy.says(&[
        Says {
            status: 503,
            headers: vec![("retry-after", "600".to_owned())],
            ..Says::default()
        },
        Says {
            status: 200,
            ..Says::default()
        },
    ]);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(busy.count(), 1);
    // What happens meanwhile waits too, and nobody else waits with it.
    for seconds in [10, 580] {
        desk.something_happens().await;
        desk.hub.clock.advance(SignedDuration::from_secs(seconds));
        desk.hub.run_jobs().await;
        assert_eq!(busy.count(), 1, "after {seconds} seconds");
    }
    assert_eq!(other.count(), 3);
    desk.hub.clock.advance(SignedDuration::from_secs(11));
    desk.hub.run_jobs().await;
    assert_eq!(busy.count(), 4);
}

async fn another_address_did_not_ask_to_be_left_alone(desk: &Desk) {
    let (busy, other) = (Sink::start().await, Sink::start().await);
    let (id, _) = desk.webhook(&busy.url, CONNECTED).await;
    busy.says(&[Says {
        status: 429,
        headers: vec![("retry-after", "36000".to_owned())],
        ..Says::default()
    }]);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(busy.count(), 1);
    let path = format!("/api/webhooks/{id}");
    let moved = Some(json!({ "url": other.url }));
    desk.ada
        .send(fanfare_testkit::Method::PATCH, &path, moved)
        .await
        .expect(StatusCode::OK);
    desk.hub.run_jobs().await;
    assert_eq!((busy.count(), other.count()), (1, 1));
}

/// The process dies after the server has the message and before that is written down.
async fn the_same_message_has_the_same_id_after_a_crash(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    sink.says(&[
        Says {
            status: 200,
            after: Duration::from_secs(5),
            ..Says::default()
        },
        Says {
            status: 200,
            ..Says::default()
        },
    ]);
    desk.something_happens().await;
    let runner = desk.hub.runner();
    let dying = tokio::spawn(async move { runner.drain().await });
    while sink.count() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    dying.abort();
    let _ = dying.await;
    desk.hub.clock.advance(SignedDuration::from_mins(2));
    desk.hub.run_jobs().await;
    let got = sink.got.lock().unwrap().clone();
    assert_eq!(got.len(), 2);
    assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
    assert_eq!(got[0].body, got[1].body);
    assert_eq!(desk.read(&id).await["waiting"], 0);
}

async fn messages_are_sent_again_when_asked(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, _) = desk.webhook(&sink.url, CONNECTED).await;
    let begun = desk.hub.app.now();
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    let message = sink.last().header("webhook-id").to_owned();
    let path = format!("/api/webhooks/{id}/replay");
    let one = desk.ada.post(&path, json!({ "message_id": message })).await;
    assert_eq!(one.expect(StatusCode::OK)["messages"], 1);
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 2);
    let dry = json!({ "since": begun, "dry_run": true });
    let dry = desk.ada.post(&path, dry).await.expect(StatusCode::OK);
    assert_eq!(dry, json!({ "messages": 1, "dry_run": true }));
    let failed = json!({ "since": begun, "only_failed": true });
    let failed = desk.ada.post(&path, failed).await.expect(StatusCode::OK);
    assert_eq!(failed["messages"], 0);
    desk.ada
        .post(&path, json!({ "since": begun }))
        .await
        .expect(StatusCode::OK);
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 3);
    assert_eq!(sink.last().header("webhook-id"), message);
    assert_eq!(desk.attempts(&id).await[0]["number"], 3);
}

async fn only_what_an_endpoint_was_told_is_sent_to_it_again(desk: &Desk) {
    let (wants, other) = (Sink::start().await, Sink::start().await);
    desk.webhook(&wants.url, CONNECTED).await;
    let (id, _) = desk.webhook(&other.url, &["post.published"]).await;
    let begun = desk.hub.app.now();
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    let message = wants.last().header("webhook-id").to_owned();
    let path = format!("/api/webhooks/{id}/replay");
    let refused = desk.ada.post(&path, json!({ "message_id": message })).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{refused:?}");
    let since = desk.ada.post(&path, json!({ "since": begun })).await;
    assert_eq!(since.expect(StatusCode::OK)["messages"], 0);
    desk.hub.run_jobs().await;
    assert_eq!((wants.count(), other.count()), (1, 0));
}

async fn a_slow_server_keeps_no_other_waiting(desk: &Desk) {
    let (slow, quick) = (Sink::start().await, Sink::start().await);
    desk.webhook(&slow.url, CONNECTED).await;
    desk.webhook(&quick.url, CONNECTED).await;
    slow.says(&[Says {
        status: 200,
        after: Duration::from_secs(15),
        ..Says::default()
    }]);
    desk.something_happens().await;
    let settings = fanfare_jobs::RunnerSettings {
        concurrency: 1,
        ..fanfare_jobs::RunnerSettings::default()
    };
    let stop = tokio_util::sync::CancellationToken::new();
    let runner = fanfare::wiring::runner(&desk.hub.app, settings);
    let running = tokio::spawn(runner.run(stop.clone()));
    let begun = std::time::Instant::now();
    while quick.count() == 0 || slow.count() == 0 {
        assert!(begun.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.cancel();
    running.abort();
}
