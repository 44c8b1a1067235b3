//! What happens is told to who asked for it, signed, and again until it is taken.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use fanfare_sandbox::{CallKind, Fault, FaultRule, Outcome};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;
use url::Url;

use crate::drive::good;
use crate::facebook::APP;
use crate::subscribed::Stand;

/// An application that listens. It refuses the first requests, as many as it was told.
#[derive(Clone, Default)]
struct Listener {
    heard: Arc<Mutex<Vec<(bool, Value)>>>,
    refuse: Arc<Mutex<u32>>,
}

impl Listener {
    async fn start(&self) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/hooks/{platform}", post(hear))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Url::parse(&format!("http://{address}/hooks")).unwrap()
    }

    /// What came with the right signature, in its order.
    fn genuine(&self) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        let genuine = heard.iter().filter(|(is_genuine, _)| *is_genuine);
        genuine.map(|(_, body)| body.clone()).collect()
    }
}

async fn hear(State(listener): State<Listener>, headers: HeaderMap, body: String) -> StatusCode {
    let claimed = headers["x-hub-signature-256"].to_str().unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(APP.1.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let claimed = hex::decode(claimed.strip_prefix("sha256=").unwrap()).unwrap();
    let is_genuine = mac.verify_slice(&claimed).is_ok();
    let refuse = {
        let mut left = listener.refuse.lock().unwrap();
        let refuse = *left > 0;
        *left = left.saturating_sub(1);
        refuse
    };
    if refuse {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let body = serde_json::from_str(&body).unwrap();
    listener.heard.lock().unwrap().push((is_genuine, body));
    if is_genuine {
        StatusCode::OK
    } else {
        StatusCode::UNAUTHORIZED
    }
}

async fn stand(fields: &str) -> (Stand, Listener) {
    let (stand, listener) = (Stand::new().await, Listener::default());
    stand.drive.sandbox.behave(|behaviour| {
        behaviour.webhook_gather_ms = 20;
        behaviour.webhook_time_scale = 10_000;
    });
    stand
        .drive
        .sandbox
        .send_webhooks_to(Some(listener.start().await));
    let path = format!("{}/subscribed_apps", stand.page);
    stand.post(&path, &[("subscribed_fields", fields)]).await;
    (stand, listener)
}

async fn act(stand: &Stand, act: Value) -> Value {
    good(stand.drive.json("/admin/acts", &act).await).await
}

async fn all_told(stand: &Stand) {
    for _ in 0..500 {
        if stand.drive.sandbox.untold() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?}", stand.drive.sandbox.sent_webhooks());
}

/// Field, item and verb of everything that was heard.
fn told(bodies: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    for body in bodies {
        for entry in body["entry"].as_array().unwrap() {
            for change in entry["changes"].as_array().into_iter().flatten() {
                let value = &change["value"];
                let word = |name: &str| value[name].as_str().unwrap_or("").to_owned();
                found.push(format!("{}.{}", word("item"), word("verb")));
            }
            for talk in entry["messaging"].as_array().into_iter().flatten() {
                found.push(talk["message"]["text"].as_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn what_people_do_is_told_where_it_was_asked_for() {
    let (stand, listener) = stand("feed,messages").await;
    let post = stand.publish("Rye at noon").await;
    act(&stand, json!({"act": "like", "post": post})).await;
    act(&stand, json!({"act": "like", "post": post})).await;
    let made = act(
        &stand,
        json!({"act": "comment", "post": post, "text": "Brötchen?", "who": "Ben Lindqvist"}),
    )
    .await;
    act(
        &stand,
        json!({"act": "comment", "post": post, "text": "Yes", "comment": made["id"]}),
    )
    .await;
    act(&stand, json!({"act": "share", "post": post})).await;
    act(
        &stand,
        json!({"act": "message", "account": stand.page, "text": "Open today?"}),
    )
    .await;
    // Nobody asked for these.
    act(
        &stand,
        json!({"act": "mention", "account": stand.page, "text": "Go there"}),
    )
    .await;
    act(
        &stand,
        json!({"act": "message", "account": stand.instagram, "text": "Hi"}),
    )
    .await;
    act(
        &stand,
        json!({"act": "edit", "post": post, "text": "Rye at one"}),
    )
    .await;
    act(&stand, json!({"act": "delete", "post": post})).await;
    all_told(&stand).await;
    let bodies = listener.genuine();
    let mut all = told(&bodies);
    all.sort();
    let mut expected = [
        "status.add",
        "reaction.add",
        "comment.add",
        "comment.add",
        "share.add",
        "Open today?",
        "status.edited",
        "status.remove",
    ];
    expected.sort_unstable();
    assert_eq!(all, expected);
    assert!(bodies.len() < all.len(), "some came together");
}

#[tokio::test]
async fn what_is_not_taken_is_sent_again() {
    let (stand, listener) = stand("feed").await;
    *listener.refuse.lock().unwrap() = 3;
    stand.publish("Rye at noon").await;
    all_told(&stand).await;
    assert_eq!(told(&listener.genuine()), ["status.add"]);
    let sent = stand.drive.sandbox.sent_webhooks();
    let outcomes: Vec<Outcome> = sent.iter().rev().map(|one| one.outcome).collect();
    let again = |after_seconds| Outcome::Retried { after_seconds };
    assert_eq!(outcomes, [again(0), again(60), again(300), Outcome::Taken]);
}

#[tokio::test]
async fn after_thirty_six_hours_it_is_given_up() {
    let (stand, listener) = stand("feed").await;
    stand
        .drive
        .sandbox
        .behave(|behaviour| behaviour.webhook_time_scale = 1_000_000);
    *listener.refuse.lock().unwrap() = 1000;
    stand.publish("Rye at noon").await;
    all_told(&stand).await;
    assert!(listener.genuine().is_empty());
    let sent = stand.drive.sandbox.sent_webhooks();
    assert_eq!((sent.len(), sent[0].outcome), (12, Outcome::GivenUp));
}

#[tokio::test]
async fn webhooks_go_wrong_on_demand() {
    let (stand, listener) = stand("feed").await;
    for fault in [Fault::Duplicate, Fault::WrongSignature] {
        stand.drive.sandbox.faults().add(FaultRule {
            call: CallKind::Webhook,
            ..FaultRule::new(fault)
        });
    }
    stand.publish("One").await;
    all_told(&stand).await;
    assert_eq!(told(&listener.genuine()), ["status.add", "status.add"]);
    // Refused, and sent again as it should be.
    stand.publish("Two").await;
    all_told(&stand).await;
    let heard = listener.heard.lock().unwrap().clone();
    let genuine: Vec<bool> = heard.iter().map(|(is_genuine, _)| *is_genuine).collect();
    assert_eq!(genuine, [true, true, false, true]);
    let refused = json!({"fault": "duplicate", "call": "publish"});
    assert_eq!(
        stand.drive.json("/admin/faults", &refused).await.status(),
        422
    );
}

#[tokio::test]
async fn what_is_reordered_comes_after_what_came_later() {
    let (stand, listener) = stand("feed").await;
    stand.drive.sandbox.faults().add(FaultRule {
        delay_ms: Some(300),
        ..FaultRule::new(Fault::Reordered)
    });
    let post = stand.publish("One").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    act(&stand, json!({"act": "delete", "post": post})).await;
    all_told(&stand).await;
    assert_eq!(told(&listener.genuine()), ["status.remove", "status.add"]);
}

#[tokio::test]
async fn buttons_lead_back_to_the_page_they_are_on() {
    let (stand, _) = stand("feed").await;
    let post = stand.publish("One").await;
    let back = format!("/facebook/posts/{post}");
    let page = stand.drive.get(&back).await.text().await.unwrap();
    assert!(page.contains("value=\"like\"") && page.contains("value=\"comment\""));
    let like = [
        ("act", "like"),
        ("post", post.as_str()),
        ("back", back.as_str()),
    ];
    let answer = stand.drive.form("/admin/acts", &like).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (303, &back.parse().unwrap())
    );
    let elsewhere = [
        ("act", "unlike"),
        ("post", post.as_str()),
        ("back", "//evil.example"),
    ];
    let answer = stand.drive.form("/admin/acts", &elsewhere).await;
    assert_eq!(answer.headers()["location"], "/");
    for path in ["/webhooks".to_owned(), format!("/accounts/{}", stand.page)] {
        let page = stand.drive.get(&path).await;
        assert_eq!(page.status(), 200);
        assert!(page.text().await.unwrap().contains("Harbour Bakery"));
    }
}
