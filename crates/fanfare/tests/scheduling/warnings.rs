//! What is told about a post's time before it is decided, and after.

use fanfare_testkit::StatusCode;
use serde_json::{Value, json};

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

/// The findings as `level code field`.
async fn said(room: &Newsroom, body: Value) -> Vec<String> {
    let said = room
        .browser
        .post("/api/posts/validate", body)
        .await
        .expect(StatusCode::OK);
    told(&said["findings"])
}

fn told(findings: &Value) -> Vec<String> {
    findings
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let part = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", part("level"), part("code"), part("field"))
        })
        .collect()
}

fn at(room: &Newsroom, text: &str, minutes: i64) -> Value {
    json!({
        "text": text, "channel_ids": [room.pages[0]["id"]],
        "schedule": { "kind": "at", "at": room.at(minutes), "time_zone": "Europe/Madrid" },
    })
}

async fn the_time_is_checked_with_the_post(room: &Newsroom) {
    assert_eq!(said(room, at(room, "Fine", 10)).await, [""; 0]);
    assert_eq!(
        said(room, at(room, "Too late", -10)).await,
        ["error time_in_past schedule.at"]
    );
    assert_eq!(
        said(room, at(room, "Too far", 60 * 24 * 366 * 4)).await,
        ["error time_too_far schedule.at"]
    );
    let mut elsewhere = at(room, "Where?", 10);
    elsewhere["schedule"]["time_zone"] = json!("Mars/Olympus");
    assert_eq!(
        said(room, elsewhere).await,
        ["error unknown_time_zone schedule.time_zone"]
    );
    let mut over = at(room, "Over", 10);
    over["schedule"]["repeat"] = json!({ "kind": "daily", "until": "2020-01-01" });
    assert_eq!(said(room, over).await, ["error never_due schedule.repeat"]);
}

async fn the_same_text_within_a_day_is_told(room: &Newsroom) {
    let post = room.post_in("Twice told", &[&room.pages[0]], 60).await;
    let body = at(room, " Twice told ", 60 + 23 * 60);
    assert_eq!(
        said(room, body.clone()).await,
        ["warning duplicate_content text"]
    );
    let made = room
        .browser
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(told(&made["warnings"]), ["warning duplicate_content text"]);
    assert_eq!(
        room.read(&made).await["warnings"],
        json!([]),
        "only when decided"
    );

    let day_later = at(room, "Twice told", 60 + 23 * 60 + 24 * 60);
    assert_eq!(said(room, day_later).await, [""; 0], "a day apart is apart");
    assert_eq!(said(room, at(room, "Other words", 90)).await, [""; 0]);
    let mut elsewhere = at(room, "Twice told", 60);
    elsewhere["channel_ids"] = json!([room.mastodon["id"]]);
    assert_eq!(
        said(room, elsewhere).await,
        [""; 0],
        "other channels do not mind"
    );

    // The post that is being edited is not in its own way.
    let mut own = at(room, "Twice told", 60);
    own["post_id"] = post["id"].clone();
    let findings = said(room, own).await;
    assert_eq!(findings, ["warning duplicate_content text"], "the copy is");
    let path = format!("/api/posts/{}", id(&made));
    assert_eq!(
        room.browser.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    let mut own = at(room, "Twice told", 60);
    own["post_id"] = post["id"].clone();
    assert_eq!(said(room, own).await, [""; 0]);
}

async fn two_posts_in_one_minute_are_told(room: &Newsroom) {
    room.post_in("One", &[&room.pages[0]], 60).await;
    assert_eq!(
        said(room, at(room, "Two", 60)).await,
        ["warning same_time schedule.at"]
    );
    assert_eq!(said(room, at(room, "Two", 61)).await, [""; 0]);
}

async fn a_series_is_not_in_its_own_way(room: &Newsroom) {
    let mut body = at(room, "Again and again", 10);
    body["schedule"]["repeat"] = json!({ "kind": "daily" });
    let first = room
        .browser
        .post("/api/posts", body.clone())
        .await
        .expect(StatusCode::CREATED);
    room.pass_minutes(11).await;
    let latest = room.read(&first).await["series"]["latest_post_id"].clone();
    let mut earlier = at(room, "Again and again", 23 * 60);
    earlier["post_id"] = latest;
    assert_eq!(said(room, earlier).await, [""; 0]);
}

async fn a_post_of_another_workspace_cannot_be_named(room: &Newsroom) {
    let mut body = at(room, "Whose?", 10);
    body["post_id"] = json!("0193a000-0000-7000-8000-000000000000");
    let refused = room.browser.post("/api/posts/validate", body).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

in_newsroom!(
    the_time_is_checked_with_the_post,
    the_same_text_within_a_day_is_told,
    two_posts_in_one_minute_are_told,
    a_series_is_not_in_its_own_way,
    a_post_of_another_workspace_cannot_be_named,
);
