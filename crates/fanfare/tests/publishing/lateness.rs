//! What was due while Fanfare was down, and deliveries that lost their job.

use fanfare_store::{binds, sql};
use fanfare_testkit::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::json;

use crate::in_newsroom;
use crate::newsroom::{Newsroom, id};

async fn a_little_late_still_goes_out(room: &Newsroom) {
    let post = room.post_in("Better late", &room.two_channels(), 5).await;
    room.hub.clock.advance(SignedDuration::from_mins(25));
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "published");
    let late = after["deliveries"][0]["late_by_ms"].as_i64().unwrap();
    assert!(late >= 19 * 60_000, "it says how late: {late}");
}

async fn far_too_late_waits_for_a_person(room: &Newsroom) {
    let post = room
        .post_in("Yesterday's bread", &room.two_channels(), 5)
        .await;
    room.hub.clock.advance(SignedDuration::from_hours(20));
    room.hub.run_jobs().await;
    let after = room.read(&post).await;
    assert_eq!(after["state"], "missed");
    assert_eq!(after["deliveries"][0]["error"]["code"], "missed");
    assert_eq!(room.copies("Yesterday's bread"), 0);

    let path = format!("/api/posts/{}/publish", id(&post));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    room.hub.run_jobs().await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Yesterday's bread"), 2);
}

async fn a_missed_delivery_can_be_retried_or_cancelled_alone(room: &Newsroom) {
    let post = room.post_in("One of two", &room.two_channels(), 5).await;
    room.hub.clock.advance(SignedDuration::from_hours(20));
    room.hub.run_jobs().await;
    let (page, town) = (
        room.delivery(&post, "facebook").await,
        room.delivery(&post, "mastodon").await,
    );
    let path = format!("/api/deliveries/{}/retry", id(&page));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    let path = format!("/api/deliveries/{}/cancel", id(&town));
    room.browser
        .send(Method::POST, &path, None)
        .await
        .expect(StatusCode::OK);
    room.hub.run_jobs().await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("One of two"), 1);
}

async fn the_watchdog_takes_up_what_lost_its_job(room: &Newsroom) {
    let post = room.post_in("Forgotten", &room.two_channels(), 5).await;
    let mut tx = room.hub.store.as_system("lose jobs").write().await.unwrap();
    tx.execute(sql!("DELETE FROM jobs WHERE kind = 'deliver'"), binds![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    fanfare_app::jobs::start_periodic(&room.hub.app)
        .await
        .unwrap();
    room.pass_minutes(7).await;
    assert_eq!(room.read(&post).await["state"], "published");
    assert_eq!(room.copies("Forgotten"), 2);
}

async fn the_watchdog_ends_what_nothing_ended(room: &Newsroom) {
    let post = room.post_in("Stuck", &[&room.mastodon], 5).await;
    let mut tx = room
        .hub
        .store
        .as_system("bury the job")
        .write()
        .await
        .unwrap();
    tx.execute(
        sql!("UPDATE jobs SET dead_at = 1 WHERE kind = 'deliver'"),
        binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    fanfare_app::jobs::start_periodic(&room.hub.app)
        .await
        .unwrap();
    for _ in 0..8 {
        room.hub.clock.advance(SignedDuration::from_hours(1));
        room.hub.run_jobs().await;
    }
    let after = room.read(&post).await;
    assert_eq!(after["state"], "failed");
    assert_eq!(after["deliveries"][0]["error"]["code"], "gave_up");
}

async fn two_people_publishing_at_once_publish_once(room: &Newsroom) {
    let post = room
        .post(
            "Both pressed",
            &room.two_channels(),
            json!({ "kind": "draft" }),
        )
        .await;
    let path = format!("/api/posts/{}/publish", id(&post));
    let press = || room.browser.send(Method::POST, &path, None);
    let (one, two) = tokio::join!(press(), press());
    assert!(one.status.is_success() || two.status.is_success());
    room.hub.run_jobs().await;
    assert_eq!(room.copies("Both pressed"), 2);
}

in_newsroom!(
    a_little_late_still_goes_out,
    far_too_late_waits_for_a_person,
    a_missed_delivery_can_be_retried_or_cancelled_alone,
    the_watchdog_takes_up_what_lost_its_job,
    the_watchdog_ends_what_nothing_ended,
    two_people_publishing_at_once_publish_once,
);
