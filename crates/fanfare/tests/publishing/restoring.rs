//! Taking back: a post that was deleted, one that was cancelled.

use fanfare_testkit::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn a_deleted_post_comes_back_as_it_was_and_goes_out(room: &Newsroom) {
    let post = room.post_in("Back again", &room.two_channels(), 30).await;
    delete(room, &post).await;
    let path = format!("/api/posts/{}", id(&post));
    assert_eq!(room.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    for delivery in post["deliveries"].as_array().unwrap() {
        for (method, act) in [
            (Method::GET, ""),
            (Method::POST, "/cancel"),
            (Method::POST, "/retry"),
        ] {
            let path = format!("/api/deliveries/{}{act}", id(delivery));
            let answer = room.browser.send(method, &path, None).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let list = room.browser.get("/api/posts").await.expect(StatusCode::OK);
    assert_eq!((&list["items"], &list["counts"]), (&json!([]), &json!({})));

    let restored = restore(room, &post).await.expect(StatusCode::OK);
    assert_eq!(restored["state"], "scheduled");
    assert_eq!(restored["schedule"], post["schedule"]);
    room.pass_minutes(30).await;
    assert_eq!(room.copies("Back again"), 2);
    let twice = restore(room, &post).await;
    assert_eq!(
        (twice.status, twice.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
}

async fn what_is_deleted_does_not_go_out(room: &Newsroom) {
    let post = room.post_in("Gone", &room.two_channels(), 10).await;
    delete(room, &post).await;
    room.pass_minutes(15).await;
    assert_eq!(room.copies("Gone"), 0);
    let late = restore(room, &post).await.expect(StatusCode::OK);
    assert_eq!(
        (&late["state"], &late["schedule"]["kind"]),
        (&json!("draft"), &json!("draft"))
    );
    room.pass_minutes(5).await;
    assert_eq!(
        room.copies("Gone"),
        0,
        "it does not go out late by surprise"
    );
}

async fn after_a_day_a_deleted_post_is_gone_for_good(room: &Newsroom) {
    let post = room
        .post(
            "Forgotten",
            &room.two_channels(),
            json!({ "kind": "draft" }),
        )
        .await;
    delete(room, &post).await;
    room.hub.clock.advance(SignedDuration::from_hours(23));
    room.hub.run_jobs().await;
    restore(room, &post).await.expect(StatusCode::OK);
    delete(room, &post).await;
    room.hub.clock.advance(SignedDuration::from_hours(26));
    room.hub.run_jobs().await;
    assert_eq!(restore(room, &post).await.status, StatusCode::NOT_FOUND);
}

async fn a_cancelled_post_is_scheduled_again_but_for_what_was_left_out(room: &Newsroom) {
    let channels = [&room.pages[0], &room.pages[1], &room.mastodon];
    let post = room.post_in("On again", &channels, 30).await;
    let left_out = format!("/api/deliveries/{}/cancel", id(&post["deliveries"][1]));
    room.browser
        .send(Method::POST, &left_out, None)
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(1).await;
    let path = format!("/api/posts/{}/cancel", id(&post));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    let restored = restore(room, &post).await.expect(StatusCode::OK);
    let states: Vec<&Value> = restored["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|delivery| &delivery["state"])
        .collect();
    assert_eq!(states, ["scheduled", "cancelled", "scheduled"]);
    room.pass_minutes(30).await;
    assert_eq!(room.copies("On again"), 2);
    let timeline = room.read(&post).await["timeline"].clone();
    let restored = timeline
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["action"] == "post.restored");
    assert_eq!(restored.unwrap()["detail"]["from"], "cancelled");
}

async fn what_was_tried_is_not_scheduled_again_by_taking_back(room: &Newsroom) {
    let post = room.post_in("Tried", &[&room.mastodon], 1).await;
    room.break_next(
        fanfare_sandbox::Platform::Mastodon,
        fanfare_sandbox::CallKind::Publish,
        fanfare_sandbox::Fault::RevokedToken,
        1,
    );
    room.pass_minutes(2).await;
    assert_eq!(room.read(&post).await["state"], "failed");
    let path = format!("/api/posts/{}/cancel", id(&post));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    let refused = restore(room, &post).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
}

async fn the_history_says_what_an_edit_changed_and_each_try(room: &Newsroom) {
    let post = room
        .post_in("First", &[&room.pages[0], &room.mastodon], 5)
        .await;
    let path = format!("/api/posts/{}", id(&post));
    let change = json!({
        "text": "Second",
        "channel_ids": [room.mastodon["id"]],
        "schedule": { "kind": "at", "at": room.at(2), "time_zone": "Europe/Madrid" },
    });
    room.browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    room.break_next(
        fanfare_sandbox::Platform::Mastodon,
        fanfare_sandbox::CallKind::Publish,
        fanfare_sandbox::Fault::ServerError,
        1,
    );
    room.pass_minutes(4).await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    let timeline = after["timeline"].as_array().unwrap();
    let edited = timeline
        .iter()
        .find(|entry| entry["action"] == "post.edited")
        .unwrap();
    assert_eq!(
        edited["detail"]["changed"],
        json!(["text", "channels", "time"])
    );
    assert_eq!(edited["detail"]["removed"], json!([room.pages[0]["name"]]));
    assert_eq!(edited["detail"]["was_at"], post["schedule"]["at"]);
    let actions: Vec<&str> = timeline
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "post.scheduled",
            "post.edited",
            "delivery.publishing",
            "delivery.tried",
            "delivery.published"
        ]
    );
}

async fn delete(room: &Newsroom, post: &Value) {
    let path = format!("/api/posts/{}", id(post));
    assert_eq!(
        room.browser.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
}

async fn restore(room: &Newsroom, post: &Value) -> fanfare_testkit::Reply {
    let path = format!("/api/posts/{}/restore", id(post));
    room.browser.send(Method::POST, &path, None).await
}

in_newsroom!(
    a_deleted_post_comes_back_as_it_was_and_goes_out,
    what_is_deleted_does_not_go_out,
    after_a_day_a_deleted_post_is_gone_for_good,
    a_cancelled_post_is_scheduled_again_but_for_what_was_left_out,
    what_was_tried_is_not_scheduled_again_by_taking_back,
    the_history_says_what_an_edit_changed_and_each_try,
);
