//! What is left of a workspace that was deleted.

use fanfare_app::audit::{Chain, verify_one};
use fanfare_domain::WorkspaceId;
use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestHub, jpeg};
use reqwest::Method;
use serde_json::json;

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_deleted_workspace_leaves_nothing_but_the_word_that_it_was,
    what_platforms_sent_about_it_alone_goes_with_it,
);

/// How many rows each table holds of that workspace.
async fn rows(hub: &TestHub, workspace: WorkspaceId) -> Vec<(String, i64)> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let mut found = Vec::new();
    for (table, count) in TABLES {
        let rows = tx
            .one(count, binds![workspace], |row| row.int("rows"))
            .await
            .unwrap();
        found.push(((*table).to_owned(), rows));
    }
    found
}

macro_rules! tables {
    ($($table:literal),+ $(,)?) => {
        const TABLES: &[(&str, &str)] = &[$((
            $table,
            concat!("SELECT COUNT(*) AS rows FROM ", $table, " WHERE workspace_id = $1"),
        )),+];
    };
}

tables!(
    "members",
    "connections",
    "channels",
    "oauth_states",
    "token_refresh_log",
    "media",
    "media_uploads",
    "media_imports",
    "posts",
    "post_media",
    "deliveries",
    "delivery_attempts",
    "jobs",
    "audit_events",
    "audit_heads",
    "idempotency_keys",
    "channel_queues",
    "post_series",
    "series_posts",
    "post_versions",
    "content_templates",
    "hashtag_groups",
    "media_folders",
    "media_tags",
    "channel_groups",
    "channel_group_members",
    "integration_settings",
    "connection_checks",
    "first_comments",
    "saved_filters",
    "first_runs",
    "api_keys",
    "api_key_days",
    "api_key_calls",
    "invitations",
    "retention",
    "workspace_exports",
    "webhook_events",
    "deleted_webhook_events",
    "webhook_endpoints",
    "outgoing_messages",
    "outgoing_sends",
    "outgoing_attempts",
    "engagement",
    "inbound_messages",
    "notifications",
    "channel_subscriptions",
    "catch_ups",
    "account_notices",
);

async fn a_deleted_workspace_leaves_nothing_but_the_word_that_it_was(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let browser = &ada.browser;
    let media = browser.upload("loaf.jpg", jpeg(600, 600)).await;
    browser.connect("facebook", json!({})).await;
    let post = json!({ "text": "Bread", "schedule": { "kind": "draft" }, "media": [{ "id": media["id"], "alt": "" }] });
    browser
        .post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    browser
        .post("/api/api-keys", key)
        .await
        .expect(StatusCode::CREATED);
    let invited = json!({ "email": "cleo@example.com", "role": "editor" });
    browser
        .post("/api/invitations", invited)
        .await
        .expect(StatusCode::CREATED);
    let wanted = json!({ "audit_months": 12 });
    browser
        .send(Method::PUT, "/api/retention", Some(wanted))
        .await
        .expect(StatusCode::OK);
    let asked = browser
        .post("/api/exports", json!({}))
        .await
        .expect(StatusCode::ACCEPTED);
    hub.run_jobs().await;
    let before = rows(hub, ada.workspace).await;
    let filled = before.iter().filter(|(_, rows)| *rows > 0).count();
    assert!(filled > 10, "{before:?}");
    let archive = hub
        .app
        .local_files
        .export_path(asked["id"].as_str().unwrap().parse().unwrap());
    assert!(archive.exists());
    let files = files_in(archive.parent().unwrap().parent().unwrap());
    assert!(files.len() >= 2, "{files:?}");

    let name =
        browser.get("/api/auth/status").await.expect(StatusCode::OK)["workspaces"][0]["name"]
            .clone();
    let path = format!("/api/workspaces/{}", ada.workspace);
    let deleted = browser
        .send(Method::DELETE, &path, Some(json!({ "name": name })))
        .await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{:#}", deleted.body);
    let after = rows(hub, ada.workspace).await;
    assert!(after.iter().all(|(_, rows)| *rows == 0), "{after:?}");
    let left = files_in(archive.parent().unwrap().parent().unwrap());
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
    let verdict = verify_one(&hub.store, Chain::Installation).await.unwrap();
    assert!(verdict.is_intact(), "{verdict:?}");
    assert!(verdict.events >= 1);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let word = tx
        .one(
            sql!("SELECT action, subject_id FROM audit_events WHERE workspace_id IS NULL ORDER BY seq DESC LIMIT 1"),
            binds![],
            |row| Ok((row.text("action")?, row.text("subject_id")?)),
        )
        .await
        .unwrap();
    assert_eq!(
        word,
        ("workspace.deleted".to_owned(), ada.workspace.to_string())
    );
    drop(tx);
    // The list above is whole: a new table with a workspace's rows gets a line there.
    let known: Vec<&str> = TABLES.iter().map(|(table, _)| *table).collect();
    for table in tables_with_workspace() {
        // The last workspace of a session, and mail about it, are no rows of it.
        if !["sessions", "mail_messages", "owned_idempotency_keys"].contains(&table.as_str()) {
            assert!(known.contains(&table.as_str()), "{table}");
        }
    }
}

async fn what_platforms_sent_about_it_alone_goes_with_it(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    // What each request told of: accounts of these workspaces, or of nobody.
    let (hers, his) = (Some(ada.workspace), Some(ben.workspace));
    for (receipt, told) in [
        ("hers", &[hers, hers][..]),
        ("his", &[his]),
        ("shared", &[hers, his]),
        ("unclaimed", &[hers, None]),
        ("unread", &[hers]),
    ] {
        receive(hub, receipt, told).await;
    }
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let unread = sql!("INSERT INTO webhook_inbox (receipt_id) VALUES ('unread')");
    tx.execute(unread, binds![]).await.unwrap();
    tx.commit().await.unwrap();

    let status = ada.browser.get("/api/auth/status").await;
    let name = &status.expect(StatusCode::OK)["workspaces"][0]["name"];
    let path = format!("/api/workspaces/{}", ada.workspace);
    let deleting = ada
        .browser
        .send(Method::DELETE, &path, Some(json!({ "name": name })));
    assert_eq!(deleting.await.status, StatusCode::NO_CONTENT);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx
        .all(
            sql!("SELECT id FROM webhook_receipts ORDER BY id"),
            binds![],
            |row| row.text("id"),
        )
        .await
        .unwrap();
    assert_eq!(kept, ["his", "shared", "unclaimed", "unread"]);
}

/// A request as a platform sends it, and an event for each thing that it told.
async fn receive(hub: &TestHub, receipt: &str, told: &[Option<WorkspaceId>]) {
    let now = hub.app.now();
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!(
            "INSERT INTO webhook_receipts (id, platform, received_at, headers, body) VALUES ($1, 'facebook', $2, '{}', $3)"
        ),
        binds![receipt, now, b"{}".to_vec()],
    )
    .await
    .unwrap();
    for (position, workspace) in told.iter().enumerate() {
        let id = format!("{receipt}-{position}");
        tx.execute(
            sql!(
                "INSERT INTO webhook_events (id, receipt_id, position, workspace_id, platform, account, kind, lane, dedup, scope, status,
                     understood, attempts, failed, effects, due_at, received_at, failures)
                 VALUES ($1, $2, 0, $3, 'facebook', '1', 'feed', $1, $1, '', 'processed', TRUE, 1, 0, 0, $4, $4, '[]')"
            ),
            binds![id, receipt, *workspace, now],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

fn files_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The tables whose migrations give them a `workspace_id`.
pub fn tables_with_workspace() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../store/migrations");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_str().unwrap().ends_with(".up.sql") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in text.split("CREATE TABLE ").skip(1) {
            let table = part.split_whitespace().next().unwrap();
            let columns = part.split(");").next().unwrap();
            let is_interim = table.ends_with("_chained")
                || table.ends_with("_new")
                || table.ends_with("_before");
            if columns.contains("workspace_id TEXT") && !is_interim {
                found.push(table.to_owned());
            }
        }
    }
    found
}
