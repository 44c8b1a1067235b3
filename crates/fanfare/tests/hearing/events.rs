//! Looking at events, replaying and deleting them, and whose they are.

use fanfare_app::jobs::start_periodic;
use fanfare_testkit::{Browser, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::station::{Station, Table, comment, feed, poison};
use super::stationed;

stationed!(
    events_that_nobody_has_are_told_of_once_a_day,
    nobody_sees_another_workspaces_events,
    what_came_before_the_account_is_claimed,
    a_replay_tells_what_it_would_change_and_changes_nothing_twice,
    an_event_is_deleted_with_what_it_said,
    a_deleted_event_that_is_told_again_is_known,
    lists_are_filtered_and_paged,
);

async fn neighbour(station: &Station) -> Browser {
    let ben = station.hub.browser();
    ben.register("ben@example.com").await;
    ben
}

async fn nobody_sees_another_workspaces_events(station: &Station) {
    let (_, page) = station.page().await;
    let ben = neighbour(station).await;
    // One request tells of Ada's page and of one that nobody has.
    let mut body = feed(&page, &[comment("a", "add", 1)]);
    let other = feed("of nobody", &[comment("secret", "add", 1)]);
    body["entry"]
        .as_array_mut()
        .unwrap()
        .push(other["entry"][0].clone());
    station.send("facebook", &body).await.expect(StatusCode::OK);
    station.hub.run_jobs().await;

    let own = station.events("").await;
    assert_eq!(own.len(), 1);
    let id = own[0]["id"].as_str().unwrap();
    let detail = station
        .ada
        .get(&format!("/api/webhook-events/{id}"))
        .await
        .expect(StatusCode::OK);
    assert_eq!(detail["payload"]["entry"]["id"], json!(page));
    assert!(!detail.to_string().contains("secret"), "{detail}");
    assert_eq!(detail["account"]["remote_id"], json!(page));
    assert!(detail["account"]["name"].is_string());

    let theirs = ben.get("/api/webhook-events").await.expect(StatusCode::OK);
    assert_eq!(theirs["items"], json!([]));
    for path in [
        format!("/api/webhook-events/{id}"),
        format!("/api/webhook-events/{id}/retry"),
    ] {
        let seen = if path.ends_with("retry") {
            ben.post(&path, json!({})).await
        } else {
            ben.get(&path).await
        };
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(
        ben.delete(&format!("/api/webhook-events/{id}"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let all = ben
        .post(
            "/api/webhook-events/replay",
            json!({ "platform": "facebook" }),
        )
        .await;
    assert_eq!(all.expect(StatusCode::OK)["matched"], 0);
    // Only who runs the installation sees what belongs to nobody.
    assert_eq!(
        ben.get("/api/webhook-events?scope=installation")
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        ben.get("/api/webhook-events/stats?scope=installation")
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    let all = station.events("&scope=installation").await;
    let claimed: Vec<&Value> = all.iter().map(|event| &event["claimed"]).collect();
    assert_eq!(claimed, [true, false]);
}

async fn what_came_before_the_account_is_claimed(station: &Station) {
    let (channel, page) = station.page().await;
    let connections = station
        .ada
        .get("/api/connections")
        .await
        .expect(StatusCode::OK);
    let connection = connections["items"][0]["id"].clone();
    let goodbye = json!({ "connection_id": connection, "scheduled": "cancel" });
    let gone = station
        .ada
        .post("/api/platforms/facebook/disconnect", goodbye)
        .await;
    assert!(gone.status.is_success(), "{gone:?}");
    station
        .tell_and_work(&page, &[comment("a", "add", 1), comment("b", "add", 1)])
        .await;
    assert_eq!(station.events("").await.len(), 0);
    assert_eq!(station.count(Table::Engagement).await, 0);
    let kept = station.events("&scope=installation").await;
    assert!(
        kept.iter()
            .all(|event| event["status"] == "processed" && event["claimed"] == false)
    );

    assert_eq!(station.page().await, (channel, page.clone()));
    station.hub.run_jobs().await;
    let claimed = station.events("").await;
    assert_eq!(claimed.len(), 2);
    assert!(
        claimed
            .iter()
            .all(|event| event["status"] == "processed" && event["effects"] == 1),
        "{claimed:#?}"
    );
    assert_eq!(station.count(Table::Engagement).await, 2);
    // Told again, it is known.
    station
        .tell_and_work(&page, &[comment("a", "add", 1)])
        .await;
    assert_eq!(station.events("&scope=installation").await.len(), 2);
}

async fn a_replay_tells_what_it_would_change_and_changes_nothing_twice(station: &Station) {
    let (_, page) = station.page().await;
    station
        .tell_and_work(
            &page,
            &[
                comment("a", "add", 1),
                comment("a", "remove", 1),
                comment("b", "add", 1),
            ],
        )
        .await;
    station.hub.pass(SignedDuration::from_secs(2)).await;
    let ask = async |body: Value| station.ada.post("/api/webhook-events/replay", body).await;
    let nothing_said = ask(json!({})).await;
    assert_eq!(nothing_said.field_codes(), ["ids: required"]);
    let told = ask(json!({ "platform": "facebook", "dry_run": true }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(told["matched"], 3);
    let changes: Vec<&Value> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["changes"])
        .collect();
    assert_eq!(changes, [0, 0, 0]);
    assert_eq!(told["items"][0]["effects"][0]["what"], "comment");

    forget_engagement(station).await;
    let told = ask(json!({ "kind": "feed.comment.add", "dry_run": true }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(told["matched"], 2);
    assert_eq!(told["items"][0]["changes"], 1);
    assert_eq!(
        station.count(Table::Engagement).await,
        0,
        "nothing was done"
    );

    let done = ask(json!({ "from": "2020-01-01T00:00:00Z" }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&done["matched"], &done["more"]),
        (&json!(3), &json!(false))
    );
    station.hub.run_jobs().await;
    assert_eq!(station.count(Table::Engagement).await, 2);
    ask(json!({ "status": "processed" }))
        .await
        .expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let events = station.events("").await;
    assert!(
        events
            .iter()
            .all(|event| event["effects"] == 0 && event["attempts"] == 3),
        "{events:#?}"
    );
}

async fn an_event_is_deleted_with_what_it_said(station: &Station) {
    let (_, page) = station.page().await;
    station
        .tell_and_work(&page, &[comment("a", "add", 1), comment("b", "add", 1)])
        .await;
    for (at, event) in station.events("").await.iter().enumerate() {
        let path = format!("/api/webhook-events/{}", event["id"].as_str().unwrap());
        assert_eq!(
            station.ada.delete(&path).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(station.ada.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            station.count(Table::Receipts).await,
            if at == 0 { 1 } else { 0 }
        );
    }
}

async fn a_deleted_event_that_is_told_again_is_known(station: &Station) {
    let (_, page) = station.page().await;
    let told = [comment("a", "add", 1), comment("b", "add", 1)];
    station.tell_and_work(&page, &told[..1]).await;
    let outgoing = "SELECT COUNT(*) AS found FROM outgoing_messages";
    let before = station.rows(outgoing).await;
    let event = &station.events("").await[0];
    let path = format!("/api/webhook-events/{}", event["id"].as_str().unwrap());
    let deleted = station.ada.delete(&path).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    station.tell_and_work(&page, &told).await;
    let left = station.events("").await;
    assert_eq!(left.len(), 1, "only the other: {left:#?}");
    assert_eq!(station.rows(outgoing).await, before);
    assert_eq!(station.stats("").await["processed"], 1);
    // Longer than Meta tells again, but not for ever.
    let known = "SELECT COUNT(*) AS found FROM deleted_webhook_events";
    for (days, expected) in [(8, 1), (23, 0)] {
        let clock = &station.hub.clock;
        clock.advance(SignedDuration::from_hours(24 * days));
        let app = &station.hub.app;
        fanfare_app::jobs::start_periodic(app).await.unwrap();
        station.hub.run_jobs().await;
        assert_eq!(station.rows(known).await, expected, "{days} days");
    }
}

async fn lists_are_filtered_and_paged(station: &Station) {
    let (_, page) = station.page().await;
    station
        .tell_and_work(
            &page,
            &[
                comment("a", "add", 1),
                comment("b", "remove", 1),
                comment("c", "add", 1),
                poison("x"),
            ],
        )
        .await;
    assert_eq!(station.events("&kind=feed.comment.add").await.len(), 3);
    assert_eq!(station.events("&status=failed").await.len(), 1);
    assert_eq!(station.events("&platform=instagram").await.len(), 0);
    assert_eq!(station.events("&to=2020-01-01T00:00:00Z").await.len(), 0);
    let wrong = station.ada.get("/api/webhook-events?status=lost").await;
    assert_eq!(wrong.field_codes(), ["status: not_allowed"]);
    let mut seen = Vec::new();
    let mut path = "/api/webhook-events?limit=3".to_owned();
    loop {
        let list = station.ada.get(&path).await.expect(StatusCode::OK);
        seen.extend(
            list["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["id"].clone()),
        );
        let Some(cursor) = list["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/webhook-events?limit=3&cursor={cursor}");
    }
    let mut all: Vec<Value> = station
        .events("")
        .await
        .iter()
        .map(|event| event["id"].clone())
        .collect();
    all.reverse();
    assert_eq!(seen, all);
    let stats = station.stats("").await;
    assert_eq!(
        (&stats["processed"], &stats["failed"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(stats["platforms"][0]["received_24h"], 4);
    assert_eq!(stats["platforms"][0]["failed_24h"], 1);
    let receivers = stats["receivers"].as_array().unwrap();
    let names: Vec<&Value> = receivers.iter().map(|one| &one["platform"]).collect();
    assert_eq!(names, ["facebook", "instagram", "whatsapp"]);
    assert_eq!(receivers[0]["has_verify_token"], true);
}

async fn forget_engagement(station: &Station) {
    let mut tx = station
        .hub
        .store
        .as_system("as if it never was")
        .write()
        .await
        .unwrap();
    tx.execute("DELETE FROM engagement", Vec::new())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn events_that_nobody_has_are_told_of_once_a_day(station: &Station) {
    let ben = station.hub.browser();
    ben.register("ben@example.com").await;
    start_periodic(&station.hub.app).await.unwrap();
    let told = async |browser: &Browser| {
        let path = "/api/notifications?kind=events_unclaimed";
        let list = browser.get(path).await.expect(StatusCode::OK);
        list["items"].as_array().unwrap().clone()
    };
    station.hub.run_jobs().await;
    assert_eq!(told(&station.ada).await.len(), 0, "nothing was told");
    for id in ["c1", "c2"] {
        station
            .tell_and_work("4711", &[comment(id, "add", 1_790_000_000)])
            .await;
    }
    // The reading of the same day comes to nothing new, whatever comes meanwhile.
    for hours in [1, 20] {
        station.hub.clock.advance(SignedDuration::from_hours(hours));
        station.hub.run_jobs().await;
        let found = told(&station.ada).await;
        assert_eq!(found.len(), 1, "after {hours} hours");
        assert_eq!(
            (&found[0]["what"], &found[0]["count"]),
            (&json!("2"), &json!(1))
        );
        station
            .tell_and_work(
                "4711",
                &[comment(&format!("more {hours}"), "add", 1_790_000_000)],
            )
            .await;
    }
    station.hub.clock.advance(SignedDuration::from_hours(5));
    station.hub.run_jobs().await;
    let found = told(&station.ada).await;
    assert_eq!(found[0]["what"], "4", "{found:#?}");
    // Ben runs nothing here.
    assert_eq!(told(&ben).await.len(), 0);
}
