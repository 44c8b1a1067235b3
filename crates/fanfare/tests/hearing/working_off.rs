//! Working events off: in order, again after a failure, and by whoever is there when somebody dies.

use std::sync::Arc;

use fanfare_store::{binds, jobs, sql, webhook_events};
use fanfare_testkit::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::station::{Station, Table, comment, poison};
use super::stationed;

stationed!(
    told_twice_is_one_event,
    an_account_is_worked_off_in_its_order,
    what_fails_is_tried_again_and_then_set_aside,
    poison_holds_up_no_other_account,
    what_the_database_will_not_take_holds_up_nothing,
    what_somebody_died_at_goes_on_elsewhere,
    only_deaths_in_a_row_end_an_event,
    two_nodes_do_nothing_twice,
    a_long_lane_stands_back_without_an_attempt,
    kinds_nobody_knows_are_kept_and_counted,
);

fn states(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["status"].as_str().unwrap())
        .collect()
}

async fn told_twice_is_one_event(station: &Station) {
    let (_, page) = station.page().await;
    let first = [comment("a", "add", 1), comment("b", "add", 1)];
    station.tell(&page, &first).await;
    station.tell(&page, &first).await;
    station.hub.run_jobs().await;
    // Another request around the same thing.
    station
        .tell_and_work(&page, &[comment("b", "add", 1), comment("c", "add", 1)])
        .await;
    let events = station.events("").await;
    assert_eq!(states(&events), ["processed"; 3]);
    assert_eq!(station.count(Table::Engagement).await, 3);
    assert!(
        events
            .iter()
            .all(|event| event["effects"] == 1 && event["attempts"] == 1)
    );
}

async fn an_account_is_worked_off_in_its_order(station: &Station) {
    let (_, page) = station.page().await;
    // All in one second, so only their order tells them apart.
    let value = |verb: &str, text: &str| json!({ "item": "comment", "verb": verb, "comment_id": "a", "post_id": "p", "created_time": 5, "message": text });
    for round in 0..3 {
        station
            .tell(&page, &[value("edited", &format!("words {round}"))])
            .await;
    }
    station
        .tell_and_work(&page, &[value("add", "first words")])
        .await;
    let events = station.events("").await;
    assert_eq!(states(&events), ["processed"; 4]);
    let texts: Vec<&Value> = events.iter().map(|event| &event["kind"]).collect();
    assert_eq!(texts.last().unwrap(), &&json!("feed.comment.add"));
    assert_eq!(text_of(station, "a").await.as_deref(), Some("first words"));
}

async fn what_fails_is_tried_again_and_then_set_aside(station: &Station) {
    let (_, page) = station.page().await;
    station
        .tell_and_work(
            &page,
            &[comment("a", "add", 1), poison("x"), comment("b", "add", 1)],
        )
        .await;
    let events = station.events("").await;
    // What comes after it waits for it.
    assert_eq!(states(&events), ["processed", "failed", "pending"]);
    assert_eq!(
        events[1]["error"],
        "A change of the feed has no comment_id."
    );
    let waits = [1, 5, 30];
    for (at, seconds) in waits.into_iter().enumerate() {
        let failed = &station.events("").await[1];
        assert_eq!(failed["status"], "failed");
        assert_eq!(failed["attempts"], at + 1);
        let due = station.hub.app.now() + SignedDuration::from_secs(seconds);
        assert_eq!(failed["next_attempt_at"], json!(due));
        station
            .hub
            .clock
            .advance(SignedDuration::from_millis(seconds * 1000 - 1));
        station.hub.run_jobs().await;
        assert_eq!(station.events("").await[1]["attempts"], at + 1);
        station.hub.clock.advance(SignedDuration::from_millis(1));
        station.hub.run_jobs().await;
    }
    let events = station.events("").await;
    assert_eq!(states(&events), ["processed", "dead_letter", "processed"]);
    assert_eq!(events[1]["attempts"], 4);
    assert_eq!(station.count(Table::Engagement).await, 2);

    let path = format!("/api/webhook-events/{}", events[1]["id"].as_str().unwrap());
    let detail = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(detail["failures"].as_array().unwrap().len(), 4);
    let retried = station.ada.post(&format!("{path}/retry"), json!({})).await;
    assert_eq!(retried.expect(StatusCode::OK)["status"], "pending");
    station.hub.run_jobs().await;
    let again = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(
        (&again["status"], &again["attempts"]),
        (&json!("failed"), &json!(5))
    );
}

async fn poison_holds_up_no_other_account(station: &Station) {
    let channels = station.ada.connect("facebook", json!({})).await;
    let pages: Vec<&str> = channels
        .iter()
        .map(|one| one["remote_id"].as_str().unwrap())
        .collect();
    assert!(pages.len() > 1, "{channels:#?}");
    station
        .tell(pages[0], &[poison("x"), comment("a", "add", 1)])
        .await;
    station.tell(pages[1], &[comment("b", "add", 1)]).await;
    station.tell("of nobody", &[comment("c", "add", 1)]).await;
    station.hub.run_jobs().await;
    let query = format!("&account={}", pages[1]);
    assert_eq!(states(&station.events(&query).await), ["processed"]);
    let query = "&scope=installation&account=of%20nobody";
    assert_eq!(states(&station.events(query).await), ["processed"]);
}

async fn what_the_database_will_not_take_holds_up_nothing(station: &Station) {
    let (_, page) = station.page().await;
    let mut tx = station.hub.store.as_system("poison").write().await.unwrap();
    tx.execute(
        sql!("CREATE UNIQUE INDEX one ON webhook_events (account) WHERE account = 'poison'"),
        binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let two = [comment("a", "add", 1), comment("b", "add", 1)];
    station.tell("poison", &two).await;
    station
        .tell_and_work(&page, &[comment("c", "add", 1)])
        .await;
    assert_eq!(states(&station.events("").await), ["processed"]);
    let all = station.events("&scope=installation").await;
    assert_eq!(states(&all), ["dead_letter", "processed"], "{all:#?}");
    assert_eq!(
        (&all[0]["account"]["remote_id"], &all[0]["kind"]),
        (&json!(""), &json!("unreadable"))
    );
}

/// As a process leaves it that was killed half-way.
async fn what_somebody_died_at_goes_on_elsewhere(station: &Station) {
    let (_, page) = station.page().await;
    station
        .tell(&page, &[comment("a", "add", 1), comment("b", "add", 1)])
        .await;
    fanfare_app::hearing::read_some(&station.hub.app)
        .await
        .unwrap();
    let now = station.hub.app.now();
    let mut tx = station
        .hub
        .store
        .as_system("a process")
        .write()
        .await
        .unwrap();
    let until = now + SignedDuration::from_secs(30);
    let held = jobs::claim(&mut tx, now, 100, "a process that dies", until)
        .await
        .unwrap();
    assert!(held.iter().any(|job| job.kind == "hear"));
    tx.execute(
        sql!("UPDATE webhook_events SET status = 'processing', attempts = 1"),
        binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    station.hub.run_jobs().await;
    assert_eq!(states(&station.events("").await), ["processing"; 2]);
    station.hub.clock.advance(SignedDuration::from_secs(31));
    station.hub.run_jobs().await;
    let events = station.events("").await;
    assert_eq!(states(&events), ["processed"; 2]);
    assert_eq!(station.count(Table::Engagement).await, 2);
}

/// However often an event was tried before, because a person asked or because it failed.
async fn only_deaths_in_a_row_end_an_event(station: &Station) {
    let (_, page) = station.page().await;
    for (times, ends_as) in [(1, "processed"), (7, "processed"), (8, "dead_letter")] {
        station
            .tell(&page, &[comment(&format!("c{times}"), "add", 1)])
            .await;
        fanfare_app::hearing::read_some(&station.hub.app)
            .await
            .unwrap();
        let store = station.hub.store.as_system("deaths");
        let mut tx = store.write().await.unwrap();
        // As after so many attempts that did not die.
        let id = tx
            .one(
                sql!(
                    "UPDATE webhook_events SET attempts = 20 WHERE status = 'pending' RETURNING id"
                ),
                binds![],
                |row| row.id("id"),
            )
            .await
            .unwrap();
        for _ in 0..times {
            webhook_events::mark_taken(&mut tx, &[id]).await.unwrap();
        }
        tx.commit().await.unwrap();
        station.hub.run_jobs().await;
        let events = station.events("").await;
        assert_eq!(events.last().unwrap()["status"], ends_as, "{events:#?}");
    }
}

/// Both read and both work off, at once.
async fn two_nodes_do_nothing_twice(station: &Station) {
    let (_, page) = station.page().await;
    for at in 0..40 {
        let values = [
            comment(&format!("a{at}"), "add", 1),
            comment(&format!("b{at}"), "add", 1),
        ];
        station
            .tell(if at % 2 == 0 { &page } else { "of nobody" }, &values)
            .await;
    }
    let node = || {
        let (app, runner) = (Arc::clone(&station.hub.app), station.hub.runner());
        tokio::spawn(async move {
            while fanfare_app::hearing::read_some(&app).await.unwrap() > 0 {
                runner.drain().await.unwrap();
            }
            runner.drain().await.unwrap();
        })
    };
    let (one, other) = (node(), node());
    one.await.unwrap();
    other.await.unwrap();
    station.hub.run_jobs().await;
    let stats = station.stats("?scope=installation").await;
    assert_eq!(stats["processed"], 80, "{stats}");
    assert_eq!(station.count(Table::Engagement).await, 40);
    let events = station.events("").await;
    assert!(
        events
            .iter()
            .all(|event| event["attempts"] == 1 && event["effects"] == 1),
        "{events:#?}"
    );
}

/// A lane lets others have their turn after a thousand events. What it had taken by then has not been tried.
async fn a_long_lane_stands_back_without_an_attempt(station: &Station) {
    const EVENTS: usize = 1_060;
    let (_, page) = station.page().await;
    let values: Vec<Value> = (0..EVENTS)
        .map(|at| comment(&format!("c{at}"), "add", 1))
        .collect();
    station.tell_and_work(&page, &values).await;
    assert_eq!(station.count(Table::Engagement).await, EVENTS as i64);
    let mut tx = station
        .hub
        .store
        .as_system("attempts")
        .read()
        .await
        .unwrap();
    let tried: Vec<(String, i64, i64)> = tx
        .all(
            sql!("SELECT status, attempts, COUNT(*) AS events FROM webhook_events GROUP BY status, attempts"),
            binds![],
            |row| Ok((row.text("status")?, row.int("attempts")?, row.int("events")?)),
        )
        .await
        .unwrap();
    assert_eq!(tried, [("processed".to_owned(), 1, EVENTS as i64)]);
}

async fn kinds_nobody_knows_are_kept_and_counted(station: &Station) {
    let (_, page) = station.page().await;
    let body = json!({ "object": "page", "entry": [{ "id": page, "time": 1, "changes": [{ "field": "ratings", "value": { "rating": 5 } }] }] });
    station.send("facebook", &body).await.expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let events = station.events("").await;
    assert_eq!(states(&events), ["processed"]);
    assert_eq!(
        (&events[0]["kind"], &events[0]["understood"]),
        (&json!("ratings"), &json!(false))
    );
    assert_eq!(station.stats("").await["not_understood"], 1);
}

async fn text_of(station: &Station, comment: &str) -> Option<String> {
    let mut tx = station
        .hub
        .store
        .as_system("a comment")
        .read()
        .await
        .unwrap();
    tx.one(
        sql!("SELECT text FROM engagement WHERE remote_id = $1"),
        binds![comment],
        |row| row.optional_text("text"),
    )
    .await
    .unwrap()
}
