//! How long things are kept.

use fanfare_domain::WorkspaceId;
use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestHub};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    what_is_too_old_goes_by_night_and_the_chain_holds,
    spans_that_make_no_sense_are_refused,
    the_installation_keeps_its_own_things_as_long_as_it_wants,
);

pub(super) async fn audit(browser: &Browser, query: &str) -> Vec<Value> {
    let log = browser.get(&format!("/api/audit?limit=100{query}")).await;
    log.expect(StatusCode::OK)["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn what_is_too_old_goes_by_night_and_the_chain_holds(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let browser = &ada.browser;
    let draft = json!({ "text": "Old", "schedule": { "kind": "draft" } });
    browser
        .post("/api/posts", draft.clone())
        .await
        .expect(StatusCode::CREATED);
    attempt(hub, ada.workspace).await;
    hub.clock.advance(SignedDuration::from_hours(24 * 40));
    let browser = &log_in(hub, "ada@example.com").await;
    browser
        .post("/api/posts", draft)
        .await
        .expect(StatusCode::CREATED);
    let before = audit(browser, "").await.len();
    let wanted = json!({ "audit_months": 1, "platform_answers_days": 30 });
    let changed = browser
        .send(Method::PUT, "/api/retention", Some(wanted))
        .await;
    let changed = changed.expect(StatusCode::OK);
    assert_eq!(
        (&changed["audit_months"], &changed["key_log_days"]),
        (&json!(1), &Value::Null)
    );

    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    let told = browser.get("/api/retention").await.expect(StatusCode::OK);
    assert!(told["ran_at"].is_string());
    assert!(told["removed"]["audit"].as_u64().unwrap() >= 2, "{told:#}");
    assert_eq!(told["removed"]["platform_answers"], 1);
    let left = audit(browser, "").await;
    assert!(left.len() < before + 1);
    assert_eq!(left[0]["action"], "workspace.retention_applied");
    assert!(
        left.iter()
            .any(|event| event["action"] == "workspace.retention_changed")
    );
    let verdict = browser
        .get("/api/audit/verify")
        .await
        .expect(StatusCode::OK);
    assert_eq!(verdict["intact"], true, "{verdict:#}");
    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    let log = tx
        .one(
            sql!("SELECT log, detail FROM delivery_attempts"),
            binds![],
            |row| Ok((row.text("log")?, row.text("detail")?)),
        )
        .await
        .unwrap();
    assert_eq!(log, (String::new(), "It went out.".to_owned()));
    drop(tx);
    // A second night has nothing to do, and says nothing.
    hub.clock.advance(SignedDuration::from_hours(24));
    hub.run_jobs().await;
    assert_eq!(
        audit(browser, "&action=workspace.retention_applied")
            .await
            .len(),
        1
    );
}

pub(super) async fn log_in(hub: &TestHub, email: &str) -> Browser {
    let browser = hub.browser();
    let body = json!({ "email": email, "password": super::PASSWORD });
    browser
        .post("/api/auth/login", body)
        .await
        .expect(StatusCode::OK);
    browser
}

/// A try to publish, with what the platform said.
async fn attempt(hub: &TestHub, workspace: WorkspaceId) {
    let now = hub.app.now();
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    for statement in [
        sql!(
            "INSERT INTO connections (id, workspace_id, platform, remote_id, name, status, scopes, refreshable, connect_fields, generation, created_at, updated_at)
             VALUES ('c1', $1, 'bluesky', 'r', 'n', 'active', '[]', FALSE, '{}', 1, $2, $2)"
        ),
        sql!(
            "INSERT INTO channels (id, workspace_id, connection_id, platform, remote_id, name, kind, renamed, limits, enabled, paused, position, created_at, updated_at)
             VALUES ('h1', $1, 'c1', 'bluesky', 'r', 'n', 'profile', FALSE, '{}', TRUE, FALSE, 1, $2, $2)"
        ),
        sql!(
            "INSERT INTO deliveries (id, workspace_id, post_id, channel_id, platform, position, state, options, attempts, progress, created_at, updated_at)
             SELECT 'd1', $1, id, 'h1', 'bluesky', 0, 'failed', '{}', 1, '{}', $2, $2 FROM posts WHERE workspace_id = $1"
        ),
        sql!(
            "INSERT INTO delivery_attempts (id, workspace_id, delivery_id, number, started_at, finished_at, outcome, detail, log)
             VALUES ('a1', $1, 'd1', 1, $2, $2, 'published', 'It went out.', 'HTTP 200 {}')"
        ),
    ] {
        tx.execute(statement, binds![workspace, now]).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn spans_that_make_no_sense_are_refused(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await.browser;
    let wrong = json!({ "audit_months": 0, "key_log_days": 4000, "platform_answers_days": 30 });
    let refused = ada.send(Method::PUT, "/api/retention", Some(wrong)).await;
    assert_eq!(
        refused.field_codes(),
        ["audit_months: out_of_range", "key_log_days: out_of_range"]
    );
}

async fn the_installation_keeps_its_own_things_as_long_as_it_wants(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await.browser;
    let usual = ada.get("/api/admin/retention").await.expect(StatusCode::OK);
    assert_eq!(usual, json!({ "audit_months": null, "mail_log_days": 90 }));
    let ben = Member::registered(hub, "ben").await.browser;
    hub.run_jobs().await;
    let refused = ben.get("/api/admin/retention").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let wanted = json!({ "audit_months": 12, "mail_log_days": 10 });
    let changed = ada
        .send(Method::PUT, "/api/admin/retention", Some(wanted.clone()))
        .await;
    assert_eq!(changed.expect(StatusCode::OK), wanted);
    let mails = async || {
        let list = ada
            .get("/api/admin/mail/messages")
            .await
            .expect(StatusCode::OK);
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(mails().await, 1);
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    assert_eq!(mails().await, 1);
    hub.clock.advance(SignedDuration::from_hours(24 * 11));
    hub.run_jobs().await;
    assert_eq!(mails().await, 0);
    let log = ada.get("/api/admin/audit").await.expect(StatusCode::OK);
    let actions: Vec<_> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["action"])
        .collect();
    assert_eq!(
        actions,
        [
            "installation.retention_applied",
            "installation.retention_changed"
        ]
    );
    let refused = ben.get("/api/admin/audit").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
