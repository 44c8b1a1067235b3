//! Deciding, and deciding otherwise, up to the last moment.

use fanfare_testkit::StatusCode;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn a_post_goes_out_on_all_its_channels(room: &Newsroom) {
    let post = room.post_now("Fresh bread", &room.two_channels()).await;
    assert_eq!(post["state"], "scheduled");
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    assert_eq!(room.copies("Fresh bread"), 2);
    for delivery in after["deliveries"].as_array().unwrap() {
        assert!(delivery["permalink"].as_str().unwrap().starts_with("http"));
        let path = format!("/api/deliveries/{}", id(delivery));
        let detail = room.browser.get(&path).await.expect(StatusCode::OK);
        assert_eq!(detail["attempt_log"][0]["outcome"], "published");
        assert_eq!(detail["receipt"]["remote_id"], delivery["remote_id"]);
    }
    let actions: Vec<_> = after["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["action"])
        .collect();
    for action in [
        "post.scheduled",
        "delivery.publishing",
        "delivery.published",
    ] {
        assert!(actions.contains(&&json!(action)), "{actions:?}");
    }
}

async fn a_scheduled_post_waits_for_its_time(room: &Newsroom) {
    let post = room.post_in("At nine", &room.two_channels(), 30).await;
    room.pass_minutes(29).await;
    assert_eq!(room.read(&post).await["state"], "scheduled");
    assert_eq!(room.copies("At nine"), 0);
    room.pass_minutes(1).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("At nine"), 2);
}

async fn each_channel_gets_its_own_variant(room: &Newsroom) {
    let body = json!({
        "text": "For all",
        "channel_ids": [room.pages[0]["id"], room.mastodon["id"]],
        "variants": { id(&room.mastodon): { "text": "For the small town", "options": { "visibility": "unlisted" } } },
        "schedule": { "kind": "now" },
    });
    let post = room
        .browser
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    room.hub.run_jobs().await;
    assert_eq!(
        (room.copies("For all"), room.copies("For the small town")),
        (1, 1)
    );
    let variant = &room.read(&post).await["variants"][id(&room.mastodon)];
    assert_eq!(variant["options"]["visibility"], "unlisted");
}

async fn a_draft_stays_until_it_is_published(room: &Newsroom) {
    let post = room
        .post("Not yet", &room.two_channels(), json!({ "kind": "draft" }))
        .await;
    assert_eq!(post["state"], "draft");
    room.pass_minutes(5).await;
    assert_eq!(room.copies("Not yet"), 0);
    let path = format!("/api/posts/{}/publish", id(&post));
    let published = room
        .browser
        .send(fanfare_testkit::Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    assert_eq!(published["state"], "scheduled");
    room.hub.run_jobs().await;
    assert_eq!(room.copies("Not yet"), 2);
}

async fn a_scheduled_post_can_be_moved_edited_and_unscheduled(room: &Newsroom) {
    let post = room.post_in("First words", &room.two_channels(), 10).await;
    let path = format!("/api/posts/{}", id(&post));
    let change = json!({ "text": "Second words", "schedule": { "kind": "at", "at": room.at(60) }, "revision": 1 });
    let moved = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(moved["revision"], 2);
    room.pass_minutes(11).await;
    assert_eq!(room.copies("First words") + room.copies("Second words"), 0);

    let stale = room
        .browser
        .patch(&path, json!({ "text": "Third", "revision": 1 }))
        .await;
    assert_eq!(
        (stale.status, stale.code()),
        (StatusCode::CONFLICT, "conflict")
    );

    let draft = json!({ "schedule": { "kind": "draft" } });
    let draft = room
        .browser
        .patch(&path, draft)
        .await
        .expect(StatusCode::OK);
    assert_eq!(draft["state"], "draft");
    room.pass_minutes(60).await;
    assert_eq!(room.copies("Second words"), 0, "a draft does not go out");
}

async fn channels_can_be_added_and_taken_off_before_it_goes_out(room: &Newsroom) {
    let post = room.post_in("Here and there", &[&room.pages[0]], 10).await;
    let path = format!("/api/posts/{}", id(&post));
    let change = json!({ "channel_ids": [room.pages[1]["id"], room.mastodon["id"]] });
    let changed = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(changed["deliveries"].as_array().unwrap().len(), 2);
    room.pass_minutes(10).await;
    let published = room.hub.sandbox.published();
    let accounts: Vec<_> = published
        .iter()
        .filter(|post| post.text == "Here and there")
        .map(|post| &post.account)
        .collect();
    assert_eq!(accounts.len(), 2);
    assert!(!accounts.contains(&&room.pages[0]["remote_id"].as_str().unwrap().to_owned()));
}

async fn what_is_out_cannot_be_edited_away_or_deleted(room: &Newsroom) {
    let post = room.post_now("Out for good", &room.two_channels()).await;
    room.hub.run_jobs().await;
    let path = format!("/api/posts/{}", id(&post));
    let deleted = room.browser.delete(&path).await;
    assert_eq!(
        (deleted.status, deleted.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
    let cancelled = room
        .browser
        .send(
            fanfare_testkit::Method::POST,
            &format!("{path}/cancel"),
            None,
        )
        .await;
    assert_eq!(
        (cancelled.status, cancelled.code()),
        (StatusCode::CONFLICT, "too_late")
    );
    let edited = room
        .browser
        .patch(&path, json!({ "text": "Other words" }))
        .await
        .expect(StatusCode::OK);
    for channel in room.two_channels() {
        assert_eq!(
            edited["variants"][id(channel)]["text"],
            "Out for good",
            "the record stays true"
        );
    }
    assert_eq!(room.copies("Out for good"), 2);
}

async fn what_is_out_stays_on_the_post_when_its_channel_is_gone(room: &Newsroom) {
    let post = room.post_in("Two places", &room.two_channels(), 10).await;
    room.break_next(
        fanfare_sandbox::Platform::Mastodon,
        fanfare_sandbox::CallKind::Publish,
        fanfare_sandbox::Fault::RevokedToken,
        1,
    );
    room.pass_minutes(11).await;
    assert_eq!(room.read(&post).await["state"], "partly_published");
    let gone = json!({ "connection_id": room.pages[0]["connection_id"], "scheduled": "keep" });
    room.browser
        .post("/api/platforms/facebook/disconnect", gone)
        .await
        .expect(StatusCode::OK);
    let change = json!({ "text": "Other words", "channel_ids": [room.mastodon["id"]] });
    let path = format!("/api/posts/{}", id(&post));
    let edited = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(edited["deliveries"].as_array().unwrap().len(), 2);
    let page = &edited["variants"][id(&room.pages[0])]["text"];
    assert_eq!(page, "Two places", "as it went out");
}

async fn a_draft_that_saves_itself_is_no_news(room: &Newsroom) {
    let draft = json!({ "kind": "draft" });
    let post = room.post("A", &room.two_channels(), draft).await;
    let path = format!("/api/posts/{}", id(&post));
    for text in ["Ab", "Abc"] {
        room.browser
            .patch(&path, json!({ "text": text }))
            .await
            .expect(StatusCode::OK);
    }
    let timeline = room.read(&post).await["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().len(), 1, "{timeline:#}");
}

async fn a_cancelled_post_does_not_go_out(room: &Newsroom) {
    let post = room.post_in("Never mind", &room.two_channels(), 10).await;
    let path = format!("/api/posts/{}/cancel", id(&post));
    let cancelled = room
        .browser
        .send(fanfare_testkit::Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    assert_eq!(cancelled["state"], "cancelled");
    room.pass_minutes(15).await;
    assert_eq!(room.copies("Never mind"), 0);
    refused_to_publish(room, &post).await;
}

async fn what_is_out_is_not_published_again(room: &Newsroom) {
    let post = room.post_now("Only once", &room.two_channels()).await;
    room.hub.run_jobs().await;
    let before = room.read(&post).await;
    refused_to_publish(room, &post).await;
    assert_eq!(room.read(&post).await, before, "nor is its record changed");
    assert_eq!(room.copies("Only once"), 2);
}

async fn refused_to_publish(room: &Newsroom, post: &Value) {
    let path = format!("/api/posts/{}/publish", id(post));
    let refused = room
        .browser
        .send(fanfare_testkit::Method::POST, &path, None)
        .await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
}

async fn a_duplicate_is_a_draft_of_the_same(room: &Newsroom) {
    let post = room.post_now("Again sometime", &room.two_channels()).await;
    room.hub.run_jobs().await;
    let path = format!("/api/posts/{}/duplicate", id(&post));
    let copy = room
        .browser
        .send(fanfare_testkit::Method::POST, &path, None)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(
        (copy["state"].as_str(), copy["text"].as_str()),
        (Some("draft"), Some("Again sometime"))
    );
    assert_eq!(copy["channel_ids"], post["channel_ids"]);
}

async fn bad_posts_are_refused_field_by_field_and_nothing_is_stored(room: &Newsroom) {
    let page = &room.pages[0]["id"];
    let too_long = "x".repeat(501);
    let cases = [
        (
            json!({ "text": "a", "schedule": { "kind": "now" } }),
            "channel_ids: required",
        ),
        (
            json!({ "text": "a", "channel_ids": ["nonsense"] }),
            "channel_ids.0: unknown_channel",
        ),
        (
            json!({ "text": "a", "channel_ids": [page, page] }),
            "channel_ids.1: duplicate",
        ),
        (
            json!({ "text": "a", "channel_ids": ["01a1fa50-30ec-7553-86b7-41ccc764e8f1"] }),
            "channel_ids.0: unknown_channel",
        ),
        (
            json!({ "text": "a", "media": [{ "id": "01a1fa50-30ec-7553-86b7-41ccc764e8f1" }] }),
            "media.0.id: unknown_media",
        ),
        (
            json!({ "text": "a", "channel_ids": [page], "schedule": { "kind": "at" } }),
            "schedule.at: required",
        ),
        (
            json!({ "text": "a", "channel_ids": [page], "schedule": { "kind": "at", "at": room.at(-5) } }),
            "schedule.at: time_in_past",
        ),
        (
            json!({ "text": "a", "channel_ids": [page], "schedule": { "kind": "at", "at": "2999-01-01T00:00:00Z" } }),
            "schedule.at: time_too_far",
        ),
        (
            json!({ "text": "a", "channel_ids": [page], "schedule": { "kind": "now", "time_zone": "Mars/Olympus" } }),
            "schedule.time_zone: unknown_time_zone",
        ),
        (
            json!({ "text": "a", "channel_ids": [page], "schedule": { "kind": "queue" } }),
            "schedule.kind: no_queue_slots",
        ),
        (
            json!({ "text": "a", "colour": "red" }),
            "colour: unknown_field",
        ),
        (json!({ "text": 7 }), "text: wrong_type"),
        (
            json!({ "text": too_long, "channel_ids": [room.mastodon["id"]], "schedule": { "kind": "now" } }),
            "text: text_too_long",
        ),
        (
            json!({ "text": " ", "channel_ids": [page], "schedule": { "kind": "now" } }),
            "text: text_required",
        ),
    ];
    for (body, expected) in cases {
        let reply = room.browser.post("/api/posts", body.clone()).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(
            reply.field_codes().iter().any(|code| code == expected),
            "{body}: {:?}",
            reply.field_codes()
        );
    }
    let list = room.browser.get("/api/posts").await.expect(StatusCode::OK);
    assert_eq!(list["items"], json!([]));
}

async fn one_character_decides(room: &Newsroom) {
    for (length, level) in [(500, None), (501, Some("error"))] {
        let body = json!({ "text": "x".repeat(length), "channel_ids": [room.mastodon["id"]] });
        let found = room
            .browser
            .post("/api/posts/validate", body)
            .await
            .expect(StatusCode::OK);
        let first = found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["code"] == "text_too_long");
        assert_eq!(
            first.and_then(|finding| finding["level"].as_str()),
            level,
            "{length}"
        );
        assert_eq!(found["counts"][0]["used"], length);
    }
}

in_newsroom!(
    a_post_goes_out_on_all_its_channels,
    a_scheduled_post_waits_for_its_time,
    each_channel_gets_its_own_variant,
    a_draft_stays_until_it_is_published,
    a_scheduled_post_can_be_moved_edited_and_unscheduled,
    channels_can_be_added_and_taken_off_before_it_goes_out,
    what_is_out_cannot_be_edited_away_or_deleted,
    what_is_out_stays_on_the_post_when_its_channel_is_gone,
    a_draft_that_saves_itself_is_no_news,
    a_cancelled_post_does_not_go_out,
    what_is_out_is_not_published_again,
    a_duplicate_is_a_draft_of_the_same,
    bad_posts_are_refused_field_by_field_and_nothing_is_stored,
    one_character_decides,
);
