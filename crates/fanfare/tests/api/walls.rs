//! The walls between workspaces: what belongs to another does not exist.

use std::collections::BTreeMap;

use fanfare_domain::notification::NotificationKind;
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::{Browser, StatusCode, TestHub};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Map, Value, json};

use super::described::{Call, calls};
use super::notifications::tell;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    another_workspaces_things_do_not_exist,
    another_workspaces_things_cannot_be_used
);

/// What Ada has: for each area of the API an id, and whatever bodies name.
struct Belongings {
    by_area: BTreeMap<&'static str, String>,
    channel: Value,
}

async fn another_workspaces_things_do_not_exist(hub: &TestHub) {
    let (ada, ben) = (registered(hub, "ada").await, registered(hub, "ben").await);
    let belongings = collect(hub, &ada).await;
    let mut asked = 0;
    for call in calls()
        .iter()
        .filter(|call| !call.is_open() && names_a_thing(call) && is_of_a_workspace(call))
    {
        let path = belongings.path(call);
        let answer = ask(&ben, call, &path, &belongings).await;
        assert_eq!(answer, 404, "{} {path} as somebody else", call.method);
        asked += 1;
    }
    assert!(asked > 15, "{asked}");
    // The same ids lead somewhere for Ada, or the above proves nothing.
    for call in calls()
        .iter()
        .filter(|call| call.method == Method::GET && call.path.ends_with("{id}"))
        .filter(|call| is_of_a_workspace(call))
    {
        let path = belongings.path(call);
        assert_eq!(ask(&ada, call, &path, &belongings).await, 200, "{path}");
    }
    for list in [
        "/api/api-keys",
        "/api/channels",
        "/api/channel-groups",
        "/api/connections",
        "/api/content-templates",
        "/api/exports",
        "/api/hashtag-groups",
        "/api/media",
        "/api/posts",
        "/api/webhooks",
    ] {
        let mine = ada.get(list).await.expect(StatusCode::OK);
        let theirs = ben.get(list).await.expect(StatusCode::OK);
        assert!(!mine["items"].as_array().unwrap().is_empty(), "{list}");
        assert_eq!(theirs["items"], json!([]), "{list}");
    }
    let (export, notice) = ("exports", "notifications");
    let read = format!("/api/{notice}/{}/read", belongings.by_area[notice]);
    ada.post(&read, json!({})).await.expect(StatusCode::OK);
    let own = format!("/api/{export}/{}", belongings.by_area[export]);
    assert_eq!(ada.delete(&own).await.status, StatusCode::NO_CONTENT);
}

async fn another_workspaces_things_cannot_be_used(hub: &TestHub) {
    let (ada, ben) = (registered(hub, "ada").await, registered(hub, "ben").await);
    let belongings = collect(hub, &ada).await;
    let body = json!({
        "text": "Hello",
        "channel_ids": [belongings.channel],
        "media": [{ "id": belongings.by_area["media"] }],
    });
    let refused = ben.post("/api/posts", body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut codes = refused.field_codes();
    codes.sort();
    assert_eq!(
        codes,
        [
            "channel_ids.0: unknown_channel",
            "media.0.id: unknown_media"
        ]
    );
    // Naming the workspace itself opens no door either.
    let workspace = &belongings.by_area["workspaces"];
    let request = ben
        .request(Method::GET, "/api/posts")
        .header("fanfare-workspace", workspace);
    assert_eq!(request.send().await.unwrap().status(), 404);
}

impl Belongings {
    fn path(&self, call: &Call) -> String {
        let area = call
            .path
            .trim_start_matches("/api/")
            .split('/')
            .next()
            .unwrap();
        let area = if call.path.contains("/uploads/") {
            "uploads"
        } else if call.path.contains("/imports/") {
            "imports"
        } else if call.path.contains("/folders/") {
            "folders"
        } else {
            area
        };
        let id = self.by_area.get(area);
        let is_known = id.is_some() || !call.path.contains("{id}");
        assert!(is_known, "{}: Ada has nothing there", call.path);
        call.path
            .replace("{id}", id.map_or("", String::as_str))
            .replace("{number}", "1")
            .replace("{platform}", "facebook")
    }
}

/// Calls about one thing: by its id in the path, or in the body.
/// What belongs to the installation is no workspace's.
fn is_of_a_workspace(call: &Call) -> bool {
    !call.path.starts_with("/api/admin/")
}

fn names_a_thing(call: &Call) -> bool {
    let by_body = call.path.ends_with("/disconnect") || call.path.ends_with("/reconnect");
    call.path.contains("{id}") || by_body
}

async fn ask(browser: &Browser, call: &Call, path: &str, belongings: &Belongings) -> u16 {
    let request = browser.request(call.method.clone(), path);
    let content = &call.description["requestBody"]["content"];
    let request = match content.as_object().and_then(|kinds| kinds.iter().next()) {
        None => request,
        Some((kind, content)) if kind == "application/json" => {
            request.json(&sample(&content["schema"], belongings))
        }
        Some((kind, _)) => request
            .header("content-type", kind)
            .header("upload-offset", "0")
            .body("x"),
    };
    request.send().await.unwrap().status().as_u16()
}

/// A body that would be taken from its owner: everything that is required, as simple as it can be.
fn sample(schema: &Value, belongings: &Belongings) -> Value {
    let schema = resolve(schema);
    if let Some(choice) = schema["oneOf"]
        .as_array()
        .and_then(|choices| choices.last())
    {
        return sample(choice, belongings);
    }
    if let Some(value) = schema["enum"].as_array().and_then(|values| values.first()) {
        return value.clone();
    }
    match schema["type"].as_str() {
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("array") => json!([]),
        Some("string") => json!("x"),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let fields = required.iter().map(|name| {
                let name = name.as_str().unwrap();
                let value = match name {
                    "connection_id" => json!(belongings.by_area["connections"]),
                    _ => sample(&schema["properties"][name], belongings),
                };
                (name.to_owned(), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

fn resolve(schema: &Value) -> Value {
    let description = serde_json::to_value(fanfare_api::openapi()).unwrap();
    match schema["$ref"].as_str() {
        Some(reference) => description
            .pointer(reference.trim_start_matches('#'))
            .unwrap()
            .clone(),
        None => schema.clone(),
    }
}

async fn registered(hub: &TestHub, name: &str) -> Browser {
    let browser = hub.browser();
    browser.register(&format!("{name}@example.com")).await;
    browser
}

/// One thing of every kind.
async fn collect(hub: &TestHub, ada: &Browser) -> Belongings {
    let channels = ada.connect("facebook", json!({})).await;
    let channel = channels[0]["id"].clone();
    let picture = Part::bytes(fanfare_testkit::jpeg(64, 64)).file_name("warm.jpg");
    let form = Form::new().part("file", picture);
    let media = ada
        .request(Method::POST, "/api/media")
        .multipart(form)
        .send()
        .await
        .unwrap();
    let media: Value = media.json().await.unwrap();
    let upload = json!({ "file_name": "film.mp4", "bytes": 1000 });
    let upload = ada
        .post("/api/media/uploads", upload)
        .await
        .expect(StatusCode::CREATED);
    let (drive, file) = ada.connect_drive().await;
    let import = json!({ "connection_id": drive, "file_id": file["id"] });
    let import = ada.post("/api/media/imports", import).await;
    let import = import.expect(StatusCode::CREATED);
    let folder = ada
        .post("/api/media/folders", json!({ "name": "Bread" }))
        .await
        .expect(StatusCode::CREATED);
    let schedule =
        json!({ "kind": "at", "at": "2027-06-01T09:00:00Z", "time_zone": "Europe/Madrid" });
    let body = json!({ "text": "Hello", "channel_ids": [channel], "schedule": schedule });
    let post = ada
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    let group = json!({ "name": "Ours", "channel_ids": [channel] });
    let group = ada
        .post("/api/channel-groups", group)
        .await
        .expect(StatusCode::CREATED);
    let template = ada
        .post("/api/content-templates", json!({ "name": "Weekly" }))
        .await
        .expect(StatusCode::CREATED);
    let hashtags = json!({ "name": "Bread", "hashtags": ["bread"] });
    let hashtags = ada
        .post("/api/hashtag-groups", hashtags)
        .await
        .expect(StatusCode::CREATED);
    let filter = json!({ "name": "Mine", "page": "posts", "query": {} });
    let filter = ada
        .post("/api/saved-filters", filter)
        .await
        .expect(StatusCode::CREATED);
    let key = json!({ "name": "n8n", "scopes": ["posts.read"] });
    let key = ada
        .post("/api/api-keys", key)
        .await
        .expect(StatusCode::CREATED);
    let invitation = json!({ "email": "cleo@example.com", "role": "viewer" });
    let invitation = ada
        .post("/api/invitations", invitation)
        .await
        .expect(StatusCode::CREATED);
    let webhook = json!({ "url": "https://hooks.example/fanfare" });
    let webhook = ada
        .post("/api/webhooks", webhook)
        .await
        .expect(StatusCode::CREATED);
    let export = ada.post("/api/exports", json!({})).await;
    let export = export.expect(StatusCode::ACCEPTED);
    let sessions = ada.get("/api/auth/sessions").await.expect(StatusCode::OK);
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    let by_area = BTreeMap::from([
        ("workspaces", id(&status["workspace_id"])),
        ("connections", id(&channels[0]["connection_id"])),
        ("channels", id(&channel)),
        ("channel-groups", id(&group["id"])),
        ("media", id(&media["id"])),
        ("uploads", id(&upload["id"])),
        ("imports", id(&import["id"])),
        ("folders", id(&folder["id"])),
        ("posts", id(&post["id"])),
        ("content-templates", id(&template["id"])),
        ("hashtag-groups", id(&hashtags["id"])),
        ("saved-filters", id(&filter["id"])),
        ("api-keys", id(&key["api_key"]["id"])),
        ("invitations", id(&invitation["id"])),
        ("webhooks", id(&webhook["id"])),
        ("exports", id(&export["id"])),
        ("notifications", noticed(hub, ada, &status).await),
        ("auth", id(&sessions["items"][0]["id"])),
        (
            "webhook-events",
            told(hub, ada, &channels[0]["remote_id"]).await,
        ),
        ("members", id(&status["user"]["id"])),
        ("deliveries", id(&post["deliveries"][0]["id"])),
    ]);
    Belongings { by_area, channel }
}

/// Something that Ada is told of; answers the line.
async fn noticed(hub: &TestHub, ada: &Browser, status: &Value) -> String {
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    let workspace = id(&status["workspace_id"]).parse().unwrap();
    let user = id(&status["user"]["id"]).parse().unwrap();
    let kind = NotificationKind::CommentReceived;
    tell(hub, workspace, user, kind, "a").await;
    let list = ada.get("/api/notifications").await.expect(StatusCode::OK);
    id(&list["items"][0]["id"])
}

/// Something that the pretend Facebook tells of Ada's Page; answers the event.
async fn told(hub: &TestHub, ada: &Browser, page: &Value) -> String {
    let body = json!({ "object": "page", "entry": [{ "id": page, "changes": [{ "field": "ratings", "value": {} }] }] }).to_string();
    let signature = hmac_sha256_hex(b"sandbox", body.as_bytes());
    let sent = ada
        .request(Method::POST, "/hooks/facebook")
        .header("x-hub-signature-256", format!("sha256={signature}"))
        .body(body);
    assert_eq!(sent.send().await.unwrap().status(), 200);
    hub.run_jobs().await;
    let list = ada.get("/api/webhook-events").await.expect(StatusCode::OK);
    list["items"][0]["id"].as_str().unwrap().to_owned()
}
