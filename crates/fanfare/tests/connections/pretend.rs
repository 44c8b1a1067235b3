//! The sandbox's platforms, through their consent pages.

use fanfare_testkit::{StatusCode, TestDatabase, TestHub, both_databases};
use serde_json::{Value, json};

both_databases!(
    facebook_is_connected_renewed_and_given_back,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        let browser = hub.browser();
        browser.register("ann@example.org").await;
        let channels = browser.connect("facebook", json!({})).await;
        assert!(!channels.is_empty());
        let connection = channels[0]["connection_id"].as_str().unwrap().to_owned();
        let path = format!("/api/connections/{connection}");
        let shown = browser.get(&path).await.expect(StatusCode::OK);
        assert_eq!(
            (&shown["status"], &shown["missing_scopes"]),
            (&json!("connected"), &json!([]))
        );

        let renewed = browser.post(&format!("{path}/refresh"), json!({})).await;
        assert_eq!(renewed.expect(StatusCode::OK)["status"], "connected");

        let revoked = hub
            .sandbox
            .revoke_tokens(Some(fanfare_sandbox::Platform::Facebook));
        assert!(revoked > 0);
        let refused = browser.post(&format!("{path}/refresh"), json!({})).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::FAILED_DEPENDENCY, "connection_expired")
        );
        let shown = browser.get(&path).await.expect(StatusCode::OK);
        assert_eq!(
            (&shown["status"], &shown["last_error"]["advice"]),
            (&json!("revoked"), &json!("reconnect"))
        );

        // The same account again: no second connection, no second channel.
        let again = browser.connect("facebook", json!({})).await;
        let ids = |channels: &[Value]| {
            channels
                .iter()
                .map(|one| one["id"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&again), ids(&channels));
        let list = browser.get("/api/connections").await.expect(StatusCode::OK);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);

        let body = json!({"connection_id": connection, "scheduled": "cancel"});
        let given_back = browser
            .post("/api/platforms/facebook/disconnect", body)
            .await;
        assert_eq!(given_back.status, StatusCode::OK);
        assert_eq!(
            hub.sandbox
                .revoke_tokens(Some(fanfare_sandbox::Platform::Facebook)),
            0,
            "none is left"
        );
        hub.stop().await;
    }
);

both_databases!(
    saying_no_is_told_on_the_page_that_was_left,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        let browser = hub.browser();
        browser.register("ann@example.org").await;
        let body = json!({"return_to": "/compose?draft=7"});
        let landing = browser.consent("facebook", body, "cancel").await;
        assert!(
            landing.starts_with("/compose?draft=7&error=consent_denied&platform=facebook"),
            "{landing}"
        );
        let body = json!({"instance": format!("{}mastodon", hub.sandbox.url)});
        let landing = browser.consent("mastodon", body, "deny").await;
        assert!(
            landing.starts_with("/connections?error=consent_denied&platform=mastodon"),
            "{landing}"
        );
        let list = browser.get("/api/connections").await.expect(StatusCode::OK);
        assert_eq!(list["items"], json!([]));
        hub.stop().await;
    }
);
