//! What a workspace gathers beside its posts: folders and tags, queues and groups of channels, words that are used again.

use std::collections::HashMap;

use fanfare_testkit::{Browser, Method, StatusCode};
use serde_json::{Value, json};

use crate::living::{ZONE, text};
use crate::month::On;

/// By file name: the folder and the tags of a picture.
const PLACES: &[(&str, &str, &[&str])] = &[
    ("panettone.jpg", "Products", &["christmas", "sweet"]),
    ("seeded-rye.jpg", "Products", &["bread", "rye"]),
    ("focaccia.jpg", "Products", &["bread"]),
    ("rolls.jpg", "Products", &["bread", "breakfast"]),
    ("coffee.jpg", "Products", &["breakfast", "sweet"]),
    ("harbour-morning.jpg", "The shop", &["harbour"]),
    ("workshop.jpg", "Workshops", &["people"]),
];

/// Folders and tags. What is named nowhere stays outside of every folder.
pub async fn library(browser: &Browser, pictures: &[Value]) {
    let mut folders = HashMap::new();
    for name in ["Products", "The shop", "Workshops"] {
        let made = browser.post("/api/media/folders", json!({ "name": name }));
        folders.insert(name, made.await.expect(StatusCode::CREATED)["id"].clone());
    }
    for (file, folder, tags) in PLACES {
        let Some(picture) = pictures.iter().find(|one| one["file_name"] == *file) else {
            continue;
        };
        let change = json!({ "folder_id": folders[folder], "tags": tags });
        let path = format!("/api/media/{}", text(&picture["id"]));
        browser.patch(&path, change).await.expect(StatusCode::OK);
    }
}

/// Weekly slots of the channels that have a rhythm, and channels that are chosen together.
pub async fn channels(browser: &Browser, channels: &HashMap<On, Value>) {
    let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    for (on, time) in [(On::Page, "12:30"), (On::Instagram, "18:15")] {
        let slot = |weekday| json!({ "weekday": weekday, "time": time });
        let mut slots: Vec<Value> = weekdays.into_iter().map(slot).collect();
        slots.push(json!({ "weekday": "saturday", "time": "10:00" }));
        let queue = json!({ "time_zone": ZONE, "slots": slots });
        let path = format!("/api/channels/{}/queue", text(&channels[&on]["id"]));
        let kept = browser.send(Method::PUT, &path, Some(queue)).await;
        kept.expect(StatusCode::OK);
    }
    for (name, on) in [
        ("The shop", &[On::Page, On::Instagram, On::Mastodon][..]),
        ("Workshops", &[On::Workshops, On::Instagram][..]),
    ] {
        let ids: Vec<&Value> = on.iter().map(|on| &channels[on]["id"]).collect();
        let group = json!({ "name": name, "channel_ids": ids });
        let made = browser.post("/api/channel-groups", group).await;
        made.expect(StatusCode::CREATED);
    }
}

/// Hashtags and texts that are used again.
pub async fn words(browser: &Browser) {
    for (name, hashtags) in [
        (
            "Bread",
            &["bread", "sourdough", "realbread", "harbourbakery"][..],
        ),
        (
            "Workshops",
            &["breadmaking", "workshop", "harbourbakery"][..],
        ),
    ] {
        let group = json!({ "name": name, "hashtags": hashtags });
        let made = browser.post("/api/hashtag-groups", group).await;
        made.expect(StatusCode::CREATED);
    }
    for (name, text) in [
        (
            "Loaf of the day",
            "Today’s loaf: … Out of the oven at nine, until they are gone.",
        ),
        (
            "Workshop seats",
            "… seats left at Saturday’s workshop. Bring an apron, we bring the rest.",
        ),
    ] {
        let template = json!({ "name": name, "text": text });
        let made = browser.post("/api/content-templates", template).await;
        made.expect(StatusCode::CREATED);
    }
}
