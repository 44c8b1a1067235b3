//! Bad input gets an answer that names each field.

use fanfare_testkit::{StatusCode, TestHub};
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    registering_names_what_is_wrong,
    lists_and_ids_are_checked,
    a_character_that_cannot_be_kept_is_refused_everywhere,
    times_say_how_they_are_written,
);

async fn registering_names_what_is_wrong(hub: &TestHub) {
    let long = "x".repeat(300);
    let good = json!({ "email": "ada@example.com", "password": super::PASSWORD, "name": "Ada" });
    for (change, expected) in [
        (json!({ "email": "" }), vec!["email: required"]),
        (json!({ "email": "ada" }), vec!["email: invalid_email"]),
        (
            json!({ "email": "ada@example.com\r\nbcc: b@c.de" }),
            vec!["email: invalid_email"],
        ),
        (json!({ "email": null }), vec!["email: wrong_type"]),
        (json!({ "email": ["a@b.co"] }), vec!["email: wrong_type"]),
        (json!({ "name": "  " }), vec!["name: required"]),
        (json!({ "name": long }), vec!["name: too_long"]),
        (json!({ "password": "" }), vec!["password: required"]),
        (json!({ "password": "short" }), vec!["password: too_short"]),
        (json!({ "password": long }), vec!["password: too_long"]),
        (
            json!({ "password": "Password123!" }),
            vec!["password: weak_password"],
        ),
        (
            json!({ "password": "fanfare2026" }),
            vec!["password: weak_password"],
        ),
        (json!({ "is_admin": true }), vec!["is_admin: unknown_field"]),
        (
            json!({ "email": "x", "name": "", "password": "x" }),
            vec![
                "email: invalid_email",
                "password: too_short",
                "name: required",
            ],
        ),
    ] {
        let mut body = good.clone();
        for (field, value) in change.as_object().unwrap() {
            body[field] = value.clone();
        }
        let refused = hub.browser().post("/api/auth/register", body).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid_input"),
            "{change}"
        );
        assert_eq!(refused.field_codes(), expected, "{change}");
    }
    let nothing = hub.browser().post("/api/auth/register", json!({})).await;
    assert_eq!(
        nothing.field_codes(),
        ["email: required", "password: required", "name: required"]
    );
    for body in [
        json!([]),
        json!("x"),
        Value::Null,
        json!(["a@b.co", "pass word", "Ada"]),
    ] {
        let refused = hub.browser().post("/api/auth/register", body.clone()).await;
        assert_eq!(refused.field_codes(), [": wrong_type"], "{body}");
    }
    let status = hub
        .browser()
        .get("/api/auth/status")
        .await
        .expect(StatusCode::OK);
    assert_eq!(status["set_up"], false, "nothing of it was kept");
}

async fn lists_and_ids_are_checked(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for (query, expected) in [
        ("limit=0", "limit: out_of_range"),
        ("limit=101", "limit: out_of_range"),
        ("limit=many", "limit: wrong_type"),
        ("cursor=nonsense", "cursor: not_allowed"),
        ("colour=red", "colour: unknown_field"),
    ] {
        for list in [
            "/api/channels",
            "/api/connections",
            "/api/media",
            "/api/posts",
        ] {
            let refused = ada.get(&format!("{list}?{query}")).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{list}?{query}"
            );
            assert_eq!(refused.field_codes(), [expected], "{list}?{query}");
        }
    }
    for path in [
        "/api/posts/nonsense",
        "/api/posts/01a1fa4f-b4d2-7828-887f-245a61288886",
        "/api/media/%20",
    ] {
        let missing = ada.get(path).await;
        assert_eq!(
            (missing.status, missing.code()),
            (StatusCode::NOT_FOUND, "not_found"),
            "{path}"
        );
    }
    for workspace in ["nonsense", "01a1fa4f-b4d2-7828-887f-245a61288886"] {
        let request = ada
            .request(reqwest::Method::GET, "/api/posts")
            .header("fanfare-workspace", workspace);
        assert_eq!(request.send().await.unwrap().status(), 404, "{workspace}");
    }
}

/// PostgreSQL cannot store it, so that it would be a failure of ours there.
async fn a_character_that_cannot_be_kept_is_refused_everywhere(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let posts = "/api/posts";
    for (path, body, expected) in [
        (posts, json!({ "text": "a\0b" }), "text: not_allowed"),
        (
            posts,
            json!({ "media": [{ "id": "x", "alt": "\0" }] }),
            "media.0.alt: not_allowed",
        ),
        (
            posts,
            json!({ "variants": { "x": { "options": { "spoiler_text": "\0" } } } }),
            "variants.x.options.spoiler_text: not_allowed",
        ),
        (
            "/api/auth/login",
            json!({ "email": "ada\0@example.com", "password": "x" }),
            "email: not_allowed",
        ),
    ] {
        let refused = ada.post(path, body.clone()).await;
        assert_eq!(refused.field_codes(), [expected], "{path} {body}");
    }
    let refused = ada.get("/api/posts?q=a%00b").await;
    assert_eq!(refused.field_codes(), ["q: not_allowed"]);
}

async fn times_say_how_they_are_written(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for at in [
        "tomorrow",
        "2027-01-01T09:00:00",
        "9999-12-31T23:59:59Z",
        "",
    ] {
        let body = json!({ "text": "x", "schedule": { "kind": "at", "at": at } });
        let refused = ada.post("/api/posts", body).await;
        assert_eq!(refused.field_codes(), ["schedule.at: wrong_type"], "{at}");
        let detail = refused.body["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("such as 2026-12-01T09:00:00Z"), "{detail}");
    }
}
