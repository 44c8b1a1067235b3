//! What strangers make is made once under one key, and nobody else comes upon it.

use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestHub};
use futures::future::join_all;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const REGISTER: &str = "/api/auth/register";
const ACCEPT: &str = "/api/invitations/accept";

with_hub!(
    a_repeated_registration_signs_in_to_the_account_it_made,
    many_registrations_at_once_make_one_account,
    a_key_alone_opens_nothing,
    a_repeat_is_no_way_around_a_changed_password_or_a_second_step,
    a_repeated_joining_signs_in_to_the_account_it_made,
    joining_with_an_account_is_answered_again_to_its_session_only,
    no_session_lies_among_the_kept_answers,
);

async fn a_repeated_registration_signs_in_to_the_account_it_made(hub: &TestHub) {
    let first = send(&hub.browser(), REGISTER, "key", ada()).await;
    assert_eq!(first.status(), 201);
    let first: Value = first.json().await.unwrap();
    // Whoever missed the answer has no session yet.
    let again = hub.browser();
    let repeat = send(&again, REGISTER, "key", ada()).await;
    assert_eq!(repeat.status(), 201);
    assert_eq!(repeat.headers()["idempotency-replayed"], "true");
    let repeat: Value = repeat.json().await.unwrap();
    assert_eq!(repeat["user"], first["user"]);
    let status = again.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["user"]["id"], first["user"]["id"]);
    // Without a key it is another request.
    let other = hub.browser().post(REGISTER, ada()).await;
    assert_eq!(other.code(), "email_taken");
}

async fn many_registrations_at_once_make_one_account(hub: &TestHub) {
    let browsers: Vec<Browser> = (0..8).map(|_| hub.browser()).collect();
    let requests = browsers.iter().map(|one| send(one, REGISTER, "key", ada()));
    let mut made = 0;
    for answer in join_all(requests).await {
        match answer.status().as_u16() {
            201 => made += 1,
            status => {
                let problem: Value = answer.json().await.unwrap();
                assert_eq!(status, 409, "{problem}");
                assert_eq!(problem["code"], "idempotency_key_in_use");
            }
        }
    }
    assert!(made >= 1);
    assert_eq!(accounts(hub).await, 1);
}

async fn a_key_alone_opens_nothing(hub: &TestHub) {
    let first = send(&hub.browser(), REGISTER, "key", ada()).await;
    assert_eq!(first.status(), 201);
    let mut guessed = ada();
    guessed["password"] = json!("another horse battery staple");
    let refused = send(&hub.browser(), REGISTER, "key", guessed).await;
    assert_eq!(refused.status(), 409);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "email_taken", "as without a key");
    // Somebody else who hits upon the same key is not in anybody's way.
    let ben = json!({ "email": "ben@example.com", "password": super::PASSWORD, "name": "Ben" });
    let made = send(&hub.browser(), REGISTER, "key", ben).await;
    assert_eq!(made.status(), 201);
    assert!(made.headers().get("idempotency-replayed").is_none());
}

async fn a_repeat_is_no_way_around_a_changed_password_or_a_second_step(hub: &TestHub) {
    let browser = hub.browser();
    send(&browser, REGISTER, "key", ada()).await;
    let change =
        json!({ "current_password": super::PASSWORD, "password": "purple bread rises slowly" });
    let changed = browser.post("/api/account/password", change).await;
    assert!(changed.status.is_success(), "{changed:?}");
    let stranger = hub.browser();
    let refused = send(&stranger, REGISTER, "key", ada()).await;
    assert_eq!(refused.status(), 401);
    let status = stranger.get("/api/auth/status").await;
    assert_eq!(status.expect(StatusCode::OK)["authenticated"], false);
}

async fn a_repeated_joining_signs_in_to_the_account_it_made(hub: &TestHub) {
    let owner = hub.browser();
    owner.register("ada@example.com").await;
    let token = invited(&owner, "ben@example.com").await;
    let body = json!({ "token": token, "name": "Ben", "password": super::PASSWORD });
    let first = send(&hub.browser(), ACCEPT, "key", body.clone()).await;
    assert_eq!(first.status(), 200);
    let first: Value = first.json().await.unwrap();
    let again = hub.browser();
    let repeat = send(&again, ACCEPT, "key", body).await;
    assert_eq!(repeat.status(), 200);
    assert_eq!(repeat.headers()["idempotency-replayed"], "true");
    assert_eq!(repeat.json::<Value>().await.unwrap(), first);
    let status = again.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["user"]["id"], first["user"]["id"]);
}

async fn joining_with_an_account_is_answered_again_to_its_session_only(hub: &TestHub) {
    let (owner, ben) = (hub.browser(), hub.browser());
    owner.register("ada@example.com").await;
    ben.register("ben@example.com").await;
    let token = invited(&owner, "ben@example.com").await;
    let body = json!({ "token": token });
    let first = send(&ben, ACCEPT, "key", body.clone()).await;
    assert_eq!(first.status(), 200);
    let first: Value = first.json().await.unwrap();
    let repeat = send(&ben, ACCEPT, "key", body.clone()).await;
    assert_eq!(repeat.headers()["idempotency-replayed"], "true");
    assert_eq!(repeat.json::<Value>().await.unwrap(), first);
    let stranger = send(&hub.browser(), ACCEPT, "key", body).await;
    let problem: Value = stranger.json().await.unwrap();
    assert_eq!(problem["code"], "link_invalid");
}

/// The session is in no table but as its hash, and a repeat begins another one.
async fn no_session_lies_among_the_kept_answers(hub: &TestHub) {
    let browser = hub.browser();
    assert_eq!(send(&browser, REGISTER, "key", ada()).await.status(), 201);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept: Vec<String> = tx
        .all(
            sql!("SELECT owner_id, request_hash, response FROM idempotency_keys"),
            binds![],
            |row| {
                let answer = row.optional_text("response")?.unwrap_or_default();
                let (owner, hash) = (row.text("owner_id")?, row.text("request_hash")?);
                Ok(format!("{owner} {hash} {answer}"))
            },
        )
        .await
        .unwrap();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].ends_with(' '), "{kept:?}");
}

fn ada() -> Value {
    json!({ "email": "ada@example.com", "password": super::PASSWORD, "name": "Ada Moreno" })
}

async fn invited(owner: &Browser, email: &str) -> String {
    let body = json!({ "email": email, "role": "viewer" });
    let made = owner.post("/api/invitations", body).await;
    let made = made.expect(StatusCode::CREATED);
    let link = made["link"].as_str().unwrap();
    let (_, token) = link.split_once("token=").unwrap();
    token.to_owned()
}

async fn send(browser: &Browser, path: &str, key: &str, body: Value) -> Response {
    let request = browser.request(Method::POST, path);
    let request = request.header("idempotency-key", key).json(&body);
    request.send().await.unwrap()
}

async fn accounts(hub: &TestHub) -> i64 {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let count = sql!("SELECT COUNT(*) AS many FROM users");
    tx.one(count, binds![], |row| row.int("many"))
        .await
        .unwrap()
}
