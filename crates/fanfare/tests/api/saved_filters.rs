//! Filters that people keep, each for themselves.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use reqwest::Method;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_filter_is_kept_renamed_changed_and_deleted,
    names_and_queries_are_checked,
    a_repeated_keeping_keeps_one,
    nobody_else_sees_them,
);

async fn a_filter_is_kept_renamed_changed_and_deleted(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let kept = keep(
        &ada,
        "posts",
        " Failed on Instagram ",
        json!({ "tab": "needs", "q": "loaf" }),
    )
    .await;
    assert_eq!(
        (&kept["name"], &kept["page"]),
        (&json!("Failed on Instagram"), &json!("posts"))
    );
    keep(&ada, "calendar", "Failed on Instagram", json!({})).await;
    assert_eq!(names(&ada, "?page=posts").await, ["Failed on Instagram"]);

    let path = format!("/api/saved-filters/{}", kept["id"].as_str().unwrap());
    let renamed = ada
        .patch(&path, json!({ "name": "Failed" }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&renamed["name"], &renamed["query"]),
        (&json!("Failed"), &kept["query"])
    );
    let changed = ada
        .patch(&path, json!({ "query": { "tab": "drafts" } }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&changed["name"], &changed["query"]),
        (&json!("Failed"), &json!({ "tab": "drafts" }))
    );
    assert_eq!(names(&ada, "").await, ["Failed", "Failed on Instagram"]);

    assert_eq!(ada.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ada.delete(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(names(&ada, "?page=posts").await, [""; 0]);
}

async fn names_and_queries_are_checked(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    keep(&ada, "posts", "Mine", json!({})).await;
    let long = "x".repeat(5000);
    for (body, expected) in [
        (
            json!({ "name": " ", "page": "posts", "query": {} }),
            "name: required",
        ),
        (
            json!({ "name": "mine", "page": "posts", "query": {} }),
            "name: not_allowed",
        ),
        (
            json!({ "name": "A", "page": "inbox", "query": {} }),
            "page: not_allowed",
        ),
        (
            json!({ "name": "A", "page": "posts", "query": [] }),
            "query: wrong_type",
        ),
        (
            json!({ "name": "A", "page": "posts", "query": { "q": long } }),
            "query: too_long",
        ),
        (
            json!({ "name": "A", "page": "posts", "query": {}, "shared": true }),
            "shared: unknown_field",
        ),
    ] {
        let refused = ada.post("/api/saved-filters", body.clone()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(refused.field_codes(), [expected], "{body}");
    }
    let other = keep(&ada, "posts", "Other", json!({})).await;
    let path = format!("/api/saved-filters/{}", other["id"].as_str().unwrap());
    let refused = ada.patch(&path, json!({ "name": "MINE" })).await;
    assert_eq!(refused.field_codes(), ["name: not_allowed"]);
    ada.patch(&path, json!({ "name": "OTHER" }))
        .await
        .expect(StatusCode::OK);
}

async fn a_repeated_keeping_keeps_one(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = ada
            .request(Method::POST, "/api/saved-filters")
            .header("idempotency-key", "once");
        let body = json!({ "name": "Mine", "page": "library", "query": {} });
        let answer = request.json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answers.push(answer.json::<Value>().await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(names(&ada, "").await, ["Mine"]);
}

async fn nobody_else_sees_them(hub: &TestHub) {
    let (ada, ben) = (registered(hub, "ada").await, registered(hub, "ben").await);
    keep(&ada, "posts", "Mine", json!({})).await;
    assert_eq!(names(&ben, "").await, [""; 0]);
    keep(&ben, "posts", "Mine", json!({})).await;
    assert_eq!(names(&ada, "").await, ["Mine"]);
}

async fn registered(hub: &TestHub, name: &str) -> Browser {
    let browser = hub.browser();
    browser.register(&format!("{name}@example.com")).await;
    browser
}

async fn keep(browser: &Browser, page: &str, name: &str, query: Value) -> Value {
    let body = json!({ "name": name, "page": page, "query": query });
    browser
        .post("/api/saved-filters", body)
        .await
        .expect(StatusCode::CREATED)
}

async fn names(browser: &Browser, query: &str) -> Vec<String> {
    let list = browser
        .get(&format!("/api/saved-filters{query}"))
        .await
        .expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|filter| filter["name"].as_str().unwrap().to_owned())
        .collect()
}
