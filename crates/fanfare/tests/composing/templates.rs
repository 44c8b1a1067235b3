//! Content kept to begin posts with.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use serde_json::json;

use crate::{registered, with_ada};

with_ada!(
    templates_are_kept_changed_and_deleted,
    what_is_wrong_is_named,
    a_post_is_saved_as_a_template,
);

const TEMPLATES: &str = "/api/content-templates";

async fn templates_are_kept_changed_and_deleted(_: &TestHub, ada: &Browser) {
    let picture = ada.upload("loaf.jpg", fanfare_testkit::jpeg(64, 64)).await;
    let body = json!({
        "name": "Weekly special", "text": "This week: …", "media": [{ "id": picture["id"], "alt": "A loaf" }],
        "variants": { "mastodon": { "options": { "visibility": "unlisted" } } },
    });
    let made = ada.post(TEMPLATES, body).await.expect(StatusCode::CREATED);
    assert_eq!(made["media"][0]["alt"], "A loaf");
    assert_eq!(
        made["variants"]["mastodon"]["options"]["visibility"],
        "unlisted"
    );
    let path = format!("{TEMPLATES}/{}", made["id"].as_str().unwrap());
    let changed = ada.patch(&path, json!({ "name": "Special" })).await;
    let changed = changed.expect(StatusCode::OK);
    assert_eq!(
        (&changed["name"], &changed["text"]),
        (&json!("Special"), &json!("This week: …"))
    );
    assert_eq!(ada.get(&path).await.expect(StatusCode::OK), changed);
    let list = ada.get(TEMPLATES).await.expect(StatusCode::OK);
    assert_eq!(list["items"], json!([changed]));

    // A file that is deleted is left out; the rest of the template goes on.
    let file = format!("/api/media/{}", picture["id"].as_str().unwrap());
    assert_eq!(ada.delete(&file).await.status, StatusCode::NO_CONTENT);
    let without = ada.patch(&path, json!({ "text": "New words" })).await;
    assert_eq!(without.expect(StatusCode::OK)["media"], json!([]));

    assert_eq!(ada.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ada.get(&path).await.status, StatusCode::NOT_FOUND);
}

async fn what_is_wrong_is_named(hub: &TestHub, ada: &Browser) {
    let ben = registered(hub, "ben").await;
    let theirs = ben.upload("loaf.jpg", fanfare_testkit::jpeg(64, 64)).await;
    let body =
        json!({ "name": "T", "media": [{ "id": theirs["id"] }], "variants": { "myspace": {} } });
    let refused = ada.post(TEMPLATES, body).await;
    assert_eq!(
        refused.field_codes(),
        [
            "variants.myspace: platform_unknown",
            "media.0.id: unknown_media"
        ]
    );
    let nameless = ada.post(TEMPLATES, json!({ "name": "  " })).await;
    assert_eq!(nameless.field_codes(), ["name: required"]);
    ada.post(TEMPLATES, json!({ "name": "Mine" }))
        .await
        .expect(StatusCode::CREATED);
    let taken = ada.post(TEMPLATES, json!({ "name": "mine" })).await;
    assert_eq!(taken.field_codes(), ["name: duplicate"]);
    ben.post(TEMPLATES, json!({ "name": "Mine" }))
        .await
        .expect(StatusCode::CREATED);
}

async fn a_post_is_saved_as_a_template(_: &TestHub, ada: &Browser) {
    let pages = ada.connect("facebook", json!({})).await;
    let (first, second) = (
        pages[0]["id"].as_str().unwrap(),
        pages[1]["id"].as_str().unwrap(),
    );
    let body = json!({
        "text": "For all", "channel_ids": [first, second],
        "variants": { first: { "text": "The first" }, second: { "text": "The second" } },
    });
    let post = ada
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    let path = format!(
        "/api/posts/{}/content-template",
        post["id"].as_str().unwrap()
    );
    let made = ada.post(&path, json!({ "name": "Saved" })).await;
    let made = made.expect(StatusCode::CREATED);
    assert_eq!(made["text"], "For all");
    assert_eq!(made["variants"]["facebook"]["text"], "The first");
}
