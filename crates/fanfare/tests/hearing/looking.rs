//! Looking at a published post once more, where the platform does not tell by itself.

use fanfare_store::channels;
use fanfare_testkit::{Method, Reply, StatusCode, jpeg, read};
use serde_json::{Value, json};

use super::effects::published_with;
use super::station::Station;
use super::stationed;
use super::told::workspace;

stationed!(
    what_was_done_to_a_post_of_instagram_is_found,
    what_was_done_to_a_post_of_mastodon_is_found,
    what_was_done_to_a_post_of_facebook_is_found,
    posts_are_looked_at_by_themselves_for_a_week,
    a_limited_channel_is_looked_at_when_its_platform_listens_again,
    what_the_platform_told_stays,
    what_cannot_be_told_changes_nothing,
);

async fn look(station: &Station, delivery: &Value) -> Reply {
    let id = delivery["id"].as_str().unwrap();
    let path = format!("/api/deliveries/{id}/look");
    station.ada.post(&path, json!({})).await
}

/// Something is done in the sandbox, of which nothing is told here.
async fn act(station: &Station, act: Value) {
    let url = station.hub.sandbox.url.join("/admin/acts").unwrap();
    let done = fanfare_testkit::client().post(url).json(&act).send().await;
    let done = done.unwrap();
    assert!(done.status().is_success(), "{}", done.text().await.unwrap());
}

async fn everything_is_found(station: &Station, delivery: &Value) {
    let post = &delivery["remote_id"];
    let seen = look(station, delivery).await.expect(StatusCode::OK);
    assert_eq!(seen["at_platform"], Value::Null, "{seen:#}");
    act(
        station,
        json!({ "act": "edit", "post": post, "text": "Stale bread" }),
    )
    .await;
    for _ in 0..2 {
        let seen = look(station, delivery).await.expect(StatusCode::OK);
        assert_eq!(seen["at_platform"]["change"], "edited", "{seen:#}");
    }
    act(station, json!({ "act": "delete", "post": post })).await;
    for _ in 0..2 {
        let seen = look(station, delivery).await.expect(StatusCode::OK);
        assert_eq!(seen["at_platform"]["change"], "removed", "{seen:#}");
    }
    // Each is news once.
    for action in ["delivery.edited_there", "delivery.removed_there"] {
        let told = station
            .ada
            .get(&format!("/api/audit?action={action}"))
            .await;
        let told = told.expect(StatusCode::OK);
        assert_eq!(told["items"].as_array().unwrap().len(), 1, "{action}");
    }
}

async fn what_was_done_to_a_post_of_instagram_is_found(station: &Station) {
    let channels = station.ada.connect("instagram", json!({})).await;
    let picture = station.ada.upload("bread.jpg", jpeg(800, 800)).await;
    let channel = channels[0]["id"].as_str().unwrap();
    let delivery = published_with(station, channel, &[picture]).await;
    everything_is_found(station, &delivery).await;
}

async fn what_was_done_to_a_post_of_mastodon_is_found(station: &Station) {
    let instance = station.hub.sandbox.url.to_string();
    let fields = json!({ "instance": instance });
    let channels = station.ada.connect("mastodon", fields).await;
    let channel = channels[0]["id"].as_str().unwrap();
    let delivery = published_with(station, channel, &[]).await;
    everything_is_found(station, &delivery).await;
}

async fn what_was_done_to_a_post_of_facebook_is_found(station: &Station) {
    let (channel, _) = station.page().await;
    station.hub.sandbox.send_webhooks_to(None);
    let delivery = published_with(station, &channel, &[]).await;
    everything_is_found(station, &delivery).await;
}

async fn posts_are_looked_at_by_themselves_for_a_week(station: &Station) {
    let instance = station.hub.sandbox.url.to_string();
    let channels = station
        .ada
        .connect("mastodon", json!({ "instance": instance }))
        .await;
    let channel = channels[0]["id"].as_str().unwrap();
    let [edited, deleted, late] = [
        published_with(station, channel, &[]).await,
        published_with(station, channel, &[]).await,
        published_with(station, channel, &[]).await,
    ];
    let delete = |delivery: &Value| json!({ "act": "delete", "post": delivery["remote_id"] });
    let edit = json!({ "act": "edit", "post": edited["remote_id"], "text": "Stale bread" });
    act(station, edit).await;
    after_hours(station, 2).await;
    assert_eq!(found(station, &edited).await, json!("edited"));
    act(station, delete(&deleted)).await;
    assert_eq!(found(station, &deleted).await, Value::Null);
    after_hours(station, 5).await;
    assert_eq!(found(station, &deleted).await, json!("removed"));

    // While the program was off for days it could not look; it does so next time.
    after_hours(station, 5 * 24).await;
    act(station, delete(&late)).await;
    after_hours(station, 3 * 24).await;
    assert_eq!(found(station, &late).await, json!("removed"));
    act(station, delete(&edited)).await;
    after_hours(station, 3 * 24).await;
    assert_eq!(found(station, &edited).await, json!("edited"));
}

async fn a_limited_channel_is_looked_at_when_its_platform_listens_again(station: &Station) {
    let fields = json!({ "instance": station.hub.sandbox.url.to_string() });
    let channels = station.ada.connect("mastodon", fields).await;
    let channel = channels[0]["id"].as_str().unwrap();
    let delivery = published_with(station, channel, &[]).await;
    let until = station.hub.app.now() + jiff::SignedDuration::from_hours(4);
    limit(station, channel, until).await;
    act(
        station,
        json!({ "act": "delete", "post": delivery["remote_id"] }),
    )
    .await;
    after_hours(station, 2).await;
    assert_eq!(found(station, &delivery).await, Value::Null);
    // Before the second look is due: the first was put off, not left out.
    after_hours(station, 3).await;
    assert_eq!(found(station, &delivery).await, json!("removed"));
}

/// Of an edit that left the text alone, and of a post that is hidden, nothing can be seen.
async fn what_the_platform_told_stays(station: &Station) {
    let (channel, page) = station.page().await;
    station.hub.sandbox.send_webhooks_to(None);
    let delivery = published_with(station, &channel, &[]).await;
    for (verb, at, told) in [
        ("edited", 1_790_000_001, "edited"),
        ("hide", 1_790_000_002, "removed"),
    ] {
        let value = json!({ "item": "status", "verb": verb, "post_id": delivery["remote_id"], "created_time": at });
        station.tell_and_work(&page, &[value]).await;
        assert_eq!(found(station, &delivery).await, json!(told));
        after_hours(station, 5).await;
        assert_eq!(found(station, &delivery).await, json!(told));
    }
}

async fn limit(station: &Station, channel: &str, until: jiff::Timestamp) {
    let workspace = workspace(station).await.parse().unwrap();
    let hub = &station.hub;
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    let channel = channel.parse().unwrap();
    channels::set_limited_until(&mut tx, channel, Some(until), hub.app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn after_hours(station: &Station, hours: i64) {
    station
        .hub
        .clock
        .advance(jiff::SignedDuration::from_hours(hours));
    station.hub.run_jobs().await;
}

/// What is known of the post at its platform.
async fn found(station: &Station, delivery: &Value) -> Value {
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let kept = read(station.ada.request(Method::GET, &path)).await;
    kept.expect(StatusCode::OK)["at_platform"]["change"].clone()
}

async fn what_cannot_be_told_changes_nothing(station: &Station) {
    let (channel, _) = station.page().await;
    let post = json!({ "text": "Later", "channel_ids": [channel] });
    let post = station.ada.post("/api/posts", post).await;
    let post = post.expect(StatusCode::CREATED);
    let refused = look(station, &post["deliveries"][0]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{refused:?}");
    // A platform that refuses everything does not say that the post is gone.
    let delivery = published_with(station, &channel, &[]).await;
    station.hub.sandbox.revoke_tokens(None);
    let refused = look(station, &delivery).await;
    assert!(!refused.status.is_success(), "{refused:?}");
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let kept = station.ada.request(Method::GET, &path);
    let kept = read(kept).await.expect(StatusCode::OK);
    assert_eq!(kept["at_platform"], Value::Null);
}
