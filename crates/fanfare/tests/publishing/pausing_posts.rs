//! A planned post that somebody pauses, and resumes.

use fanfare_testkit::{Method, Reply, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn ask(room: &Newsroom, post: &Value, act: &str) -> Reply {
    let path = format!("/api/posts/{}/{act}", id(post));
    room.browser.send(Method::POST, &path, None).await
}

async fn done(room: &Newsroom, post: &Value, act: &str) -> Value {
    ask(room, post, act).await.expect(StatusCode::OK)
}

async fn it_goes_out_at_its_time_when_it_is_resumed_before(room: &Newsroom) {
    let post = room.post_in("In time", &room.two_channels(), 30).await;
    let paused = done(room, &post, "pause").await;
    assert_eq!(paused["state"], "scheduled");
    assert!(paused["paused_at"].is_string(), "{paused}");
    assert_eq!(
        done(room, &post, "pause").await["paused_at"],
        paused["paused_at"]
    );
    room.pass_minutes(10).await;
    let resumed = done(room, &post, "resume").await;
    assert_eq!(resumed["paused_at"], Value::Null);
    assert_eq!(resumed["schedule"]["at"], post["schedule"]["at"]);
    assert_eq!(
        ask(room, &post, "resume").await.code(),
        "not_possible_in_state"
    );
    room.pass_minutes(10).await;
    assert_eq!(room.copies("In time"), 0);
    room.pass_minutes(15).await;
    assert_eq!(room.copies("In time"), 2);
    let timeline = room.read(&post).await["timeline"].clone();
    let happened: Vec<_> = timeline
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["action"].as_str()?.strip_prefix("post."))
        .collect();
    assert_eq!(happened, ["scheduled", "paused", "resumed"]);
}

/// Longer than anything is tried, and longer than anything may be late: whoever resumes it wants it out.
async fn it_goes_out_at_once_when_its_time_has_passed(room: &Newsroom) {
    let post = room.post_in("At last", &room.two_channels(), 10).await;
    done(room, &post, "pause").await;
    for _ in 0..9 {
        room.hub.clock.advance(SignedDuration::from_hours(1));
        room.hub.run_jobs().await;
    }
    for platform in ["facebook", "mastodon"] {
        let delivery = room.delivery(&post, platform).await;
        let told = (&delivery["state"], &delivery["error"]["code"]);
        assert_eq!(told, (&json!("scheduled"), &json!("post_paused")));
    }
    assert_eq!(room.copies("At last"), 0);
    done(room, &post, "resume").await;
    room.hub.run_jobs().await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("At last"), 2);
}

async fn it_can_be_changed_meanwhile_and_stays_paused(room: &Newsroom) {
    let post = room.post_in("Before", &[&room.mastodon], 10).await;
    done(room, &post, "pause").await;
    let at = json!({ "kind": "at", "at": room.at(20), "time_zone": "Europe/Madrid" });
    let change = json!({ "text": "After", "schedule": at });
    let path = format!("/api/posts/{}", id(&post));
    let changed = room.browser.patch(&path, change).await;
    assert!(changed.expect(StatusCode::OK)["paused_at"].is_string());
    room.pass_minutes(30).await;
    assert_eq!(room.copies("After"), 0);
    let sent = done(room, &post, "publish").await;
    assert_eq!(sent["paused_at"], Value::Null, "sent now, it waits no more");
    room.hub.run_jobs().await;
    assert_eq!(room.copies("After"), 1);
}

async fn what_does_not_wait_cannot_be_paused(room: &Newsroom) {
    let out = room.post_now("Out", &[&room.mastodon]).await;
    room.hub.run_jobs().await;
    let draft = room
        .post("Draft", &[&room.mastodon], json!({ "kind": "draft" }))
        .await;
    for post in [&out, &draft] {
        assert_eq!(ask(room, post, "pause").await.code(), "too_late");
    }
    let called_off = room.post_in("Rather not", &[&room.mastodon], 10).await;
    done(room, &called_off, "pause").await;
    done(room, &called_off, "cancel").await;
    done(room, &called_off, "resume").await;
    room.pass_minutes(20).await;
    assert_eq!(room.copies("Rather not"), 0);
}

in_newsroom!(
    it_goes_out_at_its_time_when_it_is_resumed_before,
    it_goes_out_at_once_when_its_time_has_passed,
    it_can_be_changed_meanwhile_and_stays_paused,
    what_does_not_wait_cannot_be_paused,
);
