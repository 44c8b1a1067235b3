//! What events do: to deliveries, to engagement, to messages.

use fanfare_testkit::{StatusCode, film};
use serde_json::{Value, json};

use super::station::{Station, Table};
use super::stationed;

stationed!(
    a_post_that_is_removed_there_is_known_here,
    engagement_belongs_to_its_delivery,
    a_video_is_known_however_it_is_named,
    what_comes_late_does_not_undo_what_came_after,
    messages_are_kept_as_they_were_told,
);

/// A post of Ada's that is out; answers the delivery.
pub async fn published(station: &Station, channel: &str) -> Value {
    published_with(station, channel, &[]).await
}

/// The same, with what Ada has uploaded.
pub async fn published_with(station: &Station, channel: &str, media: &[Value]) -> Value {
    let media: Vec<Value> = media
        .iter()
        .map(|medium| json!({ "id": medium["id"], "alt": "Bread" }))
        .collect();
    let post = json!({ "text": "Fresh bread", "channel_ids": [channel], "media": media, "schedule": { "kind": "now" } });
    let post = station
        .ada
        .post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    station.hub.pass(jiff::SignedDuration::from_secs(20)).await;
    let id = post["id"].as_str().unwrap();
    let post = station
        .ada
        .get(&format!("/api/posts/{id}"))
        .await
        .expect(StatusCode::OK);
    let delivery = post["deliveries"][0].clone();
    assert_eq!(delivery["state"], "published", "{delivery}");
    delivery
}

async fn a_post_that_is_removed_there_is_known_here(station: &Station) {
    let (channel, page) = station.page().await;
    let delivery = published(station, &channel).await;
    let value = |verb: &str, at: i64| json!({ "item": "status", "verb": verb, "post_id": delivery["remote_id"], "created_time": at });
    station
        .tell_and_work(&page, &[value("add", 1_790_000_001)])
        .await;
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["at_platform"]["change"], "added");
    station
        .tell_and_work(&page, &[value("remove", 1_790_000_002)])
        .await;
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["at_platform"]["change"], "removed");
    // Told late.
    station
        .tell_and_work(&page, &[value("edited", 1_790_000_001)])
        .await;
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["at_platform"]["change"], "removed");
    let posts = station.ada.get("/api/posts").await.expect(StatusCode::OK);
    let listed = &posts["items"][0]["deliveries"][0];
    assert_eq!(listed["at_platform"]["change"], "removed", "{listed}");
    let told = station
        .ada
        .get("/api/audit?action=delivery.removed_there")
        .await
        .expect(StatusCode::OK);
    assert_eq!(told["items"].as_array().unwrap().len(), 1);
}

async fn engagement_belongs_to_its_delivery(station: &Station) {
    let (channel, page) = station.page().await;
    let delivery = published(station, &channel).await;
    let post = &delivery["remote_id"];
    let by = |who: &str| json!({ "id": who, "name": who });
    station.tell_and_work(&page, &[
        json!({ "item": "comment", "verb": "add", "comment_id": "c1", "post_id": post, "from": by("ann"), "created_time": 1, "message": "Yum" }),
        json!({ "item": "reaction", "verb": "add", "reaction_type": "love", "post_id": post, "from": by("ann"), "created_time": 1 }),
        json!({ "item": "reaction", "verb": "add", "reaction_type": "like", "post_id": post, "from": by("ben"), "created_time": 1 }),
        json!({ "item": "reaction", "verb": "edit", "reaction_type": "wow", "post_id": post, "from": by("ben"), "created_time": 2 }),
        json!({ "item": "share", "verb": "add", "share_id": "s1", "post_id": post, "from": by("cid"), "created_time": 1 }),
    ]).await;
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(
        known["engagement"],
        json!({ "comments": 1, "reactions": 2, "mentions": 0, "shares": 1 })
    );
    station.tell_and_work(&page, &[json!({ "item": "reaction", "verb": "remove", "reaction_type": "love", "post_id": post, "from": by("ann"), "created_time": 3 })]).await;
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["engagement"]["reactions"], 1);
}

/// It is published under an id of its own, and the feed tells of the post that shows it.
async fn a_video_is_known_however_it_is_named(station: &Station) {
    let (channel, page) = station.page().await;
    let film = station.ada.upload("bread.mp4", film(640, 360, 900)).await;
    let delivery = published_with(station, &channel, &[film]).await;
    let video = delivery["remote_id"].as_str().unwrap();
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let address = format!("https://www.facebook.com/reel/{video}/");
    for (comments, said) in [
        (1, json!({ "post_id": video })),
        (2, json!({ "post_id": format!("{page}_{video}") })),
        (
            3,
            json!({ "post_id": format!("{page}_1"), "video_id": video }),
        ),
        (
            4,
            json!({ "post_id": format!("{page}_1"), "post": { "permalink_url": address } }),
        ),
        (5, json!({ "video_id": video })),
        (5, json!({ "post_id": format!("{page}_1") })),
        (
            5,
            json!({ "post_id": format!("{page}_1"), "video_id": "1" }),
        ),
    ] {
        let id = format!("c{}", station.count(Table::Engagement).await);
        let mut value = json!({ "item": "comment", "verb": "add", "comment_id": id, "created_time": 1, "message": "Yum" });
        value
            .as_object_mut()
            .unwrap()
            .extend(said.as_object().unwrap().clone());
        station.tell_and_work(&page, &[value]).await;
        let known = station.ada.get(&path).await.expect(StatusCode::OK);
        assert_eq!(known["engagement"]["comments"], comments, "{said}");
    }
    assert_eq!(station.count(Table::Engagement).await, 7);
    let gone = json!({ "item": "video", "verb": "remove", "post_id": format!("{page}_1"), "video_id": video, "created_time": 1 });
    station.tell_and_work(&page, &[gone]).await;
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["at_platform"]["change"], "removed");
}

async fn what_comes_late_does_not_undo_what_came_after(station: &Station) {
    let (_, page) = station.page().await;
    let react = |verb: &str, at: i64| json!({ "item": "reaction", "verb": verb, "reaction_type": "like", "post_id": "p", "from": { "id": "99" }, "created_time": at });
    // The removal overtakes.
    station
        .tell_and_work(&page, &[react("remove", 1_790_000_009)])
        .await;
    station
        .tell_and_work(&page, &[react("add", 1_790_000_005)])
        .await;
    let mut tx = station.hub.store.as_system("look").read().await.unwrap();
    let change = tx
        .one("SELECT change FROM engagement", Vec::new(), |row| {
            row.text("change")
        })
        .await
        .unwrap();
    assert_eq!(change, "removed");
}

async fn messages_are_kept_as_they_were_told(station: &Station) {
    let (_, page) = station.page().await;
    let talk = |mid: &str| {
        json!({ "object": "page", "entry": [{ "id": page, "time": 1_790_000_000_123_i64, "messaging": [
        { "sender": { "id": "psid" }, "recipient": { "id": page }, "timestamp": 1_790_000_000_100_i64, "message": { "mid": mid, "text": "hello\u{0}" } }] }] })
    };
    for mid in ["m_1", "m_1", "m_2"] {
        station
            .send("facebook", &talk(mid))
            .await
            .expect(StatusCode::OK);
    }
    station.hub.run_jobs().await;
    assert_eq!(station.count(Table::Messages).await, 2);
    let numbers = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102", "changes": [{ "field": "messages", "value": {
        "metadata": { "phone_number_id": "106" }, "messages": [{ "from": "1650", "id": "wamid.A", "timestamp": "1749416383", "type": "text", "text": { "body": "Hi" } }] } }] }] });
    station
        .send("whatsapp", &numbers)
        .await
        .expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let events = station
        .events("&scope=installation&platform=whatsapp")
        .await;
    assert_eq!(
        (
            &events[0]["status"],
            &events[0]["understood"],
            &events[0]["claimed"]
        ),
        (&json!("processed"), &json!(true), &json!(false))
    );
    assert_eq!(events[0]["account"]["remote_id"], "106");
}
