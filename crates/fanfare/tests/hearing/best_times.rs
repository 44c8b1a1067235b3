//! Times that are suggested by what people did with what is out.

use fanfare_testkit::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::effects::published;
use super::station::Station;
use super::stationed;

stationed!(
    an_hour_that_did_better_is_suggested,
    too_few_posts_are_counted,
    only_a_workspaces_own_channels_are_asked_about,
);

async fn best_times(station: &Station, channel: &str) -> Value {
    let path = format!("/api/best-times?channel_id={channel}&time_zone=UTC");
    station.ada.get(&path).await.expect(StatusCode::OK)
}

/// Ten minutes past the next hour, so that what takes a moment does not end in another.
fn to_a_quiet_minute(station: &Station) {
    let now = station.hub.app.now();
    let hour = SignedDuration::from_hours(1);
    let past = now.as_duration().as_nanos().rem_euclid(hour.as_nanos());
    let past = SignedDuration::from_nanos(i64::try_from(past).unwrap());
    let clock = &station.hub.clock;
    clock.advance(hour + SignedDuration::from_mins(10) - past);
}

/// So many people like a post that goes out now, and time passes.
async fn liked(station: &Station, channel: &str, page: &str, people: usize, then_hours: i64) {
    let before = station.hub.app.now();
    let delivery = published(station, channel).await;
    let likes: Vec<Value> = (0..people).map(|one| json!({ "item": "reaction", "verb": "add", "reaction_type": "like",
        "post_id": delivery["remote_id"], "from": { "id": format!("fan{one}"), "name": "Fan" }, "created_time": 1 })).collect();
    // What the page says itself does not count.
    let own = json!({ "item": "comment", "verb": "add", "comment_id": format!("own {}", delivery["id"]), "post_id": delivery["remote_id"],
        "from": { "id": page, "name": "Us" }, "created_time": 1, "message": "Thank you" });
    station.tell_and_work(page, &likes).await;
    station.tell_and_work(page, &[own]).await;
    let next = before + SignedDuration::from_hours(then_hours);
    station.hub.clock.set(next);
}

async fn an_hour_that_did_better_is_suggested(station: &Station) {
    let (channel, page) = station.page().await;
    to_a_quiet_minute(station);
    for _ in 0..10 {
        liked(station, &channel, &page, 1, 13).await;
    }
    let good = station.hub.app.now();
    for _ in 0..3 {
        liked(station, &channel, &page, 3, 7 * 24).await;
    }
    station.hub.clock.advance(SignedDuration::from_hours(24));
    let hour = good - SignedDuration::from_secs(600);
    let next: Timestamp = hour + SignedDuration::from_hours(4 * 7 * 24);
    let shown = hour.to_zoned(jiff::tz::TimeZone::UTC);
    assert_eq!(
        best_times(station, &channel).await,
        json!({
            "times": [{
                "weekday": shown.strftime("%A").to_string().to_lowercase(),
                "time": shown.strftime("%H:%M").to_string(),
                "at": next,
                "times_average": 1.4,
                "posts": 3,
            }],
            "posts": 13,
            "posts_missing": 0,
        })
    );
}

async fn too_few_posts_are_counted(station: &Station) {
    let (channel, page) = station.page().await;
    liked(station, &channel, &page, 2, 1).await;
    let none = json!({ "times": [], "posts": 0, "posts_missing": 10 });
    assert_eq!(best_times(station, &channel).await, none, "a day first");
    liked(station, &channel, &page, 0, 25).await;
    let one = json!({ "times": [], "posts": 1, "posts_missing": 9 });
    assert_eq!(best_times(station, &channel).await, one);
    // A post of long ago is of no account.
    let long_ago = station.hub.app.now() + SignedDuration::from_hours(24 * 91);
    station.hub.clock.set(long_ago);
    let who = json!({ "email": "ada@example.com", "password": "correct horse battery staple" });
    let back = station.ada.post("/api/auth/login", who).await;
    back.expect(StatusCode::OK);
    assert_eq!(best_times(station, &channel).await, none);
    // Mastodon tells nobody what people do.
    let instance = json!({ "instance": station.hub.sandbox.url });
    let mastodon = station.ada.connect("mastodon", instance).await;
    let silent = best_times(station, mastodon[0]["id"].as_str().unwrap()).await;
    assert_eq!(silent["posts_missing"], Value::Null);
}

async fn only_a_workspaces_own_channels_are_asked_about(station: &Station) {
    let (channel, _) = station.page().await;
    let ben = station.hub.browser();
    ben.register("ben@example.com").await;
    for (query, wrong) in [
        (
            format!("channel_id={channel}"),
            "channel_id: unknown_channel",
        ),
        ("channel_id=".to_owned(), "channel_id: out_of_range"),
    ] {
        let refused = ben.get(&format!("/api/best-times?{query}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.field_codes(), [wrong]);
    }
    let nowhere = format!("/api/best-times?channel_id={channel}&time_zone=Mars/Olympus");
    let refused = station.ada.get(&nowhere).await;
    assert_eq!(refused.field_codes(), ["time_zone: unknown_time_zone"]);
}
