//! From what happens at a platform to what people are told of it, in the interface and by mail.

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

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";

stationed!(
    a_post_that_is_refused_is_told,
    what_is_settled_by_hand_is_told_as_it_is,
    comments_on_a_post_are_told_and_count,
    messages_are_told_and_echoes_are_not,
    what_happens_in_five_minutes_is_one_message,
    what_nobody_wants_is_neither_told_nor_written,
    one_click_ends_the_messages_of_one_person,
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

async fn what_happens_in_five_minutes_is_one_message(station: &Station) {
    let (channel, page) = station.page().await;
    want(&station.ada, "comment_received", true).await;
    begin_a_stretch(station);
    for text in ["One", "Two", "Three"] {
        refused(station, &channel, text).await;
    }
    station
        .tell_and_work(&page, &[comment(&json!("p"), "c1", "add")])
        .await;
    // Whoever has seen it needs no message about it.
    let seen = of_kind(&station.ada, "post_failed").await;
    let seen = seen.iter().find(|one| one["title"] == "Two").unwrap();
    let path = format!("/api/notifications/{}/read", seen["id"].as_str().unwrap());
    station
        .ada
        .post(&path, json!({}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        letters(station, ADA).await.len(),
        0,
        "not before their time"
    );
    end_the_stretch(station).await;
    let written = letters(station, ADA).await;
    assert_eq!(written.len(), 1, "{written:#?}");
    let text = text_of(station, &written[0]).await;
    for part in ["“One”", "“Three”", "A comment on Harbour Bakery", "/posts/"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("“Two”"), "{text}");
    // Nothing new, no message; something new, another.
    end_the_stretch(station).await;
    assert_eq!(letters(station, ADA).await.len(), 1);
    refused(station, &channel, "Four").await;
    end_the_stretch(station).await;
    let written = letters(station, ADA).await;
    assert_eq!(written.len(), 2, "{written:#?}");
    let text = text_of(station, &written[0]).await;
    assert!(text.contains("“Four”") && !text.contains("“One”"), "{text}");
}

async fn what_nobody_wants_is_neither_told_nor_written(station: &Station) {
    let (channel, page) = station.page().await;
    want(&station.ada, "post_failed", false).await;
    let wish =
        json!({ "preferences": [{ "kind": "comment_received", "in_app": false, "email": true }] });
    put(&station.ada, wish).await;
    let wish =
        json!({ "preferences": [{ "kind": "message_received", "in_app": false, "email": false }] });
    put(&station.ada, wish).await;
    begin_a_stretch(station);
    refused(station, &channel, "Unseen").await;
    let talk = json!({ "object": "page", "entry": [{ "id": page, "time": 1, "messaging": [
        { "sender": { "id": "psid" }, "recipient": { "id": page }, "timestamp": 1, "message": { "mid": "m_1", "text": "Hello" } }] }] });
    station.send("facebook", &talk).await.expect(StatusCode::OK);
    station
        .tell_and_work(&page, &[comment(&json!("p"), "c1", "add")])
        .await;
    end_the_stretch(station).await;
    // The failure is in the interface only, the comment in the message only, and the message to us nowhere.
    assert_eq!(of_kind(&station.ada, "post_failed").await.len(), 1);
    assert_eq!(of_kind(&station.ada, "comment_received").await.len(), 0);
    assert_eq!(of_kind(&station.ada, "message_received").await.len(), 0);
    let written = letters(station, ADA).await;
    assert_eq!(written.len(), 1, "{written:#?}");
    let text = text_of(station, &written[0]).await;
    assert!(text.contains("A comment"), "{text}");
    assert!(
        !text.contains("Unseen") && !text.contains("A message"),
        "{text}"
    );
}

async fn one_click_ends_the_messages_of_one_person(station: &Station) {
    let (_, page) = station.page().await;
    let ben = member(station, BEN).await;
    for person in [&station.ada, &ben] {
        want(person, "comment_received", true).await;
    }
    begin_a_stretch(station);
    station
        .tell_and_work(&page, &[comment(&json!("p"), "c1", "add")])
        .await;
    end_the_stretch(station).await;
    let mut links = Vec::new();
    for person in [ADA, BEN] {
        let written = letters(station, person).await;
        assert_eq!(written.len(), 1, "{person}: {written:#?}");
        links.push(link(&text_of(station, &written[0]).await));
    }
    assert_ne!(links[0], links[1]);
    let before = preferences(&ben).await;

    // As a mailbox does it, which has no cookies.
    let one_click = station
        .hub
        .browser()
        .request(Method::POST, &links[0])
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    assert_eq!(read(one_click).await.status, StatusCode::OK);
    let hers = preferences(&station.ada).await;
    for kind in ["comment_received", "post_failed", "mention_received"] {
        assert_eq!(one(&hers, kind)["email"], false, "{kind}");
        assert_eq!(one(&hers, kind)["in_app"], true, "{kind}");
    }
    assert_eq!(one(&hers, "security_alert")["email"], true);
    // Of these there are messages of their own, with links of their own.
    assert_eq!(one(&hers, "connection_trouble")["email"], true);
    assert_eq!(preferences(&ben).await, before);

    station
        .tell_and_work(&page, &[comment(&json!("p"), "c2", "add")])
        .await;
    end_the_stretch(station).await;
    assert_eq!(letters(station, ADA).await.len(), 1);
    assert_eq!(letters(station, BEN).await.len(), 2);
    let told = of_kind(&station.ada, "comment_received").await;
    assert_eq!(told[0]["count"], 2, "the interface still tells: {told:#?}");
}

fn comment(post: &Value, id: &str, verb: &str) -> Value {
    json!({ "item": "comment", "verb": verb, "comment_id": id, "post_id": post, "from": { "id": "99", "name": "Ann" },
        "created_time": 1_790_000_000, "message": "Yum" })
}

/// Somebody else who may do everything there.
async fn member(station: &Station, email: &str) -> Browser {
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
async fn workspace(station: &Station) -> String {
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
async fn refused(station: &Station, channel: &str, text: &str) -> String {
    break_next(station, CallKind::Publish, Fault::RejectedMedia, 1);
    let id = post(station, channel, text).await;
    station.hub.run_jobs().await;
    let path = format!("/api/posts/{id}");
    let found = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(found["state"], "failed", "{found:#}");
    id
}

async fn of_kind(browser: &Browser, kind: &str) -> Vec<Value> {
    let path = format!("/api/notifications?kind={kind}");
    let found = browser.get(&path).await.expect(StatusCode::OK);
    found["items"].as_array().unwrap().clone()
}

/// Whether somebody wants messages about this.
async fn want(browser: &Browser, kind: &str, by_mail: bool) {
    put(
        browser,
        json!({ "preferences": [{ "kind": kind, "email": by_mail }] }),
    )
    .await;
}

async fn put(browser: &Browser, wishes: Value) {
    browser
        .send(Method::PUT, "/api/notifications/preferences", Some(wishes))
        .await
        .expect(StatusCode::OK);
}

async fn preferences(browser: &Browser) -> Value {
    let path = "/api/notifications/preferences";
    browser.get(path).await.expect(StatusCode::OK)
}

fn one(preferences: &Value, kind: &str) -> Value {
    let all = preferences["preferences"].as_array().unwrap();
    all.iter().find(|one| one["kind"] == kind).unwrap().clone()
}

/// What is gathered is gathered from one round time to the next; what happens from here on is in one.
fn begin_a_stretch(station: &Station) {
    let now = station.hub.app.now().as_second();
    let left = 300 - now.rem_euclid(300);
    station
        .hub
        .clock
        .advance(SignedDuration::from_secs(left + 1));
}

async fn end_the_stretch(station: &Station) {
    station.hub.clock.advance(SignedDuration::from_mins(5));
    station.hub.run_jobs().await;
}

/// The gathered messages to somebody, the newest first.
async fn letters(station: &Station, to: &str) -> Vec<Value> {
    station.hub.run_jobs().await;
    let list = station
        .ada
        .get("/api/admin/mail/messages?limit=100")
        .await
        .expect(StatusCode::OK);
    let mut items = list["items"].as_array().unwrap().clone();
    items.retain(|message| message["to"] == to && message["kind"] == "notifications");
    items
}

async fn text_of(station: &Station, letter: &Value) -> String {
    assert_eq!(letter["status"], "sent");
    let path = format!(
        "/api/admin/mail/messages/{}",
        letter["id"].as_str().unwrap()
    );
    let message = station.ada.get(&path).await.expect(StatusCode::OK);
    message["text"].as_str().unwrap().to_owned()
}

/// The path of the link by which one has no more of them.
fn link(text: &str) -> String {
    let (_, token) = text.split_once("/unsubscribe/").expect(text);
    let token = token.split_whitespace().next().unwrap();
    format!("/unsubscribe/{token}")
}
