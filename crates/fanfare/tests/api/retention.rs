//! How long things are kept, taking a workspace along, and what is left when it is deleted.

use std::io::{Cursor, Read as _};

use fanfare_app::audit::{Chain, verify_one};
use fanfare_domain::WorkspaceId;
use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestHub, jpeg};
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
    a_workspace_is_taken_along_without_any_secret,
    an_archive_is_for_those_who_manage_and_ends_after_a_week,
    a_deleted_workspace_leaves_nothing_but_the_word_that_it_was,
);

async fn audit(browser: &Browser, query: &str) -> Vec<Value> {
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

async fn log_in(hub: &TestHub, email: &str) -> Browser {
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

async fn archive(browser: &Browser, id: &Value) -> zip::ZipArchive<Cursor<Vec<u8>>> {
    let path = format!("/api/exports/{}/file", id.as_str().unwrap());
    let answer = browser.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let disposition = answer.headers()["content-disposition"].to_str().unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"fanfare-"),
        "{disposition}"
    );
    zip::ZipArchive::new(Cursor::new(answer.bytes().await.unwrap().to_vec())).unwrap()
}

async fn a_workspace_is_taken_along_without_any_secret(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await.browser;
    let picture = jpeg(600, 600);
    let media = ada.upload("../loaf \"fresh\".jpg", picture.clone()).await;
    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    let key = ada
        .post("/api/api-keys", key)
        .await
        .expect(StatusCode::CREATED);
    ada.connect("facebook", json!({})).await;
    let post = json!({
        "text": "Bread", "schedule": { "kind": "draft" },
        "media": [{ "id": media["id"], "alt": "A loaf" }],
    });
    ada.post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    let asked = ada
        .post("/api/exports", json!({}))
        .await
        .expect(StatusCode::ACCEPTED);
    assert_eq!(asked["state"], "making");
    let early = ada
        .get(&format!(
            "/api/exports/{}/file",
            asked["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(early.code(), "not_possible_in_state");
    hub.run_jobs().await;
    let list = ada.get("/api/exports").await.expect(StatusCode::OK);
    assert_eq!(list["items"][0]["state"], "ready", "{list:#}");
    assert_eq!(list["items"][0]["files"], list["items"][0]["files_done"]);

    let mut archive = archive(&ada, &asked["id"]).await;
    let mut all = Vec::new();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        all.extend(&bytes);
        bytes
    };
    let json_of = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    assert!(
        String::from_utf8(read("README.txt"))
            .unwrap()
            .contains("posts.json")
    );
    let posts = json_of(&read("posts.json"));
    assert_eq!(posts[0]["text"], "Bread");
    assert_eq!(posts[0]["media"][0]["alt"], "A loaf");
    let library = json_of(&read("media.json"));
    let file = library[0]["file"].as_str().unwrap().to_owned();
    assert_eq!(file, format!("media/{}.jpg", media["id"].as_str().unwrap()));
    let size = read(&file).len();
    assert!(size > 0);
    assert_eq!(
        json_of(&read("members.json"))[0]["email"],
        "ada@example.com"
    );
    assert_eq!(json_of(&read("channels.json"))[0]["platform"], "facebook");
    assert_eq!(
        json_of(&read("connections.json"))[0]["platform"],
        "facebook"
    );
    assert_eq!(json_of(&read("templates.json")), json!([]));
    assert_eq!(json_of(&read("hashtag-groups.json")), json!([]));
    assert!(json_of(&read("audit.json")).as_array().unwrap().len() > 3);
    assert!(json_of(&read("workspace.json"))["name"].is_string());
    assert_eq!(archive.len(), 11);
    let text = String::from_utf8_lossy(&all);
    for secret in [
        key["text"].as_str().unwrap(),
        "argon2",
        "token_hash",
        "credentials",
        "EAA",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    for action in [
        "workspace.export_asked",
        "workspace.export_made",
        "workspace.export_fetched",
    ] {
        assert_eq!(
            audit(&ada, &format!("&action={action}")).await.len(),
            1,
            "{action}"
        );
    }
}

async fn an_archive_is_for_those_who_manage_and_ends_after_a_week(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let editor = Member::joined(hub, ada.workspace, fanfare_domain::role::Role::Editor).await;
    let ben = Member::registered(hub, "ben").await.browser;
    let asked = ada
        .browser
        .post("/api/exports", json!({}))
        .await
        .expect(StatusCode::ACCEPTED);
    hub.run_jobs().await;
    let path = format!("/api/exports/{}/file", asked["id"].as_str().unwrap());
    assert_eq!(ben.get(&path).await.status, StatusCode::NOT_FOUND);
    let as_editor = editor.browser.request(Method::GET, &path);
    let as_editor = as_editor.header("fanfare-workspace", ada.workspace.to_string());
    assert_eq!(
        as_editor.send().await.unwrap().status(),
        StatusCode::FORBIDDEN
    );
    let id = asked["id"].as_str().unwrap().parse().unwrap();
    assert!(hub.app.blobs.export_path(id).exists());
    hub.clock.advance(SignedDuration::from_hours(24 * 7));
    assert_eq!(ada.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    assert!(!hub.app.blobs.export_path(id).exists());
    // One goes at once when nobody wants it any more.
    let browser = log_in(hub, "ada@example.com").await;
    let asked = browser
        .post("/api/exports", json!({}))
        .await
        .expect(StatusCode::ACCEPTED);
    let id = asked["id"].as_str().unwrap();
    let gone = browser.delete(&format!("/api/exports/{id}")).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    hub.run_jobs().await;
    assert!(!hub.app.blobs.export_path(id.parse().unwrap()).exists());
}

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
        .blobs
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
fn tables_with_workspace() -> Vec<String> {
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
