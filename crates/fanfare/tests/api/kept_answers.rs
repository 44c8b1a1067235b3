//! Answers are kept for whoever repeats a request; those that hold a secret are not.

use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, Reply, StatusCode, TestHub, read};
use reqwest::Method;
use serde_json::{Value, json};

use super::two_factor::Device;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    no_secret_lies_among_the_kept_answers,
    a_repeat_of_what_makes_nothing_is_done_anew,
);

async fn with_key(browser: &Browser, path: &str, body: Value) -> Reply {
    let request = browser.request(Method::POST, path).json(&body);
    read(request.header("idempotency-key", path)).await
}

/// What the table holds: everything, as text.
async fn kept(hub: &TestHub) -> Vec<(String, String)> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx.all(
        sql!("SELECT route, response FROM idempotency_keys"),
        binds![],
        |row| {
            let response = row.optional_text("response")?;
            Ok((row.text("route")?, response.unwrap_or_default()))
        },
    );
    kept.await.unwrap()
}

async fn no_secret_lies_among_the_kept_answers(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let ben = hub.browser().register("ben@example.com").await;
    let post = async |path: &str, body: Value| {
        let answer = with_key(&ada, path, body).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
        answer.body
    };
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let mut secrets = Vec::new();

    let setup = post("/api/auth/2fa/setup", json!({})).await;
    let device = Device::new(setup["secret"].as_str().unwrap());
    let code = device.code(hub);
    let first = post("/api/auth/2fa/verify", json!({ "code": code })).await;
    let code = device.next_code(hub);
    let second = post("/api/auth/2fa/backup-codes", json!({ "code": code })).await;
    secrets.push(word(&setup["secret"]));
    for codes in [first, second] {
        secrets.extend(codes["backup_codes"].as_array().unwrap().iter().map(word));
    }

    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    let key = post("/api/api-keys", key).await;
    let path = format!("/api/api-keys/{}/rotate", word(&key["api_key"]["id"]));
    let rotated = post(&path, json!({})).await;
    secrets.extend([word(&key["text"]), word(&rotated["text"])]);
    let invited = json!({ "email": "cleo@example.com", "role": "viewer" });
    let invited = post("/api/invitations", invited).await;
    let path = format!("/api/invitations/{}/resend", word(&invited["id"]));
    let resent = post(&path, json!({})).await;
    secrets.extend([word(&invited["link"]), word(&resent["link"])]);

    let endpoint = json!({ "url": "https://hooks.example/fanfare" });
    let endpoint = post("/api/webhooks", endpoint).await;
    let path = format!("/api/webhooks/{}/rotate-secret", word(&endpoint["id"]));
    let rotated = post(&path, json!({})).await;
    secrets.extend([word(&endpoint["secret"]), word(&rotated["secret"])]);

    // Mail goes to the mailbox here; without it these two answer with links.
    let email = json!({ "email": "ada@new.example", "password": super::PASSWORD });
    post("/api/account/email", email).await;
    let path = format!(
        "/api/admin/users/{}/reset-password",
        word(&ben["user"]["id"])
    );
    post(&path, json!({})).await;

    // That there is something to look through at all.
    post("/api/posts", json!({ "text": "Hello" })).await;
    let kept = kept(hub).await;
    assert!(
        kept.iter()
            .any(|(route, response)| route == "POST /api/posts" && response.contains("Hello"))
    );
    assert_eq!(secrets.len(), 27);
    for (route, response) in kept {
        for secret in &secrets {
            assert!(!response.contains(secret), "{route} keeps a secret");
        }
        let may_hold_links = route.contains("/account/email") || route.contains("reset-password");
        assert!(
            !may_hold_links || response.is_empty(),
            "{route}: {response}"
        );
    }
}

async fn a_repeat_of_what_makes_nothing_is_done_anew(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let setup = with_key(&ada, "/api/auth/2fa/setup", json!({})).await;
        secrets.push(setup.expect(StatusCode::OK)["secret"].clone());
    }
    assert_ne!(secrets[0], secrets[1]);
    // What makes something is made once, and shown without what was said once.
    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    let first = with_key(&ada, "/api/api-keys", key.clone()).await;
    let again = with_key(&ada, "/api/api-keys", key).await;
    let (first, again) = (
        first.expect(StatusCode::CREATED),
        again.expect(StatusCode::CREATED),
    );
    assert_eq!(first["api_key"]["id"], again["api_key"]["id"]);
    assert!(
        first["text"].is_string() && again["text"].is_null(),
        "{again}"
    );
}
