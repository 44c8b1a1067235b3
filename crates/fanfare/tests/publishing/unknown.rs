//! Lost answers: the platform is asked before anything is sent again, and a person when it cannot tell.

use fanfare_sandbox::{CallKind, Fault, Platform};
use fanfare_testkit::{Method, StatusCode};
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn a_lost_answer_is_found_at_the_platform(room: &Newsroom) {
    for platform in [Platform::Facebook, Platform::Mastodon] {
        room.break_next(platform, CallKind::Publish, Fault::TimeoutAfter, 1);
    }
    let post = room.post_now("Did it arrive", &room.two_channels()).await;
    room.hub.run_jobs().await;
    room.pass_minutes(3).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Did it arrive"), 2);
}

/// The call's answer is lost, and so is every answer to what is asked afterwards.
async fn unanswered(room: &Newsroom, text: &str) -> (Value, Value) {
    room.break_next(
        Platform::Facebook,
        CallKind::Publish,
        Fault::TimeoutAfter,
        1,
    );
    room.break_next(
        Platform::Facebook,
        CallKind::Read,
        Fault::ServerError,
        10_000,
    );
    let post = room.post_now(text, &[&room.pages[0]]).await;
    room.hub.run_jobs().await;
    room.pass_minutes(15).await;
    let delivery = room.delivery(&post, "facebook").await;
    assert_eq!(delivery["state"], "needs_attention", "{delivery:#}");
    assert_eq!(delivery["error"]["advice"], "check_platform");
    (post, delivery)
}

async fn when_nobody_can_tell_a_person_must_look(room: &Newsroom) {
    let (post, delivery) = unanswered(room, "Lost in the post").await;
    assert_eq!(room.read(&post).await["state"], "needs_attention");
    assert_eq!(
        room.copies("Lost in the post"),
        1,
        "it was not sent again by itself"
    );

    let path = format!("/api/deliveries/{}/resolve", id(&delivery));
    let wrong = room
        .browser
        .post(
            &path,
            json!({ "published": true, "permalink": "javascript:alert(1)" }),
        )
        .await;
    assert_eq!(wrong.field_codes(), ["permalink: invalid_url"]);
    let answer = json!({ "published": true, "permalink": "https://www.facebook.com/1" });
    let settled = room
        .browser
        .post(&path, answer)
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (settled["state"].as_str(), settled["permalink"].as_str()),
        (Some("published"), Some("https://www.facebook.com/1"))
    );
    let again = room.browser.post(&path, json!({ "published": true })).await;
    assert_eq!(again.code(), "not_possible_in_state");
}

async fn asking_again_finds_it_once_the_platform_answers(room: &Newsroom) {
    let (post, delivery) = unanswered(room, "Found later").await;
    room.hub.sandbox.faults().clear();
    let path = format!("/api/deliveries/{}/retry", id(&delivery));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(2).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(
        room.copies("Found later"),
        1,
        "trying again looked for it and did not send it"
    );
}

async fn a_person_may_say_that_it_is_not_there(room: &Newsroom) {
    let (post, delivery) = unanswered(room, "Send it again").await;
    room.hub.sandbox.reset(false);
    room.hub.sandbox.faults().clear();
    let path = format!("/api/deliveries/{}/resolve", id(&delivery));
    room.browser
        .post(&path, json!({ "published": false }))
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(2).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Send it again"), 1);
}

async fn the_same_words_twice_are_two_posts(room: &Newsroom) {
    for platform in [Platform::Facebook, Platform::Mastodon] {
        // The first goes out; of the second the platform hears nothing.
        let channels: Vec<_> = room.two_channels();
        let channel = match platform {
            Platform::Mastodon => channels[1],
            _ => channels[0],
        };
        let text = format!("Twins on {platform}");
        let first = room.post_now(&text, &[channel]).await;
        room.hub.run_jobs().await;
        room.break_next(platform, CallKind::Publish, Fault::TimeoutBefore, 1);
        let second = room.post_now(&text, &[channel]).await;
        room.hub.run_jobs().await;
        room.pass_minutes(3).await;
        for post in [&first, &second] {
            assert_eq!(room.read(post).await["state"], "published", "{text}");
        }
        assert_eq!(
            room.copies(&text),
            2,
            "the first is not taken for the second"
        );
    }
}

in_newsroom!(
    the_same_words_twice_are_two_posts,
    a_lost_answer_is_found_at_the_platform,
    when_nobody_can_tell_a_person_must_look,
    asking_again_finds_it_once_the_platform_answers,
    a_person_may_say_that_it_is_not_there,
);
