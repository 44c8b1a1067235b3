//! Taking a workspace along.

use std::io::{Cursor, Read as _};

use fanfare_store::archive::OF_WORKSPACE;
use fanfare_testkit::{Browser, StatusCode, TestHub, jpeg};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::deleted_workspace::tables_with_workspace;
use super::permissions::Member;
use super::retention::{audit, log_in};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_workspace_is_taken_along_without_any_secret,
    an_archive_is_for_those_who_manage_and_ends_after_a_week,
);

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
    let group = json!({ "name": "All" });
    ada.post("/api/channel-groups", group)
        .await
        .expect(StatusCode::CREATED);
    let invited = json!({ "email": "cleo@example.com", "role": "editor" });
    ada.post("/api/invitations", invited)
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
    assert_eq!(json_of(&read("webhooks.json")), json!([]));
    assert_eq!(json_of(&read("webhook-attempts.json")), json!([]));
    assert!(json_of(&read("audit.json")).as_array().unwrap().len() > 3);
    assert!(json_of(&read("workspace.json"))["name"].is_string());
    for part in OF_WORKSPACE {
        let file = json_of(&read(&format!("{}.json", part.name)));
        assert!(file.is_array(), "{}", part.name);
    }
    assert_eq!(json_of(&read("api-keys.json"))[0]["name"], "n8n");
    assert_eq!(json_of(&read("channel-groups.json"))[0]["name"], "All");
    assert_eq!(
        json_of(&read("invitations.json"))[0]["email"],
        "cleo@example.com"
    );
    let versions = json_of(&read("post-versions.json"));
    assert_eq!(versions[0]["content"]["text"], "Bread", "{versions:#}");
    assert_eq!(archive.len(), 13 + OF_WORKSPACE.len());
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
    assert!(hub.app.local_files.export_path(id).exists());
    hub.clock.advance(SignedDuration::from_hours(24 * 7));
    assert_eq!(ada.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    assert!(!hub.app.local_files.export_path(id).exists());
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
    assert!(
        !hub.app
            .local_files
            .export_path(id.parse().unwrap())
            .exists()
    );
}

/// Told by files that are written from what the use cases know.
const TOLD: &[&str] = &[
    "members",
    "connections",
    "channels",
    "posts",
    "post_media",
    "deliveries",
    "content_templates",
    "hashtag_groups",
    "media",
    "media_folders",
    "media_tags",
    "webhook_endpoints",
    "outgoing_messages",
    "outgoing_attempts",
    "audit_events",
];

/// In no archive, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("sessions", "people's own; their personal export has them"),
    (
        "saved_filters",
        "people's own; their personal export has them",
    ),
    (
        "notifications",
        "people's own; their personal export has them",
    ),
    ("oauth_states", "a consent that somebody is giving just now"),
    ("media_uploads", "files that have not arrived yet"),
    ("media_imports", "files that have not arrived yet"),
    ("jobs", "how work is done, not what it is about"),
    (
        "outgoing_sends",
        "what is to be sent next; its attempts are told",
    ),
    ("idempotency_keys", "answers kept for a day"),
    (
        "owned_idempotency_keys",
        "the name that table had for a while",
    ),
    ("audit_heads", "made from the audit log"),
    ("first_runs", "how far the first steps are"),
    ("workspace_exports", "the archives themselves"),
    ("connection_checks", "what was found at the last check"),
    (
        "token_refresh_log",
        "how access was renewed; the audit log tells what matters",
    ),
    ("channel_subscriptions", "what platforms were asked to tell"),
    (
        "deleted_webhook_events",
        "keys of events that somebody deleted; there is nothing left of them to tell",
    ),
    ("catch_ups", "how far reading at the platforms is"),
    (
        "account_notices",
        "what people are told of their connections",
    ),
    ("api_key_days", "figures of use"),
    (
        "api_key_calls",
        "calls of the last days, with addresses of callers",
    ),
    (
        "webhook_events",
        "what platforms sent in their own words; what it came to is told",
    ),
    (
        "mail_messages",
        "people's own; their personal export has them",
    ),
];

/// A table is told, or somebody has thought about why not.
#[test]
fn every_table_of_a_workspace_is_told_or_left_out_for_a_reason() {
    for table in tables_with_workspace() {
        let is_told =
            TOLD.contains(&table.as_str()) || OF_WORKSPACE.iter().any(|part| part.table == table);
        let is_left_out = LEFT_OUT.iter().any(|(one, _)| *one == table);
        assert!(
            is_told != is_left_out,
            "{table} is in no archive, or is told and left out"
        );
    }
}
