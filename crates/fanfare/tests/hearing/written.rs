//! Messages that gather what happened: when they are written, about what, and how one has no more of them.

use fanfare_testkit::{Browser, Method, StatusCode, read};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::station::Station;
use super::stationed;
use super::told::{comment, member, of_kind, refused};

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";

stationed!(
    what_happens_in_five_minutes_is_one_message,
    what_nobody_wants_is_neither_told_nor_written,
    one_click_ends_the_messages_of_one_person,
);

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
