//! What the log of a running program holds, and what it never holds.

use fanfare_testkit::{Browser, Method, StatusCode, read};
use serde_json::{Value, json};

use crate::running::{Running, fanfare};

const PASSWORD: &str = "correct horse battery staple";

#[tokio::test]
async fn nothing_that_lets_anybody_in_is_logged() {
    fanfare::use_one_tls();
    let folder = tempfile::tempdir().unwrap();
    let mut program = fanfare(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    program.env("FANFARE_LOG", "debug");
    let serving = Running::start(program);
    let ada = Browser::at(serving.url("").parse().unwrap());
    ada.register("ada@example.com").await;
    let wrong = json!({ "email": "ada@example.com", "password": "a guess in vain" });
    let refused = ada.post("/api/auth/login", wrong).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let right = json!({ "email": "ada@example.com", "password": PASSWORD });
    let signed_in = ada.request(Method::POST, "/api/auth/login").json(&right);
    let signed_in = signed_in.send().await.unwrap();
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    let session = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert!(session.len() > 20, "{cookie}");
    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    let key = ada.post("/api/api-keys", key).await;
    let key = text(&key.expect(StatusCode::CREATED)["text"]);
    let with_key = ada
        .request(Method::GET, "/api/posts?q=a-search-of-hers")
        .bearer_auth(&key);
    assert_eq!(read(with_key).await.status, StatusCode::OK);
    let post = json!({ "text": "A post of hers", "schedule": { "kind": "draft" } });
    ada.post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    let webhook = json!({
        "url": "https://example.com/hook",
        "headers": [{ "name": "x-own", "value": "a value of hers" }],
    });
    let webhook = ada.post("/api/webhooks", webhook).await;
    let secret = text(&webhook.expect(StatusCode::CREATED)["secret"]);

    let log = serving.stop_and_read();
    assert!(log.contains("is ready"), "{log}");
    for hidden in [
        PASSWORD,
        "a guess in vain",
        &session,
        &key,
        &secret,
        "a value of hers",
        "A post of hers",
        "a-search-of-hers",
    ] {
        assert!(!log.contains(hidden), "{hidden} is in {log}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
