//! What a post said before can be seen and taken back.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::with_ada;

with_ada!(
    one_sitting_is_one_version,
    a_text_written_over_is_kept_even_within_a_sitting,
    restoring_is_an_edit_that_can_be_taken_back,
    restoring_brings_back_media_channels_and_variants_but_no_time,
    what_is_gone_stays_gone_when_restored,
    a_restore_names_the_revision_it_saw,
    the_newest_fifty_are_kept,
);

async fn draft(ada: &Browser, text: &str) -> String {
    let post = ada.post("/api/posts", json!({ "text": text })).await;
    let post = post.expect(StatusCode::CREATED);
    format!("/api/posts/{}", post["id"].as_str().unwrap())
}

async fn write(ada: &Browser, post: &str, change: Value) -> Value {
    ada.patch(post, change).await.expect(StatusCode::OK)
}

async fn versions(ada: &Browser, post: &str) -> Vec<Value> {
    let list = ada.get(&format!("{post}/versions")).await;
    list.expect(StatusCode::OK)["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn texts(ada: &Browser, post: &str) -> Vec<String> {
    let found = versions(ada, post).await;
    let text = |version: &Value| version["text"].as_str().unwrap().to_owned();
    found.iter().map(text).collect()
}

async fn restore(ada: &Browser, post: &str, number: i64) -> Value {
    let path = format!("{post}/versions/{number}/restore");
    ada.send(fanfare_testkit::Method::POST, &path, None)
        .await
        .expect(StatusCode::OK)
}

async fn one_sitting_is_one_version(hub: &TestHub, ada: &Browser) {
    let post = draft(ada, "Fri").await;
    for text in ["Friday", "Friday is", "Friday is panettone day"] {
        hub.clock.advance(SignedDuration::from_secs(20));
        write(ada, &post, json!({ "text": text })).await;
    }
    assert_eq!(texts(ada, &post).await, ["Friday is panettone day"]);
    hub.clock.advance(SignedDuration::from_mins(5));
    write(
        ada,
        &post,
        json!({ "text": "Friday is panettone day, from nine" }),
    )
    .await;
    // Saving what is saved already is no version.
    hub.clock.advance(SignedDuration::from_mins(5));
    write(
        ada,
        &post,
        json!({ "text": "Friday is panettone day, from nine" }),
    )
    .await;
    let found = versions(ada, &post).await;
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&found[0]["number"], &found[0]["current"]),
        (&json!(2), &json!(true))
    );
    assert_eq!(
        (&found[1]["number"], &found[1]["current"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(found[0]["author"]["name"], "Ada Moreno");
    // Another time is no other content.
    hub.clock.advance(SignedDuration::from_mins(10));
    write(
        ada,
        &post,
        json!({ "schedule": { "kind": "draft", "time_zone": "Europe/Madrid" } }),
    )
    .await;
    assert_eq!(versions(ada, &post).await.len(), 2);
}

async fn a_text_written_over_is_kept_even_within_a_sitting(_: &TestHub, ada: &Browser) {
    let long = "Our sourdough takes thirty-six hours, and it shows.";
    let post = draft(ada, long).await;
    write(ada, &post, json!({ "text": "" })).await;
    write(ada, &post, json!({ "text": "Closed" })).await;
    assert_eq!(texts(ada, &post).await, ["Closed", long]);
    // Whoever writes over somebody's words on purpose asks for them to be kept.
    write(
        ada,
        &post,
        json!({ "text": "Closed today", "keep_present": true }),
    )
    .await;
    assert_eq!(texts(ada, &post).await, ["Closed today", "Closed", long]);
}

async fn restoring_is_an_edit_that_can_be_taken_back(hub: &TestHub, ada: &Browser) {
    let post = draft(ada, "First words").await;
    hub.clock.advance(SignedDuration::from_mins(6));
    write(ada, &post, json!({ "text": "Second words" })).await;

    let back = restore(ada, &post, 1).await;
    assert_eq!(
        (&back["text"], &back["revision"]),
        (&json!("First words"), &json!(3))
    );
    let found = versions(ada, &post).await;
    assert_eq!(found[0]["restored_from"], 1);
    assert_eq!(
        texts(ada, &post).await,
        ["First words", "Second words", "First words"]
    );
    // Going on from there does not write over what was restored.
    write(ada, &post, json!({ "text": "First words and more" })).await;
    assert_eq!(versions(ada, &post).await.len(), 4);

    let forth = restore(ada, &post, 2).await;
    assert_eq!(forth["text"], "Second words");
    let timeline = ada.get(&post).await.expect(StatusCode::OK)["timeline"].clone();
    let restored: Vec<_> = timeline
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["action"] == "post.version_restored")
        .map(|event| &event["detail"]["version"])
        .collect();
    assert_eq!(restored, [&json!(1), &json!(2)]);
    let nothing = format!("{post}/versions/99/restore");
    let nothing = ada
        .send(fanfare_testkit::Method::POST, &nothing, None)
        .await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

async fn restoring_brings_back_media_channels_and_variants_but_no_time(
    hub: &TestHub,
    ada: &Browser,
) {
    let instance = json!({ "instance": hub.sandbox.url });
    let account = ada.connect("mastodon", instance).await.remove(0);
    let picture = ada.upload("loaf.jpg", fanfare_testkit::jpeg(64, 64)).await;
    let channel = account["id"].as_str().unwrap();
    let at = hub.app.now() + SignedDuration::from_hours(24);
    let body = json!({
        "text": "With everything", "channel_ids": [channel],
        "media": [{ "id": picture["id"], "alt": "A loaf" }],
        "variants": { channel: { "text": "For the small town", "options": { "visibility": "unlisted" } } },
    });
    let post = ada
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    let post = format!("/api/posts/{}", post["id"].as_str().unwrap());
    hub.clock.advance(SignedDuration::from_mins(6));
    let change = json!({ "text": "Bare", "media": [], "variants": {},
        "schedule": { "kind": "at", "at": at, "time_zone": "Europe/Madrid" } });
    write(ada, &post, change).await;

    let back = restore(ada, &post, 1).await;
    assert_eq!(back["text"], "With everything");
    assert_eq!(back["media"][0]["alt"], "A loaf");
    assert_eq!(back["variants"][channel]["text"], "For the small town");
    assert_eq!(
        back["variants"][channel]["options"]["visibility"],
        "unlisted"
    );
    assert_eq!(
        (&back["state"], &back["schedule"]["kind"]),
        (&json!("scheduled"), &json!("at"))
    );
}

async fn what_is_gone_stays_gone_when_restored(hub: &TestHub, ada: &Browser) {
    let page = ada.connect("facebook", json!({})).await.remove(0);
    let picture = ada.upload("loaf.jpg", fanfare_testkit::jpeg(64, 64)).await;
    let body =
        json!({ "text": "Then", "channel_ids": [page["id"]], "media": [{ "id": picture["id"] }] });
    let post = ada
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    let post = format!("/api/posts/{}", post["id"].as_str().unwrap());
    hub.clock.advance(SignedDuration::from_mins(6));
    write(
        ada,
        &post,
        json!({ "text": "Now", "media": [], "channel_ids": [] }),
    )
    .await;
    let file = format!("/api/media/{}", picture["id"].as_str().unwrap());
    assert_eq!(ada.delete(&file).await.status, StatusCode::NO_CONTENT);
    let body = json!({ "connection_id": page["connection_id"], "scheduled": "cancel" });
    let gone = ada.post("/api/platforms/facebook/disconnect", body).await;
    assert!(gone.status.is_success(), "{gone:?}");

    let first = &versions(ada, &post).await[1];
    assert_eq!(
        (&first["media"], &first["media_gone"]),
        (&json!([]), &json!(1))
    );
    let back = restore(ada, &post, 1).await;
    assert_eq!(back["text"], "Then");
    assert_eq!(
        (&back["media"], &back["channel_ids"]),
        (&json!([]), &json!([]))
    );
}

async fn a_restore_names_the_revision_it_saw(hub: &TestHub, ada: &Browser) {
    let post = draft(ada, "First words").await;
    hub.clock.advance(SignedDuration::from_mins(6));
    write(ada, &post, json!({ "text": "Second words" })).await;
    let path = format!("{post}/versions/1/restore");
    let stale = ada.post(&path, json!({ "revision": 1 })).await;
    assert_eq!(
        (stale.status, stale.code()),
        (StatusCode::CONFLICT, "conflict")
    );
    let seen = ada.post(&path, json!({ "revision": 2 })).await;
    assert_eq!(seen.expect(StatusCode::OK)["text"], "First words");
}

async fn the_newest_fifty_are_kept(hub: &TestHub, ada: &Browser) {
    let post = draft(ada, "Version 1").await;
    for number in 2..=52 {
        hub.clock.advance(SignedDuration::from_mins(5));
        write(ada, &post, json!({ "text": format!("Version {number}") })).await;
    }
    let list = format!("{post}/versions?limit=30");
    let page = ada.get(&list).await.expect(StatusCode::OK);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = ada.get(&format!("{list}&cursor={cursor}")).await;
    let rest = rest.expect(StatusCode::OK);
    assert_eq!(rest["items"].as_array().unwrap().len(), 20);
    assert_eq!(rest["items"][19]["text"], "Version 3");
    assert_eq!(rest["items"][0]["current"], false);
}
