//! Whatever a POST makes is made once under one key: repeated after the answer was lost, and by many at once.

use fanfare_testkit::{Browser, Reply, TestHub, read};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    what_was_made_before_a_crash_is_shown_whatever_it_is,
    repeats_at_once_make_one_whatever_it_is,
);

/// Each call that makes something from a body of its own.
fn makers() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/api-keys",
            json!({ "name": "n8n", "scopes": ["posts.read"] }),
        ),
        ("/api/posts", json!({ "text": "Hello" })),
        ("/api/channel-groups", json!({ "name": "Ours" })),
        ("/api/content-templates", json!({ "name": "Weekly" })),
        (
            "/api/hashtag-groups",
            json!({ "name": "Bread", "hashtags": ["bread"] }),
        ),
        (
            "/api/saved-filters",
            json!({ "name": "Mine", "page": "posts", "query": {} }),
        ),
        ("/api/media/folders", json!({ "name": "Bread" })),
        (
            "/api/invitations",
            json!({ "email": "ben@example.com", "role": "editor" }),
        ),
        // Last, as the session acts in it from then on.
        ("/api/workspaces", json!({ "name": "Bakery" })),
    ]
}

async fn what_was_made_before_a_crash_is_shown_whatever_it_is(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let mut all = makers();
    let post = make(&ada, "a post", "/api/posts", &json!({ "text": "Hello" })).await;
    let save = format!(
        "/api/posts/{}/content-template",
        post.body["id"].as_str().unwrap()
    );
    all.insert(0, (save.leak(), json!({ "name": "Saved" })));
    for (path, body) in all {
        let first = make(&ada, path, path, &body).await;
        assert_eq!(first.status, 201, "{path}: {first:?}");
        let mut tx = hub.store.as_system("test").write().await.unwrap();
        let forget = "UPDATE idempotency_keys SET status = NULL, response = NULL";
        tx.execute(forget, Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        let again = make(&ada, path, path, &body).await;
        assert_eq!(again.status, 201, "{path}: {again:?}");
        assert_eq!(
            without_secret(again.body),
            without_secret(first.body),
            "{path}"
        );
    }
}

async fn repeats_at_once_make_one_whatever_it_is(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for (path, body) in makers() {
        let replies = join_all((0..6).map(|_| make(&ada, path, path, &body))).await;
        let mut made = Vec::new();
        for reply in replies {
            match reply.status.as_u16() {
                201 => made.push(without_secret(reply.body)),
                status => assert_eq!(
                    (status, reply.code()),
                    (409, "idempotency_key_in_use"),
                    "{path}"
                ),
            }
        }
        assert!(!made.is_empty(), "{path}");
        assert!(made.iter().all(|one| *one == made[0]), "{path}: {made:?}");
    }
}

/// What is said once only, no repeat can say.
fn without_secret(mut body: Value) -> Value {
    let fields = body.as_object_mut().unwrap();
    if fields.contains_key("api_key") {
        fields.remove("text");
    }
    fields.remove("link");
    fields.remove("mailed");
    body
}

async fn make(browser: &Browser, key: &str, path: &str, body: &Value) -> Reply {
    let request = browser
        .request(Method::POST, path)
        .header("idempotency-key", key);
    read(request.json(body)).await
}
