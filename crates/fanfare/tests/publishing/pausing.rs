//! What is due while its channel is paused.

use fanfare_testkit::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn pause(room: &Newsroom, paused: bool) {
    let path = format!("/api/channels/{}", id(&room.mastodon));
    let change = json!({ "paused": paused });
    let reply = room.browser.patch(&path, change).await;
    reply.expect(StatusCode::OK);
}

async fn waiting(room: &Newsroom, post: &Value) {
    let delivery = room.delivery(post, "mastodon").await;
    let (state, error) = (&delivery["state"], &delivery["error"]["code"]);
    assert_eq!(
        (state, error),
        (&json!("scheduled"), &json!("channel_paused"))
    );
}

async fn it_waits_and_goes_out_when_it_is_resumed(room: &Newsroom) {
    let post = room.post_in("In a while", &room.two_channels(), 10).await;
    pause(room, true).await;
    room.pass_minutes(20).await;
    waiting(room, &post).await;
    assert_eq!(
        room.copies("In a while"),
        1,
        "the other channel is not paused"
    );
    pause(room, false).await;
    room.hub.run_jobs().await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("In a while"), 2);
}

/// Longer than anything is tried, and longer than anything may be late: a person decides.
async fn it_waits_as_long_as_it_takes(room: &Newsroom) {
    let post = room.post_in("Last week's", &[&room.mastodon], 10).await;
    pause(room, true).await;
    for _ in 0..7 {
        room.hub.clock.advance(SignedDuration::from_hours(1));
        room.hub.run_jobs().await;
    }
    waiting(room, &post).await;
    pause(room, false).await;
    room.hub.run_jobs().await;
    let delivery = room.delivery(&post, "mastodon").await;
    assert_eq!(delivery["state"], "missed");
    let told = delivery["error"]["detail"].as_str().unwrap();
    assert!(told.contains("paused"), "{told}");
    let path = format!("/api/posts/{}/publish", id(&post));
    let reply = room.browser.send(Method::POST, &path, None).await;
    reply.expect(StatusCode::OK);
    room.hub.run_jobs().await;
    assert_eq!(room.copies("Last week's"), 1);
}

async fn it_can_be_called_off_while_it_waits(room: &Newsroom) {
    let post = room.post_in("Rather not", &[&room.mastodon], 10).await;
    pause(room, true).await;
    room.pass_minutes(20).await;
    let path = format!("/api/posts/{}/cancel", id(&post));
    let reply = room.browser.send(Method::POST, &path, None).await;
    reply.expect(StatusCode::OK);
    assert_eq!(room.delivery(&post, "mastodon").await["error"], Value::Null);
    pause(room, false).await;
    room.pass_minutes(20).await;
    assert_eq!(room.read(&post).await["state"], "cancelled");
    assert_eq!(room.copies("Rather not"), 0);
}

/// What is wrong keeps it from being planned; that it waits is only told.
async fn posts_can_be_planned_and_moved_meanwhile(room: &Newsroom) {
    pause(room, true).await;
    let body = json!({ "text": "For later", "channel_ids": [room.mastodon["id"]] });
    let said = room.browser.post("/api/posts/validate", body).await;
    let said = said.expect(StatusCode::OK);
    let findings = said["findings"].as_array().unwrap();
    let told: Vec<_> = findings
        .iter()
        .map(|finding| (&finding["level"], &finding["code"], &finding["field"]))
        .collect();
    let expected = [
        json!("warning"),
        json!("channel_paused"),
        json!("channel_ids"),
    ];
    assert_eq!(told, [(&expected[0], &expected[1], &expected[2])]);

    let post = room.post_in("For later", &[&room.mastodon], 10).await;
    let path = format!("/api/posts/{}", id(&post));
    for change in [
        json!({ "text": "For later still" }),
        json!({ "schedule": { "kind": "at", "at": room.at(20), "time_zone": "Europe/Madrid" } }),
    ] {
        room.browser
            .patch(&path, change)
            .await
            .expect(StatusCode::OK);
    }
    room.pass_minutes(25).await;
    waiting(room, &post).await;

    // Moved on, it waits for its time and for nothing else.
    let later =
        json!({ "schedule": { "kind": "at", "at": room.at(20), "time_zone": "Europe/Madrid" } });
    room.browser
        .patch(&path, later)
        .await
        .expect(StatusCode::OK);
    assert_eq!(room.delivery(&post, "mastodon").await["error"], Value::Null);
    pause(room, false).await;
    room.hub.run_jobs().await;
    assert_eq!(room.copies("For later still"), 0);
    room.pass_minutes(25).await;
    assert_eq!(room.copies("For later still"), 1);
}

in_newsroom!(
    posts_can_be_planned_and_moved_meanwhile,
    it_waits_and_goes_out_when_it_is_resumed,
    it_waits_as_long_as_it_takes,
    it_can_be_called_off_while_it_waits,
);
