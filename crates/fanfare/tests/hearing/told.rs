//! From what happens at a platform to what people are told of it in the interface.

use fanfare_domain::role::Role;
use fanfare_domain::{UserId, WorkspaceId};
use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use fanfare_store::members;
use fanfare_testkit::{Browser, Method, StatusCode, read};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::effects::published;
use super::station::Station;
use super::stationed;

const BEN: &str = "ben@example.com";

stationed!(
    a_post_that_is_refused_is_told,
    what_is_settled_by_hand_is_told_as_it_is,
    comments_on_a_post_are_told_and_count,
    what_the_page_says_itself_is_kept_and_told_to_nobody,
    messages_are_told_and_echoes_are_not,
);

async fn a_post_that_is_refused_is_told(station: &Station) {
    let (channel, _) = station.page().await;
    let ben = member(station, BEN).await;
    let post = refused(station, &channel, "Rye bread\nfrom seven").await;
    let told = of_kind(&station.ada, "post_failed").await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["post_id"], post);
    assert_eq!(told[0]["title"], "Rye bread from seven");
    assert_eq!(told[0]["platform"], "facebook");
    assert_eq!(told[0]["account"], "Harbour Bakery");
    assert_eq!(
        (&told[0]["count"], &told[0]["read_at"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(
        (&told[0]["in_app"], &told[0]["email"]),
        (&json!(true), &json!(true))
    );
    // Ben may change it too, and sees it; the message is for whoever made the post.
    let seen = ben
        .request(Method::GET, "/api/notifications?kind=post_failed")
        .header("fanfare-workspace", workspace(station).await);
    let seen = read(seen).await.expect(StatusCode::OK);
    let seen = seen["items"].as_array().unwrap();
    assert_eq!(seen.len(), 1, "{seen:#?}");
    assert_eq!(
        (&seen[0]["in_app"], &seen[0]["email"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(of_kind(&station.ada, "post_published").await.len(), 0);
}

/// Nobody can tell what became of it, until a person looked.
async fn what_is_settled_by_hand_is_told_as_it_is(station: &Station) {
    let (channel, _) = station.page().await;
    break_next(station, CallKind::Publish, Fault::TimeoutAfter, 1);
    break_next(station, CallKind::Read, Fault::ServerError, 10_000);
    let post = post(station, &channel, "Lost in the post").await;
    station.hub.pass(SignedDuration::from_mins(15)).await;
    let told = of_kind(&station.ada, "delivery_needs_attention").await;
    assert_eq!((told.len(), &told[0]["post_id"]), (1, &json!(post)));
    assert_eq!(of_kind(&station.ada, "post_published").await.len(), 0);
    let path = format!("/api/posts/{post}");
    let found = station.ada.get(&path).await.expect(StatusCode::OK);
    let delivery = found["deliveries"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/deliveries/{delivery}/resolve");
    station
        .ada
        .post(&path, json!({ "published": true }))
        .await
        .expect(StatusCode::OK);
    let told = of_kind(&station.ada, "post_published").await;
    assert_eq!((told.len(), &told[0]["post_id"]), (1, &json!(post)));
}

async fn comments_on_a_post_are_told_and_count(station: &Station) {
    let (channel, page) = station.page().await;
    let delivery = published(station, &channel).await;
    let said = |id: &str, verb: &str| comment(&delivery["remote_id"], id, verb);
    station.tell_and_work(&page, &[said("c1", "add")]).await;
    let told = of_kind(&station.ada, "comment_received").await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["post_id"], told[0]["subject"]);
    assert_eq!(
        (&told[0]["title"], &told[0]["count"]),
        (&json!("Fresh bread"), &json!(1))
    );
    assert_eq!(told[0]["account"], "Harbour Bakery");
    assert!(
        !told[0].to_string().contains("Ann"),
        "who wrote it may have to be forgotten"
    );
    // Told again by the platform, changed and taken back, it is the same comment; another counts.
    for more in [
        said("c1", "add"),
        said("c1", "edited"),
        said("c2", "add"),
        said("c1", "remove"),
    ] {
        station.tell_and_work(&page, &[more]).await;
    }
    let told = of_kind(&station.ada, "comment_received").await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &json!(2)), "{told:#?}");
    // What was worked off is worked off once more, and that is no news.
    let again = json!({ "status": "processed" });
    station
        .ada
        .post("/api/webhook-events/replay", again)
        .await
        .expect(StatusCode::OK);
    station.hub.run_jobs().await;
    let told = of_kind(&station.ada, "comment_received").await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &json!(2)), "{told:#?}");
}

async fn what_the_page_says_itself_is_kept_and_told_to_nobody(station: &Station) {
    let (channel, page) = station.page().await;
    let delivery = published(station, &channel).await;
    let input = json!({ "url": "https://example.com/hook", "event_types": ["engagement.added"] });
    let made = station.ada.post("/api/webhooks", input).await;
    made.expect(StatusCode::CREATED);
    let mut ours = comment(&delivery["remote_id"], "ours", "add");
    ours["from"] = json!({ "id": page, "name": "Harbour Bakery" });
    station.tell_and_work(&page, &[ours]).await;
    assert_eq!(of_kind(&station.ada, "comment_received").await.len(), 0);
    let told = station
        .rows("SELECT COUNT(*) AS found FROM outgoing_messages")
        .await;
    assert_eq!(told, 0);
    let path = format!("/api/deliveries/{}", delivery["id"].as_str().unwrap());
    let known = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(known["engagement"]["comments"], 1);
}

async fn messages_are_told_and_echoes_are_not(station: &Station) {
    let (channel, page) = station.page().await;
    let talk = |mid: &str, is_echo: bool| {
        json!({ "object": "page", "entry": [{ "id": page, "time": 1_790_000_000_123_i64, "messaging": [
            { "sender": { "id": "psid" }, "recipient": { "id": page }, "timestamp": 1_790_000_000_100_i64,
              "message": { "mid": mid, "text": "Are you open?", "is_echo": is_echo } }] }] })
    };
    for body in [
        talk("m_1", false),
        talk("m_1", false),
        talk("m_2", false),
        talk("m_3", true),
    ] {
        station.send("facebook", &body).await.expect(StatusCode::OK);
    }
    station.hub.run_jobs().await;
    let told = of_kind(&station.ada, "message_received").await;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["subject"], channel);
    assert_eq!(
        (&told[0]["title"], &told[0]["count"]),
        (&json!("Harbour Bakery"), &json!(2))
    );
    assert!(!told[0].to_string().contains("open?"));
}

pub fn comment(post: &Value, id: &str, verb: &str) -> Value {
    json!({ "item": "comment", "verb": verb, "comment_id": id, "post_id": post, "from": { "id": "99", "name": "Ann" },
        "created_time": 1_790_000_000, "message": "Yum" })
}

/// Somebody else who may do everything there.
pub async fn member(station: &Station, email: &str) -> Browser {
    let browser = station.hub.browser();
    browser.register(email).await;
    let status = status(&browser).await;
    let user: UserId = status["user"]["id"].as_str().unwrap().parse().unwrap();
    let workspace: WorkspaceId = workspace(station).await.parse().unwrap();
    let mut tx = station
        .hub
        .store
        .in_workspace(workspace)
        .write()
        .await
        .unwrap();
    members::add(&mut tx, user, Role::Admin, station.hub.app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    browser
}

/// Ada's.
pub async fn workspace(station: &Station) -> String {
    let status = status(&station.ada).await;
    status["workspaces"][0]["id"].as_str().unwrap().to_owned()
}

async fn status(browser: &Browser) -> Value {
    browser.get("/api/auth/status").await.expect(StatusCode::OK)
}

fn break_next(station: &Station, call: CallKind, fault: Fault, times: u32) {
    station.hub.sandbox.faults().add(FaultRule {
        platform: Some(Platform::Facebook),
        call,
        times,
        ..FaultRule::new(fault)
    });
}

async fn post(station: &Station, channel: &str, text: &str) -> String {
    let post = json!({ "text": text, "channel_ids": [channel], "schedule": { "kind": "now" } });
    let post = station
        .ada
        .post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    post["id"].as_str().unwrap().to_owned()
}

/// A post that the platform refuses for good.
pub async fn refused(station: &Station, channel: &str, text: &str) -> String {
    break_next(station, CallKind::Publish, Fault::RejectedMedia, 1);
    let id = post(station, channel, text).await;
    station.hub.run_jobs().await;
    let path = format!("/api/posts/{id}");
    let found = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(found["state"], "failed", "{found:#}");
    id
}

pub async fn of_kind(browser: &Browser, kind: &str) -> Vec<Value> {
    let path = format!("/api/notifications?kind={kind}");
    let found = browser.get(&path).await.expect(StatusCode::OK);
    found["items"].as_array().unwrap().clone()
}
