//! Queue slots: set, found, taken once.

use std::collections::BTreeSet;

use fanfare_testkit::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

pub async fn set_queue(room: &Newsroom, channel: &Value, zone: &str, slots: &[(&str, &str)]) {
    let slots: Vec<_> = slots
        .iter()
        .map(|(weekday, time)| json!({ "weekday": weekday, "time": time }))
        .collect();
    let body = json!({ "time_zone": zone, "slots": slots });
    let path = format!("/api/channels/{}/queue", id(channel));
    room.browser
        .send(Method::PUT, &path, Some(body))
        .await
        .expect(StatusCode::OK);
}

/// Every day at nine and at five, in Madrid.
async fn busy_queue(room: &Newsroom, channel: &Value) {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let slots: Vec<_> = days
        .iter()
        .flat_map(|day| [(*day, "09:00"), (*day, "17:00")])
        .collect();
    set_queue(room, channel, "Europe/Madrid", &slots).await;
}

fn due(delivery: &Value) -> Timestamp {
    delivery["due_at"].as_str().unwrap().parse().unwrap()
}

async fn a_queue_is_kept_in_the_order_of_the_week(room: &Newsroom) {
    let channel = &room.pages[0];
    let path = format!("/api/channels/{}/queue", id(channel));
    let empty = room.browser.get(&path).await.expect(StatusCode::OK);
    assert_eq!(empty["slots"], json!([]));
    set_queue(
        room,
        channel,
        "Europe/Madrid",
        &[
            ("friday", "18:30"),
            ("monday", "17:00"),
            ("monday", "09:00"),
        ],
    )
    .await;
    let kept = room.browser.get(&path).await.expect(StatusCode::OK);
    assert_eq!(kept["time_zone"], "Europe/Madrid");
    assert_eq!(
        kept["slots"],
        json!([
            { "weekday": "monday", "time": "09:00" },
            { "weekday": "monday", "time": "17:00" },
            { "weekday": "friday", "time": "18:30" },
        ])
    );
}

async fn everything_wrong_with_a_queue_is_named(room: &Newsroom) {
    let path = format!("/api/channels/{}/queue", id(&room.pages[0]));
    let body = json!({ "time_zone": "Mars/Olympus", "slots": [
        { "weekday": "monday", "time": "09:00" },
        { "weekday": "monday", "time": "9 o'clock" },
        { "weekday": "monday", "time": "09:00" },
    ] });
    let refused = room.browser.send(Method::PUT, &path, Some(body)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut codes = refused.field_codes();
    codes.sort();
    assert_eq!(
        codes,
        [
            "slots.1.time: not_allowed",
            "slots.2: duplicate",
            "time_zone: unknown_time_zone"
        ]
    );
    let many: Vec<_> = (0..101)
        .map(|n| json!({ "weekday": "monday", "time": format!("{:02}:{:02}", n / 60, n % 60) }))
        .collect();
    let body = json!({ "time_zone": "UTC", "slots": many });
    let refused = room.browser.send(Method::PUT, &path, Some(body)).await;
    assert_eq!(refused.field_codes(), ["slots: too_long"]);
}

async fn each_channel_gets_its_own_next_free_slot(room: &Newsroom) {
    let (page, town) = (&room.pages[0], &room.mastodon);
    busy_queue(room, page).await;
    set_queue(room, town, "America/New_York", &[("tuesday", "08:00")]).await;
    let path = format!("/api/queue/next?channel_id={},{}", id(page), id(town));
    let next = room.browser.get(&path).await.expect(StatusCode::OK);
    let post = room
        .post("Queued", &[page, town], json!({ "kind": "queue" }))
        .await;
    assert_eq!(post["state"], "scheduled");
    let deliveries = post["deliveries"].as_array().unwrap();
    for (delivery, slot) in deliveries.iter().zip(next["items"].as_array().unwrap()) {
        assert_eq!(delivery["channel_id"], slot["channel_id"]);
        assert_eq!(delivery["due_at"], slot["at"]);
    }
    let earliest = deliveries.iter().map(due).min().unwrap();
    assert_eq!(post["schedule"]["at"], json!(earliest));

    // The next one goes behind it, and editing neither moves it nor costs it its slot.
    let second = room
        .post("Behind it", &[page], json!({ "kind": "queue" }))
        .await;
    assert!(due(&second["deliveries"][0]) > due(&deliveries[0]));
    let path = format!("/api/posts/{}", id(&post));
    let change = json!({ "text": "Queued, and better", "schedule": { "kind": "queue" } });
    let edited = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(edited["deliveries"][0]["due_at"], deliveries[0]["due_at"]);

    // It goes out at each channel's own time.
    let wait = earliest.duration_since(room.hub.app.now());
    room.hub.clock.advance(wait);
    room.hub.run_jobs().await;
    assert_eq!(room.copies("Queued, and better"), 1);
    assert_eq!(
        room.read(&post).await["state"],
        "publishing",
        "one is out, one waits"
    );
}

async fn posts_made_at_once_never_share_a_slot(room: &Newsroom) {
    busy_queue(room, &room.pages[0]).await;
    busy_queue(room, &room.mastodon).await;
    let texts: Vec<String> = (0..12).map(|n| format!("Number {n}")).collect();
    let channels = room.two_channels();
    let made = futures::future::join_all(
        texts
            .iter()
            .map(|text| room.post(text, &channels, json!({ "kind": "queue" }))),
    )
    .await;
    for channel in &channels {
        let times: BTreeSet<_> = made
            .iter()
            .flat_map(|post| post["deliveries"].as_array().unwrap())
            .filter(|delivery| delivery["channel_id"] == channel["id"])
            .map(due)
            .collect();
        assert_eq!(times.len(), texts.len(), "each has a slot of its own");
    }
}

async fn a_cancelled_post_gives_its_slot_back(room: &Newsroom) {
    let page = &room.pages[0];
    busy_queue(room, page).await;
    let first = room
        .post("First", &[page], json!({ "kind": "queue" }))
        .await;
    let path = format!("/api/posts/{}/cancel", id(&first));
    room.browser
        .post(&path, json!({}))
        .await
        .expect(StatusCode::OK);
    let second = room
        .post("Second", &[page], json!({ "kind": "queue" }))
        .await;
    assert_eq!(
        second["deliveries"][0]["due_at"],
        first["deliveries"][0]["due_at"]
    );
}

async fn a_channel_without_slots_is_refused_with_advice(room: &Newsroom) {
    let page = &room.pages[0];
    let body =
        json!({ "text": "Where?", "channel_ids": [page["id"]], "schedule": { "kind": "queue" } });
    let refused = room.browser.post("/api/posts", body.clone()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.field_codes(), ["schedule.kind: no_queue_slots"]);
    let said = room
        .browser
        .post("/api/posts/validate", body)
        .await
        .expect(StatusCode::OK);
    assert_eq!(said["findings"][0]["code"], "no_queue_slots");
    assert_eq!(said["findings"][0]["channel_id"], page["id"]);
    let path = format!("/api/queue/next?channel_id={}", id(page));
    let next = room.browser.get(&path).await.expect(StatusCode::OK);
    assert_eq!(next["items"][0]["at"], Value::Null);
    let reason = next["items"][0]["reason"]["detail"].as_str().unwrap();
    assert!(reason.contains("queue slots"), "{reason}");
}

async fn the_agenda_shows_free_and_taken_slots(room: &Newsroom) {
    let page = &room.pages[0];
    busy_queue(room, page).await;
    room.post("In the slot", &[page], json!({ "kind": "queue" }))
        .await;
    room.post_in("Beside it", &[page], 3).await;
    let agenda = room.browser.get("/api/queue").await.expect(StatusCode::OK);
    let of_page = agenda["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["channel_id"] == page["id"])
        .unwrap();
    assert_eq!(of_page["slots_a_week"], 14);
    let told: Vec<_> = of_page["coming"].as_array().unwrap()[..3]
        .iter()
        .map(|coming| (coming["is_slot"] == true, coming["post"]["text"].as_str()))
        .collect();
    assert_eq!(told[0], (false, Some("Beside it")));
    assert_eq!(told[1], (true, Some("In the slot")));
    assert_eq!(told[2], (true, None));
}

in_newsroom!(
    a_queue_is_kept_in_the_order_of_the_week,
    everything_wrong_with_a_queue_is_named,
    each_channel_gets_its_own_next_free_slot,
    posts_made_at_once_never_share_a_slot,
    a_cancelled_post_gives_its_slot_back,
    a_channel_without_slots_is_refused_with_advice,
    the_agenda_shows_free_and_taken_slots,
);
