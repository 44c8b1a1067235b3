//! What is left in the database of a person who deleted their account.

use fanfare_app::audit::{Chain, verify_one};
use fanfare_domain::WorkspaceId;
use fanfare_domain::mail::Refusal;
use fanfare_store::mail_suppressions::{self, Suppression};
use fanfare_store::{DatabaseKind, SystemTx, binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestHub, jpeg};
use reqwest::Method;
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

/// Nobody else's name or address has this in it.
const MARK: &str = "quartz";
const EMAIL: &str = "benedikt.quartz@example.org";

with_hub!(a_deleted_account_leaves_neither_name_nor_address);

async fn a_deleted_account_leaves_neither_name_nor_address(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    refused_by_bens_address(hub).await;
    let ben = invited(hub, &ada, EMAIL, "Benedikt Quartz").await;
    does_something_of_everything(hub, &ada, &ben).await;
    assert!(!places_with_mark(hub).await.is_empty());

    let body = json!({ "password": super::PASSWORD });
    let gone = ben.send(Method::DELETE, "/api/account", Some(body)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{gone:?}");
    hub.run_jobs().await;
    assert_eq!(places_with_mark(hub).await, Vec::<String>::new());

    for chain in [Chain::Installation, Chain::Workspace(ada.workspace)] {
        let verdict = verify_one(&hub.store, chain).await.unwrap();
        assert!(verdict.is_intact(), "{verdict:?}");
    }
    // What they made is still there, by nobody.
    let list = ada.browser.get("/api/invitations").await;
    let list = list.expect(StatusCode::OK);
    assert_eq!(list["items"][0]["email"], "dora@example.com");
    assert_eq!(list["items"][0]["invited_by"], "");
    let exports = ada.browser.get("/api/exports").await;
    assert_eq!(
        exports.expect(StatusCode::OK)["items"][0]["asked_by_name"],
        ""
    );
    let page = ada.browser.get("/api/pages/terms").await;
    let page = page.expect(StatusCode::OK);
    assert_eq!(
        (&page["text"], &page["updated_by"]),
        (&json!("Ours."), &Value::Null)
    );
}

/// Messages to the address were called spam before it had an account.
async fn refused_by_bens_address(hub: &TestHub) {
    let told = Suppression {
        address: EMAIL.to_owned(),
        refusal: Refusal::Unwanted,
        reason: String::new(),
        at: hub.app.now(),
    };
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    mail_suppressions::put(&mut tx, &told).await.unwrap();
    tx.commit().await.unwrap();
}

/// Joins the workspace of `by` by an invitation, with a new account.
async fn invited(hub: &TestHub, by: &Member, email: &str, name: &str) -> Browser {
    let body = json!({ "email": email, "role": "admin" });
    let made = by.ask(Method::POST, "/api/invitations", body).await;
    let made = made.expect(StatusCode::CREATED);
    join(hub, &made, name).await
}

async fn join(hub: &TestHub, invited: &Value, name: &str) -> Browser {
    let link = invited["link"].as_str().unwrap();
    let token = link.split("token=").nth(1).unwrap();
    let body = json!({ "token": token, "name": name, "password": super::PASSWORD });
    let browser = hub.browser();
    let joined = browser.post("/api/invitations/accept", body).await;
    joined.expect(StatusCode::OK);
    browser
}

async fn does_something_of_everything(hub: &TestHub, ada: &Member, ben: &Browser) {
    let made = async |path: &str, body: Value| {
        let reply = ben.post(path, body).await;
        assert!(reply.status.is_success(), "{path}: {reply:?}");
        reply.body
    };
    let user = ben.get("/api/auth/status").await.body["user"]["id"].clone();
    let user = user.as_str().unwrap().to_owned();

    // Whom they invited joins, or has not yet.
    let cleo = json!({ "email": "cleo@example.com", "role": "editor" });
    let cleo = made("/api/invitations", cleo).await;
    let cleo = join(hub, &cleo, "Cleo").await;
    let dora = json!({ "email": "dora@example.com", "role": "viewer" });
    made("/api/invitations", dora).await;
    // Somebody invites them elsewhere.
    let elsewhere = cleo
        .post("/api/workspaces", json!({ "name": "Bakery" }))
        .await;
    elsewhere.expect(StatusCode::CREATED);
    let ours = json!({ "email": EMAIL, "role": "viewer" });
    cleo.post("/api/invitations", ours)
        .await
        .expect(StatusCode::CREATED);

    let post = json!({ "text": "Bread", "schedule": { "kind": "draft" } });
    let post = made("/api/posts", post).await;
    ben.upload("loaf.jpg", jpeg(30, 30)).await;
    ben.connect("facebook", json!({})).await;
    made("/api/content-templates", json!({ "name": "Weekly" })).await;
    made(
        "/api/hashtag-groups",
        json!({ "name": "Bread", "hashtags": ["bread"] }),
    )
    .await;
    made("/api/media/folders", json!({ "name": "Bread" })).await;
    made("/api/channel-groups", json!({ "name": "All" })).await;
    made(
        "/api/saved-filters",
        json!({ "name": "Mine", "page": "posts", "query": {} }),
    )
    .await;
    made(
        "/api/api-keys",
        json!({ "name": "n8n", "scopes": ["posts.read"] }),
    )
    .await;
    made("/api/webhooks", json!({ "url": "https://example.com/" })).await;
    made("/api/exports", json!({})).await;
    made(
        "/api/account/email",
        json!({ "email": "b.quartz@example.net", "password": super::PASSWORD }),
    )
    .await;
    let asked = json!({ "email": EMAIL });
    made("/api/auth/forgot-password", asked).await;
    let path = format!("/api/posts/{}", post["id"].as_str().unwrap());
    let edited = ben.patch(&path, json!({ "text": "More bread" })).await;
    edited.expect(StatusCode::OK);
    hub.run_jobs().await;

    // They own the workspace for a while, and administer the installation.
    let path = format!("/api/workspaces/{}/transfer", ada.workspace);
    let to_ben = ada.browser.post(&path, json!({ "user_id": user })).await;
    assert!(to_ben.status.is_success(), "{to_ben:?}");
    let to_ada = ben.post(&path, json!({ "user_id": ada.user })).await;
    assert!(to_ada.status.is_success(), "{to_ada:?}");
    let path = format!("/api/admin/users/{user}");
    ada.browser
        .patch(&path, json!({ "is_admin": true }))
        .await
        .expect(StatusCode::OK);
    let page = json!({ "text": "Ours." });
    let page = ben.send(Method::PUT, "/api/pages/terms", Some(page)).await;
    assert!(page.status.is_success(), "{page:?}");
    let words = json!({ "language": "en", "subject": "Hello", "html": "<p>{{ url }}</p>", "text": "{{ url }}" });
    let template = "/api/admin/mail/templates/verify_email";
    ben.send(Method::PUT, template, Some(words))
        .await
        .expect(StatusCode::OK);
    made("/api/admin/mail/test", json!({ "to": "ada@example.com" })).await;

    // One workspace called after them goes before they do, one with them.
    for name in ["Quartz and sons", "Quartz's own"] {
        made("/api/workspaces", json!({ "name": name })).await;
    }
    let own = ben.get("/api/workspaces").await.expect(StatusCode::OK);
    let own = own["items"].as_array().unwrap();
    let sons = own.iter().find(|one| one["name"] == "Quartz and sons");
    let path = format!("/api/workspaces/{}", id(sons.unwrap()));
    let deleted = ben
        .send(
            Method::DELETE,
            &path,
            Some(json!({ "name": "Quartz and sons" })),
        )
        .await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{deleted:?}");
    hub.run_jobs().await;
}

fn id(workspace: &Value) -> WorkspaceId {
    workspace["id"].as_str().unwrap().parse().unwrap()
}

/// Every column of every table that still tells who they were.
async fn places_with_mark(hub: &TestHub) -> Vec<String> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let mut found = Vec::new();
    for (table, column) in text_columns(&mut tx, hub.store.kind()).await {
        let statement = format!(
            "SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE LOWER(CAST({column} AS TEXT)) LIKE '%{MARK}%'"
        );
        let values = tx
            .all(statement.leak(), binds![], |row| row.text("value"))
            .await
            .unwrap();
        found.extend(
            values
                .iter()
                .map(|value| format!("{table}.{column}: {value}")),
        );
    }
    found
}

async fn text_columns(tx: &mut SystemTx, kind: DatabaseKind) -> Vec<(String, String)> {
    let statement = match kind {
        DatabaseKind::Sqlite => sql!(
            "SELECT m.name AS of_table, c.name AS of_column FROM sqlite_master m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND c.type = 'TEXT'"
        ),
        DatabaseKind::Postgres => sql!(
            "SELECT c.table_name::text AS of_table, c.column_name::text AS of_column FROM information_schema.columns c
             JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'"
        ),
    };
    let columns = tx
        .all(statement, binds![], |row| {
            Ok((row.text("of_table")?, row.text("of_column")?))
        })
        .await
        .unwrap();
    assert!(columns.len() > 200, "{}", columns.len());
    columns
}
