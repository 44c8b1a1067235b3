//! What mends a finding, and what becomes a link in a text.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use serde_json::{Value, json};

use crate::with_ada;

with_ada!(
    a_text_that_is_too_long_says_how_long_it_may_be,
    a_picture_of_the_wrong_shape_or_type_says_what_mends_it,
    links_mentions_and_hashtags_are_those_of_each_platform,
);

async fn check(ada: &Browser, body: Value) -> Value {
    ada.post("/api/posts/validate", body)
        .await
        .expect(StatusCode::OK)
}

fn fix_of(verdict: &Value, code: &str) -> Value {
    let findings = verdict["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == code);
    found.unwrap_or_else(|| panic!("no {code}: {verdict:#}"))["fix"].clone()
}

async fn a_text_that_is_too_long_says_how_long_it_may_be(hub: &TestHub, ada: &Browser) {
    let instance = json!({ "instance": hub.sandbox.url });
    let mastodon = ada.connect("mastodon", instance).await.remove(0);
    let channel = mastodon["id"].as_str().unwrap();
    let body = json!({
        "text": "x".repeat(500), "channel_ids": [channel],
        "variants": { channel: { "options": { "content_warning": "Careful" } } },
    });
    // The content warning counts, so less is left for the text.
    let fix = fix_of(&check(ada, body).await, "text_too_long");
    assert_eq!(fix, json!({ "kind": "shorten", "max": 493 }));
}

async fn a_picture_of_the_wrong_shape_or_type_says_what_mends_it(_: &TestHub, ada: &Browser) {
    let account = ada
        .connect("instagram", json!({ "login": "facebook" }))
        .await
        .remove(0);
    let wide = ada
        .upload("wide.jpg", fanfare_testkit::jpeg(1200, 400))
        .await;
    let body = json!({ "text": "", "channel_ids": [account["id"]], "media": [{ "id": wide["id"], "alt": "A shore" }] });
    assert_eq!(
        fix_of(&check(ada, body).await, "media_shape_not_allowed"),
        json!({ "kind": "crop", "media_id": wide["id"], "min_ratio": 0.8, "max_ratio": 1.91 })
    );
    let png = ada.upload("loaf.png", png()).await;
    let body = json!({ "text": "", "channel_ids": [account["id"]], "media": [{ "id": png["id"], "alt": "A loaf" }] });
    assert_eq!(
        fix_of(&check(ada, body).await, "media_type_not_allowed"),
        json!({ "kind": "convert", "media_id": png["id"], "mime": "image/jpeg", "max_bytes": 8 * 1024 * 1024 })
    );
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(400, 400)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn links_mentions_and_hashtags_are_those_of_each_platform(_: &TestHub, ada: &Browser) {
    let page = ada.connect("facebook", json!({})).await.remove(0);
    let account = ada
        .connect("instagram", json!({ "login": "facebook" }))
        .await
        .remove(0);
    let text = "🎉 https://a.example @bob #bread";
    let body = json!({ "text": text, "channel_ids": [page["id"], account["id"]] });
    let verdict = check(ada, body).await;
    let units: Vec<u16> = text.encode_utf16().collect();
    let told = |index: usize| -> Vec<String> {
        let ranges = verdict["entities"][index]["ranges"].as_array().unwrap();
        let at = |range: &Value, end: &str| usize::try_from(range[end].as_u64().unwrap()).unwrap();
        let part = |range: &Value| {
            String::from_utf16(&units[at(range, "start")..at(range, "end")]).unwrap()
        };
        ranges.iter().map(part).collect()
    };
    assert_eq!(verdict["entities"][0]["channel_id"], Value::Null);
    assert_eq!(told(0), ["https://a.example", "@bob", "#bread"]);
    assert_eq!(verdict["entities"][1]["channel_id"], page["id"]);
    assert_eq!(told(1), ["https://a.example", "#bread"]);
    assert_eq!(told(2), ["@bob", "#bread"]);
}
