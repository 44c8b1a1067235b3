//! A request that makes something is done once under one key.

use std::collections::BTreeSet;

use fanfare_domain::role::Role;
use fanfare_testkit::{Browser, StatusCode, TestHub};
use futures::future::join_all;
use jiff::SignedDuration;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::api_keys::Key;
use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_repeated_request_is_answered_and_not_done_again,
    a_key_belongs_to_one_request_in_one_workspace,
    two_who_send_the_same_are_two,
    a_refused_request_gives_its_key_back,
    many_at_once_make_one,
    what_was_made_before_a_crash_is_the_answer,
    a_request_cut_off_before_it_made_anything_can_be_sent_again,
);

async fn a_repeated_request_is_answered_and_not_done_again(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let first = create(&ada, "key-1", json!({ "text": "Hello" })).await;
    assert_eq!(first.status(), 201);
    assert!(first.headers().get("idempotency-replayed").is_none());
    let first: Value = first.json().await.unwrap();
    // With the quotes that the standard's draft asks for, it is the same key.
    for key in ["key-1", "\"key-1\""] {
        let again = create(&ada, key, json!({ "text": "Hello" })).await;
        assert_eq!(again.status(), 201);
        assert_eq!(again.headers()["idempotency-replayed"], "true");
        assert_eq!(again.json::<Value>().await.unwrap(), first);
    }
    assert_eq!(posts(&ada).await, 1);
    hub.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(
        create(&ada, "key-1", json!({ "text": "Hello" }))
            .await
            .status(),
        201
    );
    assert_eq!(posts(&ada).await, 2);
}

async fn a_key_belongs_to_one_request_in_one_workspace(hub: &TestHub) {
    let (ada, ben) = (registered(hub, "ada").await, registered(hub, "ben").await);
    assert_eq!(
        create(&ada, "key", json!({ "text": "Hello" }))
            .await
            .status(),
        201
    );
    let reused = create(&ada, "key", json!({ "text": "Goodbye" })).await;
    assert_eq!(reused.status(), 422);
    assert_eq!(
        reused.json::<Value>().await.unwrap()["code"],
        "idempotency_key_reused"
    );
    let elsewhere = ada
        .request(Method::POST, "/api/posts/validate")
        .header("idempotency-key", "key")
        .json(&json!({ "text": "Hello" }));
    assert_eq!(elsewhere.send().await.unwrap().status(), 422);
    assert_eq!(
        create(&ben, "key", json!({ "text": "Hello" }))
            .await
            .status(),
        201
    );
    assert_eq!((posts(&ada).await, posts(&ben).await), (1, 1));
    for key in ["", "\"\"", &"x".repeat(256)] {
        assert_eq!(create(&ada, key, json!({})).await.status(), 422, "{key}");
    }
}

/// Programs count from one; what somebody else got for it is none of their business.
async fn two_who_send_the_same_are_two(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Editor).await;
    let scopes = json!({ "name": "Shop", "scopes": ["posts.write", "posts.read"] });
    let key = Key::made(&ada, scopes).await;
    let mut made = BTreeSet::new();
    for (ask, replayed) in [
        (0, false),
        (1, false),
        (2, false),
        (0, true),
        (1, true),
        (2, true),
    ] {
        let request = match ask {
            0 => ada.browser.request(Method::POST, "/api/posts"),
            1 => ben.browser.request(Method::POST, "/api/posts"),
            _ => key.request(hub, Method::POST, "/api/posts"),
        };
        let workspace = ada.workspace.to_string();
        let answer = request
            .header("idempotency-key", "1")
            .header("fanfare-workspace", workspace)
            .json(&json!({ "text": "Hello" }))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201);
        let is_replayed = answer.headers().contains_key("idempotency-replayed");
        assert_eq!(is_replayed, replayed, "{ask}");
        let answer: Value = answer.json().await.unwrap();
        made.insert(answer["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(made.len(), 3);
    assert_eq!(posts(&ada.browser).await, 3);
}

async fn a_refused_request_gives_its_key_back(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    assert_eq!(
        create(&ada, "key", json!({ "txt": "Hello" }))
            .await
            .status(),
        422
    );
    assert_eq!(
        create(&ada, "key", json!({ "text": "Hello" }))
            .await
            .status(),
        201
    );
    let stranger = create(&hub.browser(), "key", json!({ "text": "Hello" })).await;
    assert_eq!(stranger.status(), 401);
}

async fn many_at_once_make_one(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let requests = (0..20).map(|_| create(&ada, "key", json!({ "text": "Hello" })));
    let mut made = 0;
    for answer in join_all(requests).await {
        match answer.status().as_u16() {
            201 => made += 1,
            status => {
                assert_eq!(status, 409);
                assert_eq!(
                    answer.json::<Value>().await.unwrap()["code"],
                    "idempotency_key_in_use"
                );
            }
        }
    }
    assert!(made >= 1);
    assert_eq!(posts(&ada).await, 1);
}

/// The post is there, but the program died before the answer was kept.
async fn what_was_made_before_a_crash_is_the_answer(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let first: Value = create(&ada, "key", json!({ "text": "Hello" }))
        .await
        .json()
        .await
        .unwrap();
    forget(
        hub,
        "UPDATE idempotency_keys SET status = NULL, response = NULL",
    )
    .await;
    let again = create(&ada, "key", json!({ "text": "Hello" })).await;
    assert_eq!(again.status(), 201);
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap()["id"], first["id"]);
    assert_eq!(posts(&ada).await, 1);
    let other = create(&ada, "key", json!({ "text": "Goodbye" })).await;
    assert_eq!(
        other.status(),
        422,
        "the key still belongs to the first request"
    );
}

async fn a_request_cut_off_before_it_made_anything_can_be_sent_again(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    create(&ada, "key", json!({ "text": "Hello" })).await;
    forget(
        hub,
        "UPDATE idempotency_keys SET status = NULL, response = NULL, made_kind = NULL, made_id = NULL",
    )
    .await;
    let soon = create(&ada, "key", json!({ "text": "Hello" })).await;
    assert_eq!(soon.status(), 409, "it may still be under way");
    hub.clock.advance(SignedDuration::from_mins(2));
    let later = create(&ada, "key", json!({ "text": "Hello" })).await;
    assert_eq!(later.status(), 201);
}

async fn forget(hub: &TestHub, statement: &'static str) {
    let mut tx = hub
        .store
        .as_system("forget an answer")
        .write()
        .await
        .unwrap();
    tx.execute(statement, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn registered(hub: &TestHub, name: &str) -> Browser {
    let browser = hub.browser();
    browser.register(&format!("{name}@example.com")).await;
    browser
}

async fn create(browser: &Browser, key: &str, body: Value) -> Response {
    let request = browser
        .request(Method::POST, "/api/posts")
        .header("idempotency-key", key);
    request.json(&body).send().await.unwrap()
}

async fn posts(browser: &Browser) -> usize {
    let list = browser.get("/api/posts").await.expect(StatusCode::OK);
    list["items"].as_array().unwrap().len()
}
