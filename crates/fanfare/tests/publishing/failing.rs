//! What fails, fails alone, says why, and is tried again as its error advises.

use fanfare_sandbox::{CallKind, Fault, Platform};
use fanfare_testkit::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn retry(room: &Newsroom, delivery: &Value) -> Value {
    let path = format!("/api/deliveries/{}/retry", id(delivery));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK)
}

async fn what_may_pass_is_tried_again_by_itself(room: &Newsroom) {
    room.break_next(Platform::Mastodon, CallKind::Publish, Fault::NotJson, 0);
    room.break_next(Platform::Mastodon, CallKind::Media, Fault::ServerError, 0);
    room.break_next(
        Platform::Facebook,
        CallKind::Publish,
        Fault::TimeoutBefore,
        1,
    );
    let post = room.post_now("Patience", &room.two_channels()).await;
    room.hub.run_jobs().await;
    let page = room.delivery(&post, "facebook").await;
    assert_eq!(page["state"], "publishing");
    assert_eq!(page["error"]["code"], "outcome_unknown");
    room.pass_minutes(3).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Patience"), 2);
}

async fn one_platform_fails_and_the_other_does_not_mind(room: &Newsroom) {
    room.break_next(
        Platform::Facebook,
        CallKind::Publish,
        Fault::RevokedToken,
        1,
    );
    let post = room.post_now("Half and half", &room.two_channels()).await;
    room.hub.run_jobs().await;
    room.pass_minutes(2).await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "partly_published", "{after:#}");
    let page = room.delivery(&post, "facebook").await;
    assert_eq!(
        (page["state"].as_str(), page["error"]["advice"].as_str()),
        (Some("failed"), Some("reconnect"))
    );
    assert!(
        page["error"]["detail"].as_str().unwrap().len() > 20,
        "in words"
    );

    let channels = room.browser.connect("facebook", json!({})).await;
    assert!(
        channels
            .iter()
            .any(|channel| channel["id"] == room.pages[0]["id"]),
        "the same channel again"
    );
    retry(room, &page).await;
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published", "{after:#}");
    assert_eq!(
        room.copies("Half and half"),
        2,
        "what was out already was not sent again"
    );
}

async fn a_rate_limit_is_waited_for(room: &Newsroom) {
    room.break_next(Platform::Facebook, CallKind::Publish, Fault::RateLimit, 1);
    let post = room.post_now("Not so fast", &[&room.pages[0]]).await;
    room.hub.run_jobs().await;
    let page = room.delivery(&post, "facebook").await;
    assert_eq!(
        (page["state"].as_str(), page["error"]["advice"].as_str()),
        (Some("publishing"), Some("wait"))
    );
    let again: jiff::Timestamp = page["next_attempt_at"].as_str().unwrap().parse().unwrap();
    assert!(
        again > room.hub.app.now() + SignedDuration::from_secs(30),
        "as long as the platform says"
    );
    let channel = room
        .browser
        .get("/api/channels")
        .await
        .expect(StatusCode::OK);
    let limited = channel["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|channel| !channel["limited_until"].is_null());
    assert!(limited.count() <= 1);
    room.pass_minutes(10).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Not so fast"), 1);
}

async fn a_refused_post_can_be_edited_and_tried_again(room: &Newsroom) {
    room.browser
        .patch(
            &format!("/api/channels/{}", id(&room.mastodon)),
            json!({ "enabled": false }),
        )
        .await
        .expect(StatusCode::OK);
    let refused = room.browser.post("/api/posts", json!({
        "text": "To a channel that is off", "channel_ids": [room.mastodon["id"]], "schedule": { "kind": "now" }
    })).await;
    assert_eq!(refused.field_codes(), ["channel_ids: channel_disabled"]);
    room.browser
        .patch(
            &format!("/api/channels/{}", id(&room.mastodon)),
            json!({ "enabled": true }),
        )
        .await
        .expect(StatusCode::OK);

    let post = room.post_in("Off meanwhile", &[&room.mastodon], 10).await;
    room.browser
        .patch(
            &format!("/api/channels/{}", id(&room.mastodon)),
            json!({ "enabled": false }),
        )
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(10).await;
    let delivery = room.delivery(&post, "mastodon").await;
    assert_eq!(
        (
            delivery["state"].as_str(),
            delivery["error"]["code"].as_str()
        ),
        (Some("failed"), Some("channel_disabled"))
    );
    room.browser
        .patch(
            &format!("/api/channels/{}", id(&room.mastodon)),
            json!({ "enabled": true }),
        )
        .await
        .expect(StatusCode::OK);
    room.browser
        .patch(
            &format!("/api/posts/{}", id(&post)),
            json!({ "text": "On again" }),
        )
        .await
        .expect(StatusCode::OK);
    retry(room, &delivery).await;
    room.hub.run_jobs().await;
    assert_eq!(
        (room.copies("Off meanwhile"), room.copies("On again")),
        (0, 1)
    );
}

async fn what_fails_for_hours_is_given_up_and_says_so(room: &Newsroom) {
    room.break_next(
        Platform::Mastodon,
        CallKind::Any,
        Fault::ServerError,
        100_000,
    );
    let post = room.post_now("Hopeless", &[&room.mastodon]).await;
    for _ in 0..40 {
        room.hub.clock.advance(SignedDuration::from_mins(15));
        room.hub.run_jobs().await;
    }
    let delivery = room.delivery(&post, "mastodon").await;
    let state = delivery["state"].as_str().unwrap();
    assert!(
        matches!(state, "failed" | "needs_attention"),
        "{delivery:#}"
    );
    assert_eq!(room.copies("Hopeless"), 0);
    let retried = retry(room, &delivery).await;
    assert_eq!(retried["state"], "publishing");
}

in_newsroom!(
    what_may_pass_is_tried_again_by_itself,
    one_platform_fails_and_the_other_does_not_mind,
    a_rate_limit_is_waited_for,
    a_refused_post_can_be_edited_and_tried_again,
    what_fails_for_hours_is_given_up_and_says_so,
);
