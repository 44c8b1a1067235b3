//! The public pages: read by anybody, replaced by administrators only.

use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestHub};
use reqwest::Method;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_REGISTRATION", "open"),
    ("FANFARE_OPERATOR_NAME", "Harbour Media"),
    ("FANFARE_OPERATOR_CONTACT", "privacy@harbour.example"),
];

with_hub!(
    strangers_read_a_text_that_names_who_runs_the_installation,
    an_administrator_replaces_a_text_and_restores_it,
    nobody_else_may,
    what_is_no_text_is_refused,
);

async fn strangers_read_a_text_that_names_who_runs_the_installation(hub: &TestHub) {
    let stranger = hub.browser();
    for (page, language, word) in [
        ("privacy", "en", "Cookies"),
        ("privacy", "es-MX", "Privacidad"),
        ("terms", "en", "Terms of use"),
        ("terms", "es", "Condiciones de uso"),
        ("terms", "fr", "Terms of use"),
    ] {
        let path = format!("/api/pages/{page}?language={language}");
        let answer = stranger.get(&path).await.expect(StatusCode::OK);
        let text = answer["text"].as_str().unwrap();
        for expected in [word, "Harbour Media", "privacy@harbour.example"] {
            assert!(text.contains(expected), "{path} lacks {expected}");
        }
        assert!(!text.contains('{'), "{path}: a blank was not filled in");
        assert_eq!(answer["is_default"], true);
        assert_eq!(answer["updated_at"], Value::Null);
    }
    let missing = stranger.get("/api/pages/imprint").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

async fn an_administrator_replaces_a_text_and_restores_it(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for text in ["# Our own", "  # Ours, again\n"] {
        let body = json!({ "text": text });
        let answer = ada
            .send(Method::PUT, "/api/pages/terms", Some(body))
            .await
            .expect(StatusCode::OK);
        assert_eq!(answer["text"], text.trim());
        assert_eq!(answer["updated_by"], "Ada Moreno");
    }
    // The same in every language, and the other page is untouched.
    let stranger = hub.browser();
    let shown = stranger.get("/api/pages/terms?language=es").await.body;
    assert_eq!(
        (&shown["text"], &shown["is_default"]),
        (&json!("# Ours, again"), &json!(false))
    );
    assert_eq!(
        stranger.get("/api/pages/privacy").await.body["is_default"],
        true
    );

    for _ in 0..2 {
        ada.delete("/api/pages/terms")
            .await
            .expect(StatusCode::NO_CONTENT);
    }
    assert_eq!(
        stranger.get("/api/pages/terms").await.body["is_default"],
        true
    );

    let mut tx = hub.app.store.as_system("test").read().await.unwrap();
    let told: Vec<String> = tx
        .all(
            sql!("SELECT action FROM audit_events WHERE subject_kind = 'page' ORDER BY id"),
            binds![],
            |row| row.text("action"),
        )
        .await
        .unwrap();
    assert_eq!(told, ["page.replaced", "page.replaced", "page.restored"]);
}

async fn nobody_else_may(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let ben = hub.browser();
    ben.register("ben@example.com").await;
    let refused = ben
        .send(
            Method::PUT,
            "/api/pages/privacy",
            Some(json!({ "text": "Mine" })),
        )
        .await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "forbidden")
    );
    let refused = ben.delete("/api/pages/privacy").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.get("/api/pages/privacy").await.body["is_default"], true);
}

async fn what_is_no_text_is_refused(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for (text, code) in [
        (" \n ".to_owned(), "text: required"),
        ("ß".repeat(100_001), "text: too_long"),
    ] {
        let refused = ada
            .send(
                Method::PUT,
                "/api/pages/privacy",
                Some(json!({ "text": text })),
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.field_codes(), [code]);
    }
}
