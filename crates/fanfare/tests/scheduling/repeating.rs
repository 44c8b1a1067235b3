//! Posts that come round again: always one to come, each made once.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use fanfare_domain::Clock;
use fanfare_store::jobs;
use fanfare_testkit::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn daily(at: Timestamp) -> Value {
    json!({ "kind": "at", "at": at, "time_zone": "UTC", "repeat": { "kind": "daily" } })
}

/// A post on both channels, in ten minutes and then every day.
async fn every_day(room: &Newsroom, text: &str) -> Value {
    let post = room
        .post(text, &room.two_channels(), daily(room.at(10)))
        .await;
    assert_eq!(post["schedule"]["repeat"]["kind"], "daily");
    post
}

/// The post of the series that is to come, or was the last.
async fn newest(room: &Newsroom, post: &Value) -> Value {
    let now = room.read(post).await;
    let latest = json!({ "id": now["series"]["latest_post_id"] });
    room.read(&latest).await
}

fn due(post: &Value) -> Timestamp {
    post["schedule"]["at"].as_str().unwrap().parse().unwrap()
}

async fn act(room: &Newsroom, post: &Value, what: &str) -> Value {
    let path = format!("/api/posts/{}/{what}", id(post));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK)
}

async fn when_its_time_comes_the_next_is_made(room: &Newsroom) {
    let first = every_day(room, "Daily bread").await;
    assert_eq!(newest(room, &first).await["id"], first["id"], "one to come");
    room.pass_minutes(10).await;
    assert_eq!(room.copies("Daily bread"), 2);
    let second = newest(room, &first).await;
    assert_ne!(second["id"], first["id"]);
    assert_eq!(second["state"], "scheduled");
    assert_eq!(due(&second), due(&first) + DAY);
    assert_eq!(second["series"]["number"], 2);
    let first = room.read(&first).await;
    assert_eq!(
        first["schedule"]["repeat"],
        Value::Null,
        "others follow the second"
    );
    assert_eq!(first["series"]["ended"], false);
    room.hub.clock.set(due(&second));
    room.hub.run_jobs().await;
    assert_eq!(room.copies("Daily bread"), 4);
    assert_eq!(newest(room, &first).await["series"]["number"], 3);
}

async fn what_the_next_one_says_those_after_it_say_too(room: &Newsroom) {
    let first = every_day(room, "Rye").await;
    let path = format!("/api/posts/{}", id(&first));
    // As a form sends it: everything, the rule as it was.
    let change = json!({ "text": "Spelt", "channel_ids": [room.pages[0]["id"]], "schedule": daily(due(&first)) });
    room.browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(10).await;
    let second = newest(room, &first).await;
    assert_eq!(second["text"], "Spelt");
    assert_eq!(second["deliveries"].as_array().unwrap().len(), 1);
    assert_eq!(
        second["series"]["number"], 2,
        "the series was not begun anew"
    );
}

async fn moving_one_moves_that_one_only(room: &Newsroom) {
    let first = every_day(room, "Moved").await;
    let path = format!("/api/posts/{}", id(&first));
    let later = due(&first) + SignedDuration::from_mins(90);
    let change = json!({ "schedule": { "kind": "at", "at": later, "time_zone": "UTC" } });
    let moved = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(moved["schedule"]["repeat"]["kind"], "daily");
    room.pass_minutes(11).await;
    assert_eq!(
        newest(room, &first).await["id"],
        first["id"],
        "its time has not come"
    );
    room.hub.clock.set(later);
    room.hub.run_jobs().await;
    assert_eq!(due(&newest(room, &first).await), due(&first) + DAY);
}

async fn changing_the_rule_holds_from_there_on(room: &Newsroom) {
    let first = every_day(room, "Other rule").await;
    let path = format!("/api/posts/{}", id(&first));
    let at = due(&first) + SignedDuration::from_hours(1);
    let rule = json!({ "kind": "daily", "every": 7, "count": 2 });
    let change =
        json!({ "schedule": { "kind": "at", "at": at, "time_zone": "UTC", "repeat": rule } });
    let changed = room
        .browser
        .patch(&path, change)
        .await
        .expect(StatusCode::OK);
    assert_eq!(changed["schedule"]["repeat"]["every"], 7);
    room.hub.clock.set(at);
    room.hub.run_jobs().await;
    let second = newest(room, &first).await;
    assert_eq!(due(&second), at + SignedDuration::from_hours(24 * 7));
    room.hub.clock.set(due(&second));
    room.hub.run_jobs().await;
    let last = newest(room, &first).await;
    assert_eq!(last["id"], second["id"], "it was to be twice");
    assert_eq!(last["series"]["ended"], true);
    assert_eq!(room.copies("Other rule"), 4);
}

async fn cancelling_or_deleting_one_skips_only_that_one(room: &Newsroom) {
    let first = every_day(room, "Skipped").await;
    act(room, &first, "cancel").await;
    let second = newest(room, &first).await;
    assert_eq!(second["state"], "scheduled");
    assert_eq!(due(&second), due(&first) + DAY);
    let path = format!("/api/posts/{}", id(&second));
    assert_eq!(
        room.browser.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    let third = newest(room, &first).await;
    assert_eq!(due(&third), due(&first) + DAY + DAY);
    room.pass_minutes(11).await;
    assert_eq!(room.copies("Skipped"), 0);
    assert_eq!(newest(room, &first).await["id"], third["id"]);
}

async fn stopping_leaves_the_one_that_is_scheduled(room: &Newsroom) {
    let first = every_day(room, "Once more").await;
    let stopped = act(room, &first, "stop-repeating").await;
    assert_eq!(stopped["schedule"]["repeat"], Value::Null);
    assert_eq!(stopped["series"]["ended"], true);
    assert_eq!(stopped["state"], "scheduled");
    room.pass_minutes(11).await;
    assert_eq!(room.copies("Once more"), 2);
    assert_eq!(newest(room, &first).await["id"], first["id"]);
    let path = format!("/api/posts/{}/stop-repeating", id(&first));
    let again = room.browser.send(Method::POST, &path, None).await;
    assert_eq!(
        (again.status, again.code()),
        (StatusCode::CONFLICT, "not_possible_in_state")
    );
}

async fn a_draft_or_never_ends_it(room: &Newsroom) {
    for schedule in [
        json!({ "kind": "draft" }),
        json!({ "kind": "at", "at": room.at(20), "repeat": { "kind": "never" } }),
    ] {
        let post = every_day(room, "No more").await;
        let path = format!("/api/posts/{}", id(&post));
        let change = json!({ "schedule": schedule });
        let changed = room
            .browser
            .patch(&path, change)
            .await
            .expect(StatusCode::OK);
        assert_eq!(changed["series"]["ended"], true, "{schedule}");
    }
}

async fn missed_times_are_not_made_up_for(room: &Newsroom) {
    let first = every_day(room, "After the flood").await;
    room.hub.clock.advance(SignedDuration::from_hours(24 * 5));
    room.hub.run_jobs().await;
    assert_eq!(room.copies("After the flood"), 0);
    let next = newest(room, &first).await;
    assert_eq!(next["series"]["number"], 2, "one, not five");
    assert_eq!(due(&next), due(&first) + SignedDuration::from_hours(24 * 5));
    assert_eq!(room.read(&first).await["state"], "missed");
}

async fn a_failed_one_does_not_end_it(room: &Newsroom) {
    let page = &room.pages[0];
    let first = room.post("Switched off", &[page], daily(room.at(10))).await;
    let channel = format!("/api/channels/{}", id(page));
    room.browser
        .patch(&channel, json!({ "enabled": false }))
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(11).await;
    let second = newest(room, &first).await;
    assert_eq!(second["series"]["number"], 2);
    let problem = second["series"]["problem"].as_str().unwrap();
    assert!(problem.contains("switched off"), "{problem}");
}

async fn a_channel_that_is_gone_is_left_out_in_words(room: &Newsroom) {
    let first = every_day(room, "Fewer").await;
    let body = json!({ "connection_id": room.mastodon["connection_id"], "scheduled": "cancel" });
    room.browser
        .post("/api/platforms/mastodon/disconnect", body)
        .await
        .expect(StatusCode::OK);
    room.pass_minutes(11).await;
    let second = newest(room, &first).await;
    assert_eq!(second["deliveries"].as_array().unwrap().len(), 1);
    let problem = second["series"]["problem"].as_str().unwrap();
    assert!(problem.contains("disconnected"), "{problem}");
    // With the last channel, it becomes a draft that says why.
    let body = json!({ "connection_id": room.pages[0]["connection_id"], "scheduled": "cancel" });
    room.browser
        .post("/api/platforms/facebook/disconnect", body)
        .await
        .expect(StatusCode::OK);
    let last = newest(room, &first).await;
    assert_eq!(last["state"], "draft");
    assert_eq!(last["series"]["ended"], true);
    let problem = last["series"]["problem"].as_str().unwrap();
    assert!(problem.contains("All its channels"), "{problem}");
}

async fn its_pictures_are_in_use_between_two_of_it(room: &Newsroom) {
    let file = room
        .browser
        .upload("loaf.jpg", fanfare_testkit::jpeg(640, 640))
        .await;
    let body = json!({
        "text": "With a picture", "media": [{ "id": file["id"], "alt": "A loaf" }],
        "channel_ids": [room.pages[0]["id"]], "schedule": daily(room.at(10)),
    });
    let first = room
        .browser
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    room.pass_minutes(11).await;
    let second = newest(room, &first).await;
    assert_eq!(second["media"][0]["alt"], "A loaf");
    let path = format!("/api/media/{}", id(&file));
    let refused = room.browser.delete(&path).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "media_in_use")
    );
}

async fn a_copy_does_not_repeat(room: &Newsroom) {
    let first = every_day(room, "Copied").await;
    let path = format!("/api/posts/{}/duplicate", id(&first));
    let copy = room
        .browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(copy["series"], Value::Null);
}

async fn a_rule_is_checked_and_shown_before_it_is_decided(room: &Newsroom) {
    let ask = async |repeat: Value| {
        let body = json!({ "repeat": repeat, "start": "2026-03-27T01:30:00Z", "time_zone": "Europe/Madrid" });
        room.browser.post("/api/posts/repeat-preview", body).await
    };
    let shown = ask(json!({ "kind": "daily" })).await.expect(StatusCode::OK);
    let items = shown["items"].as_array().unwrap();
    assert_eq!(items.len(), 10);
    let told: Vec<_> = items[1..4]
        .iter()
        .map(|item| {
            (
                item["at"].as_str().unwrap(),
                item["moved_by_clocks"] == true,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-03-28T01:30:00Z", false),
            ("2026-03-29T01:30:00Z", true),
            ("2026-03-30T00:30:00Z", false)
        ]
    );
    let wrong = |rule| async {
        let refused = ask(rule).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.field_codes()
    };
    assert_eq!(
        wrong(json!({ "kind": "weekly" })).await,
        ["repeat.weekdays: required"]
    );
    assert_eq!(
        wrong(json!({ "kind": "daily", "day": 3 })).await,
        ["repeat.day: not_allowed"]
    );
    assert_eq!(
        wrong(json!({ "kind": "monthly_day", "day": 32 })).await,
        ["repeat.day: out_of_range"]
    );
    assert_eq!(
        wrong(json!({ "kind": "daily", "every": 0 })).await,
        ["repeat.every: out_of_range"]
    );
    assert_eq!(
        wrong(json!({ "kind": "daily", "until": "2020-01-01" })).await,
        ["repeat: never_due"]
    );
    assert_eq!(
        wrong(json!({ "kind": "never" })).await,
        ["repeat.kind: not_allowed"]
    );
}

/// Polls `work` at most `polls` times, and then drops it. True when it ended by itself.
async fn until_killed(polls: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        work.as_mut().poll(context).map(|_| true)
    })
    .await
}

async fn a_worker_that_dies_anywhere_makes_the_next_once(room: &Newsroom) {
    let first = every_day(room, "Kept alive").await;
    room.hub.clock.set(due(&first));
    // Nothing else is due: what is left is the job that makes the next.
    let mut polls = 1;
    let mut number = 1;
    loop {
        let survived = until_killed(polls, room.hub.run_jobs()).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
        let mut tx = room
            .hub
            .store
            .as_system("the worker died")
            .write()
            .await
            .unwrap();
        jobs::release_all(&mut tx, room.hub.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        room.hub.run_jobs().await;
        let next = newest(room, &first).await;
        number += 1;
        assert_eq!(
            next["series"]["number"], number,
            "killed after {polls} waits"
        );
        assert_eq!(next["state"], "scheduled");
        if survived {
            break;
        }
        room.hub.clock.set(due(&next));
        polls += 1;
    }
    assert!(polls > 5, "it was killed at {polls} places only");
}

in_newsroom!(
    when_its_time_comes_the_next_is_made,
    what_the_next_one_says_those_after_it_say_too,
    moving_one_moves_that_one_only,
    changing_the_rule_holds_from_there_on,
    cancelling_or_deleting_one_skips_only_that_one,
    stopping_leaves_the_one_that_is_scheduled,
    a_draft_or_never_ends_it,
    missed_times_are_not_made_up_for,
    a_failed_one_does_not_end_it,
    a_channel_that_is_gone_is_left_out_in_words,
    its_pictures_are_in_use_between_two_of_it,
    a_copy_does_not_repeat,
    a_rule_is_checked_and_shown_before_it_is_decided,
    a_worker_that_dies_anywhere_makes_the_next_once,
);
