//! Workspaces: made, changed, handed over, left and deleted with all that is in them.

use fanfare_domain::role::Role;
use fanfare_store::{DatabaseKind, binds, members, sql};
use fanfare_testkit::{StatusCode, TestHub, read};
use reqwest::Method;
use serde_json::{Value, json};

use super::api_keys::{Key, reading};
use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_new_workspace_is_the_one_to_act_in,
    a_workspace_says_what_it_asks_of_its_members,
    an_owner_hands_the_workspace_over,
    whoever_leaves_is_out_and_the_last_owner_stays,
    a_deleted_workspace_leaves_nothing_behind,
    a_job_under_way_ends_with_its_workspace,
    only_an_owner_deletes_and_only_by_its_name,
    who_is_in_no_workspace_can_still_make_one,
);

async fn a_new_workspace_is_the_one_to_act_in(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let made = ada
        .browser
        .post("/api/workspaces", json!({ "name": " Bakery " }))
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["name"], "Bakery");
    assert_eq!(made["role"], "owner");
    assert_eq!(made["requires_two_factor"], false);
    let status = ada.browser.get("/api/auth/status").await.body;
    assert_eq!(status["workspace_id"], made["id"]);
    assert_eq!(status["workspaces"].as_array().unwrap().len(), 2);
    let audit = actions(hub, made["id"].as_str().unwrap()).await;
    assert_eq!(audit, ["workspace.created"]);
    let refused = ada
        .browser
        .post("/api/workspaces", json!({ "name": "" }))
        .await;
    assert_eq!(refused.field_codes(), ["name: required"]);
}

async fn a_workspace_says_what_it_asks_of_its_members(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let path = format!("/api/workspaces/{}", ada.workspace);
    super::two_factor::switch_on(hub, &ada.browser).await;
    let asked = ada
        .browser
        .patch(&path, json!({ "requires_two_factor": true }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(asked["requires_two_factor"], true);
    assert_eq!(asked["name"], "Ada Moreno's workspace");
    let status = ada.browser.get("/api/auth/status").await.body;
    assert_eq!(status["workspaces"][0]["requires_two_factor"], true);
    let told = actions(hub, &ada.workspace.to_string()).await;
    assert_eq!(
        told.last().unwrap(),
        "workspace.two_factor_requirement_changed"
    );
    // A key may rename it, and not take the wall down.
    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    let off = sql!("UPDATE workspaces SET requires_two_factor = FALSE");
    tx.execute(off, binds![]).await.unwrap();
    tx.commit().await.unwrap();
    let key = json!({ "name": "n8n", "scopes": ["workspace.settings"] });
    let key = Key::made(&ada, key).await;
    let ask = async |body: Value| {
        read(key.request(hub, Method::PATCH, &path).json(&body))
            .await
            .status
    };
    assert_eq!(ask(json!({ "name": "Press" })).await, StatusCode::OK);
    let wall = json!({ "requires_two_factor": false });
    assert_eq!(ask(wall).await, StatusCode::FORBIDDEN);
}

async fn an_owner_hands_the_workspace_over(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Viewer).await;
    let stranger = Member::registered(hub, "cleo").await;
    let path = format!("/api/workspaces/{}/transfer", ada.workspace);
    let hand = async |from: &Member, to: &str| {
        from.ask(Method::POST, &path, json!({ "user_id": to }))
            .await
    };
    for nobody in [stranger.user.to_string(), "x".to_owned()] {
        let refused = hand(&ada, &nobody).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    let refused = hand(&ada, &ada.user.to_string()).await;
    assert_eq!(refused.field_codes(), ["user_id: not_allowed"]);
    let done = hand(&ada, &ben.user.to_string()).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(role_of(hub, &ada).await, Role::Admin);
    assert_eq!(role_of(hub, &ben).await, Role::Owner);
    let refused = hand(&ada, &ben.user.to_string()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

async fn whoever_leaves_is_out_and_the_last_owner_stays(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Owner).await;
    let path = format!("/api/workspaces/{}/leave", ada.workspace);
    // Two owners who leave at once do not leave the workspace alone.
    let (one, other) = tokio::join!(
        ada.ask(Method::POST, &path, json!({})),
        ben.ask(Method::POST, &path, json!({})),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409], "{one:?} {other:?}");
    let refused = if one.status == StatusCode::CONFLICT {
        &one
    } else {
        &other
    };
    assert_eq!(refused.code(), "last_owner");
    let (gone, left) = if one.status == StatusCode::CONFLICT {
        (&ben, &ada)
    } else {
        (&ada, &ben)
    };
    let again = gone.ask(Method::POST, &path, json!({})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(role_of(hub, left).await, Role::Owner);
    assert!(
        actions(hub, &ada.workspace.to_string())
            .await
            .contains(&"member.left".to_owned())
    );
    // Where they acted, they no longer do.
    let status = gone.browser.get("/api/auth/status").await.body;
    assert_ne!(status["workspace_id"], json!(ada.workspace));
}

async fn a_deleted_workspace_leaves_nothing_behind(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Editor).await;
    fill(&ada).await;
    let key = Key::made(&ada, reading()).await;
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);
    let files = stored_files(hub, &ada).await;
    assert!(
        files.len() > 1
            && files
                .iter()
                .all(|file| hub.app.local_files.root().join(file).exists())
    );

    let path = format!("/api/workspaces/{}", ada.workspace);
    let gone = ada
        .browser
        .send(
            Method::DELETE,
            &path,
            Some(json!({ "name": "Ada Moreno's workspace" })),
        )
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{gone:?}");

    for (table, rows) in rows_of(hub, &ada).await {
        assert_eq!(rows, 0, "{table}");
    }
    for file in files {
        assert!(!hub.app.local_files.root().join(&file).exists(), "{file}");
    }
    // What was scheduled goes out nowhere, and nothing of it is left to run.
    hub.clock
        .advance(jiff::SignedDuration::from_hours(24 * 400));
    let ran = hub.run_jobs().await;
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let failed = tx
        .one(
            sql!("SELECT COUNT(*) AS failed FROM jobs WHERE failures > 0"),
            binds![],
            |row| row.int("failed"),
        )
        .await;
    assert_eq!(failed.unwrap(), 0, "{ran} ran");
    drop(tx);
    let status = ada.browser.get("/api/auth/status").await.body;
    assert_eq!(status["authenticated"], false, "the year is over");
    let refused = key.get(hub, "/api/posts").await;
    assert_eq!(refused.code(), "api_key_invalid");
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    let _ = ada
        .browser
        .post("/api/auth/login", login)
        .await
        .expect(StatusCode::OK);
    let status = ada.browser.get("/api/auth/status").await.body;
    assert_eq!(status["workspaces"], json!([]), "the interface still loads");
    let login = json!({ "email": "editor@example.com", "password": super::PASSWORD });
    let _ = ben
        .browser
        .post("/api/auth/login", login)
        .await
        .expect(StatusCode::OK);
    let elsewhere = ben.browser.get("/api/posts").await;
    assert_eq!(elsewhere.status, StatusCode::OK, "in his own workspace");
}

/// A worker holds a delivery's job at the very moment.
async fn a_job_under_way_ends_with_its_workspace(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let channels = ada.browser.connect("facebook", json!({})).await;
    // What connecting leaves to do.
    hub.run_jobs().await;
    let now = json!({ "text": "Hello", "channel_ids": [channels[0]["id"]], "schedule": { "kind": "now" } });
    let made = ada.browser.post("/api/posts", now).await;
    made.expect(StatusCode::CREATED);
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let until = hub.app.now() + jiff::SignedDuration::from_secs(30);
    let held = fanfare_store::jobs::claim(&mut tx, hub.app.now(), 10, "elsewhere", until).await;
    tx.commit().await.unwrap();
    let held = held.unwrap();
    assert_eq!(held.len(), 1);

    let path = format!("/api/workspaces/{}", ada.workspace);
    let named = json!({ "name": "Ada Moreno's workspace" });
    let gone = ada.browser.send(Method::DELETE, &path, Some(named)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    // Whatever it comes back with, there is nothing left to save it in.
    let hold = fanfare_store::jobs::Hold {
        id: held[0].id,
        lease: "elsewhere".into(),
        attempts: held[0].attempts,
    };
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let is_ours = fanfare_store::jobs::hold_on(&mut tx, &hold, until).await;
    assert!(!is_ours.unwrap());
    let given = fanfare_store::jobs::give_back(&mut tx, &hold, until, Some("gone")).await;
    assert!(!given.unwrap());
    tx.commit().await.unwrap();
    hub.clock.advance(jiff::SignedDuration::from_hours(1));
    assert_eq!(hub.run_jobs().await, 0);
}

async fn only_an_owner_deletes_and_only_by_its_name(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let admin = Member::joined(hub, ada.workspace, Role::Admin).await;
    let path = format!("/api/workspaces/{}", ada.workspace);
    let named = json!({ "name": "Ada Moreno's workspace" });
    let refused = admin.ask(Method::DELETE, &path, named.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // Nor as the owner that they are at home.
    let refused = read(admin.browser.request(Method::DELETE, &path).json(&named)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    for wrong in ["", "ada moreno's workspace", "Ada Moreno"] {
        let refused = ada
            .ask(Method::DELETE, &path, json!({ "name": wrong }))
            .await;
        assert_eq!(refused.field_codes(), ["name: not_allowed"], "{wrong}");
    }
    assert_eq!(role_of(hub, &ada).await, Role::Owner);
}

async fn who_is_in_no_workspace_can_still_make_one(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let path = format!("/api/workspaces/{}", ada.workspace);
    let named = json!({ "name": "Ada Moreno's workspace" });
    let gone = ada.browser.send(Method::DELETE, &path, Some(named)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let refused = ada.browser.get("/api/posts").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // Twice under one key it is made once, though there is no workspace to keep the key in.
    let make = async || {
        let request = ada
            .browser
            .request(Method::POST, "/api/workspaces")
            .header("idempotency-key", "one");
        read(request.json(&json!({ "name": "Bakery" }))).await
    };
    let (one, other) = (make().await, make().await);
    assert_eq!(one.status, StatusCode::CREATED);
    assert_eq!(one.body, other.body);
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let forget = sql!("UPDATE idempotency_keys SET status = NULL, response = NULL");
    tx.execute(forget, binds![]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(make().await.body, one.body, "after a crash as well");
    let list = ada.browser.get("/api/workspaces").await;
    assert_eq!(list.body["items"], json!([one.body]));
}

/// Something of everything that can be made.
async fn fill(ada: &Member) {
    let browser = &ada.browser;
    let channels = browser.connect("facebook", json!({})).await;
    let channel = &channels[0]["id"];
    let loaf = browser
        .upload("loaf.jpg", fanfare_testkit::jpeg(64, 64))
        .await;
    let parent = browser
        .post("/api/media/folders", json!({ "name": "Bread" }))
        .await
        .expect(StatusCode::CREATED);
    let child = json!({ "name": "Rye", "parent_id": parent["id"] });
    let schedule = json!({ "kind": "at", "at": "2027-06-01T09:00:00Z", "time_zone": "UTC" });
    let repeat = json!({ "text": "Hello", "channel_ids": [channel], "media": [{ "id": loaf["id"] }], "schedule": schedule });
    for (path, body) in [
        ("/api/media/folders", child),
        (
            "/api/media/uploads",
            json!({ "file_name": "film.mp4", "bytes": 1000 }),
        ),
        ("/api/posts", repeat),
        ("/api/posts", json!({ "text": "A draft" })),
        (
            "/api/channel-groups",
            json!({ "name": "Ours", "channel_ids": [channel] }),
        ),
        ("/api/content-templates", json!({ "name": "Weekly" })),
        (
            "/api/hashtag-groups",
            json!({ "name": "Bread", "hashtags": ["bread"] }),
        ),
        (
            "/api/saved-filters",
            json!({ "name": "Mine", "page": "posts", "query": {} }),
        ),
    ] {
        let _ = browser.post(path, body).await.expect(StatusCode::CREATED);
    }
}

async fn stored_files(hub: &TestHub, ada: &Member) -> Vec<String> {
    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    let found = fanfare_store::media::keys(&mut tx, None, 10).await.unwrap();
    found.into_iter().flat_map(|(_, keys)| keys).collect()
}

/// How many rows each table of workspaces has for this one.
async fn rows_of(hub: &TestHub, ada: &Member) -> Vec<(String, i64)> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let tables = match hub.store.kind() {
        DatabaseKind::Sqlite => {
            "SELECT m.name AS tbl FROM sqlite_master m JOIN pragma_table_info(m.name) p
             WHERE m.type = 'table' AND p.name = 'workspace_id'"
        }
        DatabaseKind::Postgres => {
            "SELECT table_name::text AS tbl FROM information_schema.columns
             WHERE table_schema = current_schema() AND column_name = 'workspace_id'"
        }
    };
    let tables = tx
        .all(tables, binds![], |row| row.text("tbl"))
        .await
        .unwrap();
    assert!(tables.len() > 25, "{tables:?}");
    let mut rows = Vec::new();
    for table in tables {
        // Leaked, as statements live as long as the program; this one is a test.
        let count: &'static str =
            format!("SELECT COUNT(*) AS rows FROM {table} WHERE workspace_id = $1").leak();
        let found = tx
            .one(count, binds![ada.workspace], |row| row.int("rows"))
            .await
            .unwrap();
        rows.push((table, found));
    }
    rows
}

async fn role_of(hub: &TestHub, member: &Member) -> Role {
    let mut tx = hub
        .store
        .in_workspace(member.workspace)
        .read()
        .await
        .unwrap();
    members::get(&mut tx, member.user).await.unwrap().role
}

/// What the audit log of a workspace tells, in its order.
pub async fn actions(hub: &TestHub, workspace: &str) -> Vec<String> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    tx.all(
        sql!("SELECT action FROM audit_events WHERE workspace_id = $1 ORDER BY id"),
        binds![workspace],
        |row| row.text("action"),
    )
    .await
    .unwrap()
}
