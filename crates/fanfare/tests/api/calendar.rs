//! What the calendar shows, and what it keeps to itself.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{DeliveryId, PostId, WorkspaceId};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts::{self, Post};
use fanfare_testkit::{Browser, StatusCode, TestHub};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    the_first_instant_is_in_and_the_last_is_not,
    what_went_out_stands_where_it_went_out,
    entries_tell_what_is_needed_to_draw_and_move_them,
    filters_narrow_it,
    a_moved_post_keeps_the_zone_it_was_planned_in,
    another_workspace_sees_nothing_of_it,
    ranges_and_filters_that_make_no_sense_are_refused,
    thousands_of_posts_come_in_one_answer
);

async fn the_first_instant_is_in_and_the_last_is_not(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let noon = ada.at(600);
    ada.plan("Noon", noon).await;
    let (minute, next) = (
        SignedDuration::from_mins(1),
        noon + SignedDuration::from_millis(1),
    );
    assert_eq!(ada.texts(noon, next).await, ["Noon"]);
    assert!(ada.texts(noon - minute, noon).await.is_empty());
    assert!(ada.texts(next, noon + minute).await.is_empty());
}

async fn what_went_out_stands_where_it_went_out(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let due = ada.at(10);
    let post = ada.plan("Late bread", due).await;
    hub.clock.advance(SignedDuration::from_mins(13));
    hub.run_jobs().await;
    let published = due + SignedDuration::from_mins(3);
    let (before, after) = (SignedDuration::from_mins(1), SignedDuration::from_mins(2));
    // Neither half of the range alone may lose or double it.
    assert!(ada.texts(due - before, due + after).await.is_empty());
    assert_eq!(
        ada.texts(due - before, published + after).await,
        ["Late bread"]
    );
    let entry = &ada.entries(published - before, published + after).await[0];
    assert_eq!(entry["at"], json!(published));
    assert_eq!(
        (&entry["state"], &entry["can_move"]),
        (&json!("published"), &json!(false))
    );
    assert!(
        entry["deliveries"][0]["permalink"]
            .as_str()
            .unwrap()
            .starts_with("http")
    );
    assert_eq!(entry["id"], post["id"]);
}

async fn entries_tell_what_is_needed_to_draw_and_move_them(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let long = format!("\n  {}", "é".repeat(300));
    ada.plan(&long, ada.at(60)).await;
    let own = json!({
        "text": "",
        "channel_ids": [ada.pages[0]["id"]],
        "variants": { ada.pages[0]["id"].as_str().unwrap(): { "text": "Only here" } },
        "schedule": { "kind": "at", "at": ada.at(90) },
    });
    ada.browser
        .post("/api/posts", own)
        .await
        .expect(StatusCode::CREATED);
    ada.browser
        .post("/api/posts", json!({ "text": "No time yet" }))
        .await
        .expect(StatusCode::CREATED);

    let entries = ada.entries(ada.at(0), ada.at(120)).await;
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["text"].as_str().unwrap(), "é".repeat(140));
    assert_eq!(entries[1]["text"], "Only here");
    let first = &entries[0];
    assert_eq!(first["time_zone"], "Europe/Madrid");
    assert_eq!(first["kind"], "at");
    assert_eq!(first["can_move"], true);
    assert_eq!(first["author"]["name"], "Ada Moreno");
    assert_eq!(
        (&first["media_count"], &first["thumbnail_url"]),
        (&json!(0), &Value::Null)
    );
    assert_eq!(first["deliveries"][0]["platform"], "facebook");
    assert_eq!(first["deliveries"][0]["channel_id"], ada.pages[0]["id"]);
}

async fn filters_narrow_it(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let (first, second) = (&ada.pages[0]["id"], &ada.pages[1]["id"]);
    ada.plan_on("First", ada.at(60), &[first]).await;
    ada.plan_on("Both", ada.at(61), &[first, second]).await;
    let off = ada.plan_on("Off", ada.at(62), &[second]).await;
    let path = format!("/api/posts/{}/cancel", off["id"].as_str().unwrap());
    ada.browser
        .post(&path, json!({}))
        .await
        .expect(StatusCode::OK);

    let authors = ada
        .browser
        .get("/api/calendar/authors")
        .await
        .expect(StatusCode::OK);
    let me = &authors["items"][0];
    assert_eq!(
        (authors["items"].as_array().unwrap().len(), &me["name"]),
        (1, &json!("Ada Moreno"))
    );
    let nobody = first.as_str().unwrap();
    let table = [
        (
            format!("channel_id={}", first.as_str().unwrap()),
            vec!["First", "Both"],
        ),
        (
            format!("channel_id={}", second.as_str().unwrap()),
            vec!["Both", "Off"],
        ),
        (
            format!(
                "channel_id={},{}",
                first.as_str().unwrap(),
                second.as_str().unwrap()
            ),
            vec!["First", "Both", "Off"],
        ),
        ("state=scheduled".to_owned(), vec!["First", "Both"]),
        (
            "state=scheduled,cancelled".to_owned(),
            vec!["First", "Both", "Off"],
        ),
        ("state=failed".to_owned(), vec![]),
        (
            format!("author_id={}", me["id"].as_str().unwrap()),
            vec!["First", "Both", "Off"],
        ),
        (format!("author_id={nobody}"), vec![]),
        (
            format!("state=cancelled&channel_id={}", first.as_str().unwrap()),
            vec![],
        ),
    ];
    for (query, texts) in table {
        let found = ada.narrowed(ada.at(0), ada.at(120), &query).await;
        assert_eq!(words(&found), texts, "{query}");
    }
}

async fn a_moved_post_keeps_the_zone_it_was_planned_in(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let post = ada.plan("Moves", ada.at(60)).await;
    let path = format!("/api/posts/{}", post["id"].as_str().unwrap());
    let schedule = json!({ "kind": "at", "at": ada.at(300), "time_zone": "Europe/Madrid" });
    let stale = json!({ "schedule": schedule, "revision": 99 });
    let refused = ada.browser.patch(&path, stale).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let fresh = json!({ "schedule": schedule, "revision": post["revision"] });
    ada.browser.patch(&path, fresh).await.expect(StatusCode::OK);

    assert!(ada.texts(ada.at(0), ada.at(299)).await.is_empty());
    let entry = &ada.entries(ada.at(300), ada.at(301)).await[0];
    assert_eq!(entry["time_zone"], "Europe/Madrid");
    assert_eq!(
        entry["revision"].as_i64().unwrap(),
        post["revision"].as_i64().unwrap() + 1
    );
}

async fn another_workspace_sees_nothing_of_it(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    ada.plan("Ours", ada.at(60)).await;
    let ben = hub.browser();
    ben.register("ben@example.com").await;
    let path = range(ada.at(0), ada.at(120));
    let seen = ben.get(&path).await.expect(StatusCode::OK);
    assert_eq!(seen["items"], json!([]));
    let authors = ben
        .get("/api/calendar/authors")
        .await
        .expect(StatusCode::OK);
    assert_eq!(authors["items"].as_array().unwrap().len(), 1);
    assert_eq!(ada.texts(ada.at(0), ada.at(120)).await, ["Ours"]);
    let nobody = hub.browser().get(&path).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

async fn ranges_and_filters_that_make_no_sense_are_refused(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (from, day) = (hub.app.now(), SignedDuration::from_hours(24));
    ada.get(&range(from, from + day * 400))
        .await
        .expect(StatusCode::OK);
    let good = range(from, from + day);
    let table = [
        ("/api/calendar".to_owned(), "from: required"),
        (range(from, from), "to: out_of_range"),
        (range(from, from - day), "to: out_of_range"),
        (range(from, from + day * 401), "to: out_of_range"),
        (format!("{good}&state=sleeping"), "state: not_allowed"),
        (
            format!("{good}&channel_id=x"),
            "channel_id: unknown_channel",
        ),
        (format!("{good}&author_id=x"), "author_id: not_allowed"),
        (format!("{good}&mood=good"), "mood: unknown_field"),
    ];
    for (path, wrong) in table {
        let refused = ada.get(&path).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(refused.field_codes(), [wrong], "{path}");
    }
}

async fn thousands_of_posts_come_in_one_answer(hub: &TestHub) {
    let ada = Planner::with(hub).await;
    let workspaces = ada
        .browser
        .get("/api/workspaces")
        .await
        .expect(StatusCode::OK);
    let workspace: WorkspaceId = workspaces["items"][0]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    for minute in 0..5_000 {
        let post = post_due(ada.now, ada.at(minute));
        posts::insert(&mut tx, &post).await.unwrap();
        let delivery = delivery_of(&post, &ada.pages[0]);
        deliveries::insert(&mut tx, &delivery).await.unwrap();
    }
    tx.commit().await.unwrap();
    let all = ada.entries(ada.at(0), ada.at(5_000)).await;
    assert_eq!(all.len(), 5_000);
    assert!(
        all.iter()
            .all(|entry| entry["deliveries"].as_array().unwrap().len() == 1)
    );
    assert!(
        all.is_sorted_by_key(|entry| entry["at"].as_str().unwrap().parse::<Timestamp>().unwrap())
    );
    assert_eq!(ada.entries(ada.at(100), ada.at(110)).await.len(), 10);
}

/// Ada with two pretend Pages, and when she began.
struct Planner {
    browser: Browser,
    pages: Vec<Value>,
    now: Timestamp,
}

impl Planner {
    async fn with(hub: &TestHub) -> Self {
        let browser = hub.browser();
        browser.register("ada@example.com").await;
        let pages = browser.connect("facebook", json!({})).await;
        Self {
            browser,
            pages,
            now: Timestamp::from_second(hub.app.now().as_second()).unwrap(),
        }
    }

    /// So many minutes after she began.
    fn at(&self, minutes: i64) -> Timestamp {
        self.now + SignedDuration::from_mins(minutes)
    }

    async fn plan(&self, text: &str, at: Timestamp) -> Value {
        self.plan_on(text, at, &[&self.pages[0]["id"]]).await
    }

    async fn plan_on(&self, text: &str, at: Timestamp, channels: &[&Value]) -> Value {
        let schedule = json!({ "kind": "at", "at": at, "time_zone": "Europe/Madrid" });
        let body = json!({ "text": text, "channel_ids": channels, "schedule": schedule });
        self.browser
            .post("/api/posts", body)
            .await
            .expect(StatusCode::CREATED)
    }

    async fn entries(&self, from: Timestamp, to: Timestamp) -> Vec<Value> {
        self.narrowed(from, to, "").await
    }

    async fn narrowed(&self, from: Timestamp, to: Timestamp, query: &str) -> Vec<Value> {
        let path = format!("{}&{query}", range(from, to));
        let answer = self.browser.get(&path).await.expect(StatusCode::OK);
        answer["items"].as_array().unwrap().clone()
    }

    async fn texts(&self, from: Timestamp, to: Timestamp) -> Vec<String> {
        words(&self.entries(from, to).await)
    }
}

fn range(from: Timestamp, to: Timestamp) -> String {
    format!("/api/calendar?from={from}&to={to}")
}

fn words(entries: &[Value]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| entry["text"].as_str().unwrap().to_owned())
        .collect()
}

fn post_due(now: Timestamp, at: Timestamp) -> Post {
    Post {
        id: PostId::new(now),
        author_id: None,
        author_name: String::new(),
        state: PostState::Scheduled,
        text: "One of many".to_owned(),
        schedule: Schedule {
            kind: ScheduleKind::At,
            at: Some(at),
            time_zone: "UTC".to_owned(),
        },
        paused_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    }
}

fn delivery_of(post: &Post, channel: &Value) -> Delivery {
    Delivery {
        id: DeliveryId::new(post.created_at),
        post_id: post.id,
        channel_id: channel["id"].as_str().unwrap().parse().unwrap(),
        platform: "facebook".to_owned(),
        position: 0,
        state: DeliveryState::Scheduled,
        variant_text: None,
        options: json!({}),
        due_at: post.schedule.at,
        next_attempt_at: None,
        deadline_at: None,
        attempts: 0,
        began_at: None,
        progress: Value::Null,
        intended_at: None,
        remote_id: None,
        permalink: None,
        published_at: None,
        receipt: None,
        at_platform: None,
        error: None,
        created_at: post.created_at,
        updated_at: post.created_at,
    }
}
