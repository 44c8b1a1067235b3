//! First comments: written once below a post that is out, and never in its way.

use fanfare_sandbox::{CallKind, Fault, Platform};
use fanfare_testkit::{Method, StatusCode};
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn act(room: &Newsroom, delivery: &Value, what: &str, body: Option<Value>) -> Value {
    let path = format!("/api/deliveries/{}/first-comment/{what}", id(delivery));
    room.browser
        .send(Method::POST, &path, body)
        .await
        .expect(StatusCode::OK)["first_comment"]
        .clone()
}

fn actions(post: &Value) -> Vec<String> {
    let timeline = post["timeline"].as_array().unwrap();
    let comments = timeline
        .iter()
        .filter_map(|event| event["action"].as_str())
        .filter(|action| action.starts_with("first_comment."));
    comments.map(str::to_owned).collect()
}

async fn it_follows_the_post_on_each_channel(room: &Newsroom) {
    let post = room
        .post_with_comment(
            "Fresh bread",
            "Order here:\nhttps://harbour.example",
            &room.two_channels(),
        )
        .await;
    for delivery in post["deliveries"].as_array().unwrap() {
        let comment = &delivery["first_comment"];
        assert_eq!(
            (&comment["state"], &comment["can_cancel"]),
            (&json!("scheduled"), &json!(false)),
            "it is told of before the post is out"
        );
    }
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    assert_eq!(room.copies("Fresh bread"), 2);
    assert_eq!(room.comments("Order here:\nhttps://harbour.example"), 2);
    for delivery in after["deliveries"].as_array().unwrap() {
        let comment = &delivery["first_comment"];
        assert_eq!(comment["state"], "published", "{comment:#}");
        assert_eq!(
            (&comment["attempts"], &comment["error"]),
            (&json!(1), &Value::Null)
        );
        assert!(comment["permalink"].as_str().unwrap().starts_with("http"));
        let below = room.hub.sandbox.comments();
        let found = below
            .iter()
            .find(|below| Some(below.remote_id.as_str()) == comment["remote_id"].as_str());
        assert_eq!(
            found.map(|below| below.post.as_str()),
            delivery["remote_id"].as_str(),
            "below this post and no other"
        );
    }
    let once = [
        "first_comment.scheduled",
        "first_comment.publishing",
        "first_comment.published",
    ];
    for action in once {
        let times = actions(&after).iter().filter(|one| *one == action).count();
        assert_eq!(times, 2, "{action}: {:?}", actions(&after));
    }
}

async fn without_one_nothing_is_written(room: &Newsroom) {
    let post = room
        .post_with_comment("Plain", "  \n ", &room.two_channels())
        .await;
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    assert!(after["deliveries"][0]["first_comment"].is_null());
    assert!(room.hub.sandbox.comments().is_empty());
    let path = format!(
        "/api/deliveries/{}/first-comment/retry",
        id(&after["deliveries"][0])
    );
    let refused = room.browser.send(Method::POST, &path, None).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

async fn a_lost_answer_is_found_below_the_post(room: &Newsroom) {
    for (platform, fault) in [
        (Platform::Facebook, Fault::TimeoutAfter),
        (Platform::Mastodon, Fault::TimeoutBefore),
    ] {
        room.break_next(platform, CallKind::Comment, fault, 1);
    }
    let post = room
        .post_with_comment("Did it arrive", "Question", &room.two_channels())
        .await;
    room.hub.run_jobs().await;
    let early = room.read(&post).await;
    assert_eq!(early["state"], "published", "the post does not wait for it");
    room.pass_minutes(3).await;
    let after = room.read(&post).await;
    for delivery in after["deliveries"].as_array().unwrap() {
        assert_eq!(
            delivery["first_comment"]["state"], "published",
            "{delivery:#}"
        );
    }
    assert_eq!(room.comments("Question"), 2);
}

async fn what_may_pass_is_tried_again_and_a_limit_is_waited_for(room: &Newsroom) {
    room.break_next(Platform::Facebook, CallKind::Comment, Fault::RateLimit, 1);
    room.break_next(Platform::Mastodon, CallKind::Comment, Fault::RateLimit, 2);
    let post = room
        .post_with_comment("Busy", "Patience", &room.two_channels())
        .await;
    room.hub.run_jobs().await;
    let page = room.delivery(&post, "facebook").await;
    assert_eq!(
        (page["state"].as_str(), page["error"].is_null()),
        (Some("published"), true)
    );
    let comment = &page["first_comment"];
    assert_eq!(
        (
            comment["state"].as_str(),
            comment["error"]["advice"].as_str()
        ),
        (Some("publishing"), Some("wait"))
    );
    room.pass_minutes(10).await;
    assert_eq!(room.comments("Patience"), 2);
}

async fn a_comment_that_fails_leaves_the_post_published(room: &Newsroom) {
    room.break_next(
        Platform::Facebook,
        CallKind::Comment,
        Fault::RevokedToken,
        1,
    );
    let post = room
        .post_with_comment("Half", "Lost my key", &[&room.pages[0]])
        .await;
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    let page = &after["deliveries"][0];
    let comment = &page["first_comment"];
    assert_eq!(
        (
            comment["state"].as_str(),
            comment["error"]["advice"].as_str()
        ),
        (Some("failed"), Some("reconnect"))
    );
    assert!(actions(&after).contains(&"first_comment.failed".to_owned()));

    room.browser.connect("facebook", json!({})).await;
    let path = format!("/api/deliveries/{}/first-comment/retry", id(page));
    let long = room
        .browser
        .post(&path, json!({ "text": "x".repeat(8_001) }))
        .await;
    assert_eq!(long.field_codes(), ["text: too_long"]);
    let empty = room.browser.post(&path, json!({ "text": " " })).await;
    assert_eq!(empty.field_codes(), ["text: required"]);
    let retried = act(room, page, "retry", Some(json!({ "text": "Found my key" }))).await;
    assert_eq!(retried["state"], "publishing");
    room.hub.run_jobs().await;
    assert_eq!(
        (room.comments("Lost my key"), room.comments("Found my key")),
        (0, 1)
    );
    let again = room.browser.send(Method::POST, &path, None).await;
    assert_eq!(again.code(), "not_possible_in_state");
    assert_eq!(room.copies("Half"), 1, "the post was not sent again");
}

/// The comment's answer is lost, and so is every answer to what is asked afterwards.
async fn unanswered(room: &Newsroom, text: &str) -> Value {
    room.break_next(
        Platform::Facebook,
        CallKind::Comment,
        Fault::TimeoutAfter,
        1,
    );
    let post = room
        .post_with_comment(&format!("Above {text}"), text, &[&room.pages[0]])
        .await;
    room.break_next(Platform::Facebook, CallKind::Read, Fault::Slow, 0);
    room.hub.run_jobs().await;
    room.break_next(
        Platform::Facebook,
        CallKind::Read,
        Fault::ServerError,
        10_000,
    );
    room.pass_minutes(15).await;
    let delivery = room.delivery(&post, "facebook").await;
    let comment = &delivery["first_comment"];
    assert_eq!(comment["state"], "needs_attention", "{comment:#}");
    assert_eq!(comment["error"]["advice"], "check_platform");
    assert_eq!(delivery["state"], "published");
    assert_eq!(room.comments(text), 1, "it was not sent again by itself");
    delivery
}

async fn when_nobody_can_tell_a_person_decides(room: &Newsroom) {
    let delivery = unanswered(room, "Is it there").await;
    let path = format!("/api/deliveries/{}/first-comment", id(&delivery));
    let other = room
        .browser
        .post(&format!("{path}/retry"), json!({ "text": "Another" }))
        .await;
    assert_eq!(other.code(), "not_possible_in_state");
    let wrong = room
        .browser
        .post(
            &format!("{path}/resolve"),
            json!({ "published": true, "permalink": "javascript:alert(1)" }),
        )
        .await;
    assert_eq!(wrong.field_codes(), ["permalink: invalid_url"]);
    let settled = act(
        room,
        &delivery,
        "resolve",
        Some(json!({ "published": true })),
    )
    .await;
    assert_eq!(settled["state"], "published");
    let late = room
        .browser
        .send(Method::POST, &format!("{path}/cancel"), None)
        .await;
    assert_eq!(late.code(), "too_late");
    assert_eq!(room.comments("Is it there"), 1);
}

async fn asking_again_finds_it_and_a_person_may_say_it_is_not_there(room: &Newsroom) {
    let delivery = unanswered(room, "Found later").await;
    room.hub.sandbox.faults().clear();
    act(room, &delivery, "retry", None).await;
    room.pass_minutes(2).await;
    let post = json!({ "id": delivery["post_id"] });
    let after = room.delivery(&post, "facebook").await;
    assert_eq!(after["first_comment"]["state"], "published");
    assert_eq!(room.comments("Found later"), 1);

    let delivery = unanswered(room, "Once more").await;
    room.hub.sandbox.faults().clear();
    act(
        room,
        &delivery,
        "resolve",
        Some(json!({ "published": false })),
    )
    .await;
    room.pass_minutes(2).await;
    assert_eq!(room.comments("Once more"), 2, "the person vouched for it");
}

async fn it_can_be_left_out_and_taken_up_again(room: &Newsroom) {
    room.break_next(Platform::Mastodon, CallKind::Comment, Fault::RateLimit, 1);
    let post = room
        .post_with_comment("Second thoughts", "Maybe", &[&room.mastodon])
        .await;
    room.hub.run_jobs().await;
    let delivery = room.delivery(&post, "mastodon").await;
    assert_eq!(delivery["first_comment"]["can_cancel"], true);
    let cancelled = act(room, &delivery, "cancel", None).await;
    assert_eq!(
        (&cancelled["state"], &cancelled["can_retry"]),
        (&json!("cancelled"), &json!(true))
    );
    room.pass_minutes(10).await;
    assert_eq!(room.comments("Maybe"), 0);
    act(room, &delivery, "retry", None).await;
    room.pass_minutes(2).await;
    assert_eq!(room.comments("Maybe"), 1);
    let after = room.read(&post).await;
    let last = actions(&after);
    assert!(
        last.contains(&"first_comment.cancelled".to_owned())
            && last.contains(&"first_comment.retried".to_owned()),
        "{last:?}"
    );
}

async fn below_a_post_confirmed_by_hand_a_person_must_write(room: &Newsroom) {
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
    let post = room
        .post_with_comment("Confirmed", "Nowhere to go", &[&room.pages[0]])
        .await;
    room.hub.run_jobs().await;
    room.pass_minutes(15).await;
    let delivery = room.delivery(&post, "facebook").await;
    assert_eq!(delivery["first_comment"]["state"], "scheduled");
    room.browser
        .post(
            &format!("/api/deliveries/{}/resolve", id(&delivery)),
            json!({ "published": true }),
        )
        .await
        .expect(StatusCode::OK);
    room.hub.run_jobs().await;
    let after = room.delivery(&post, "facebook").await;
    assert_eq!(
        (
            after["state"].as_str(),
            after["first_comment"]["state"].as_str()
        ),
        (Some("published"), Some("failed"))
    );
    assert_eq!(room.comments("Nowhere to go"), 0);
}

async fn the_watchdog_gives_a_lost_job_back(room: &Newsroom) {
    room.break_next(Platform::Mastodon, CallKind::Comment, Fault::RateLimit, 1);
    let post = room
        .post_with_comment("Watched", "Still to come", &[&room.mastodon])
        .await;
    room.hub.run_jobs().await;
    let delivery = room.delivery(&post, "mastodon").await;
    let mut tx = room
        .hub
        .store
        .as_system("a job is lost")
        .write()
        .await
        .unwrap();
    let key = format!("comment:{}", id(&delivery));
    fanfare_store::jobs::withdraw(&mut tx, &key).await.unwrap();
    tx.commit().await.unwrap();
    fanfare_app::jobs::start_periodic(&room.hub.app)
        .await
        .unwrap();
    room.pass_minutes(10).await;
    assert_eq!(room.comments("Still to come"), 1);
}

async fn without_the_permission_it_is_said_before(room: &Newsroom) {
    // Somebody takes the permission away when connecting anew.
    let mut tx = room
        .hub
        .store
        .as_system("a grant without comments")
        .write()
        .await
        .unwrap();
    tx.execute(
        fanfare_store::sql!("UPDATE connections SET scopes = $1 WHERE platform = 'facebook'"),
        fanfare_store::binds![
            r#"["pages_show_list","pages_manage_posts","pages_read_engagement"]"#
        ],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let channel = id(&room.pages[0]);
    let body = |comment: &str| {
        json!({
            "text": "Hello", "channel_ids": [channel], "schedule": { "kind": "now" },
            "variants": { channel: { "options": { "first_comment": comment } } },
        })
    };
    let refused = room.browser.post("/api/posts", body("Below")).await;
    assert_eq!(
        refused.field_codes(),
        ["options.first_comment: permission_missing"]
    );
    room.browser
        .post("/api/posts", body(""))
        .await
        .expect(StatusCode::CREATED);
}

in_newsroom!(
    it_follows_the_post_on_each_channel,
    without_one_nothing_is_written,
    a_lost_answer_is_found_below_the_post,
    what_may_pass_is_tried_again_and_a_limit_is_waited_for,
    a_comment_that_fails_leaves_the_post_published,
    when_nobody_can_tell_a_person_decides,
    asking_again_finds_it_and_a_person_may_say_it_is_not_there,
    it_can_be_left_out_and_taken_up_again,
    below_a_post_confirmed_by_hand_a_person_must_write,
    the_watchdog_gives_a_lost_job_back,
    without_the_permission_it_is_said_before,
);
