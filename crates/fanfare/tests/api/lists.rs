//! Lists are read page by page, and the pages together are the whole.

use fanfare_domain::role::Role;
use fanfare_testkit::{Browser, Reply, StatusCode, TestHub};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    pages_of_one_are_the_whole,
    a_cursor_that_is_none_is_refused_everywhere,
    a_page_goes_on_where_the_one_before_ended_also_when_that_is_gone,
);

/// Of each there are at least two.
const LISTS: &[&str] = &[
    "/api/workspaces",
    "/api/exports",
    "/api/media/folders",
    "/api/media/tags",
    "/api/saved-filters",
    "/api/channel-groups",
    "/api/posts/authors",
    "/api/calendar/authors",
    "/api/queue",
];

async fn pages_of_one_are_the_whole(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    two_of_everything(hub, &ada).await;
    for path in LISTS {
        let whole = get(&ada, &format!("{path}?limit=100")).await;
        let whole = whole.expect(StatusCode::OK);
        assert_eq!(whole["next_cursor"], Value::Null, "{path}");
        let whole = whole["items"].as_array().unwrap().clone();
        assert!(whole.len() >= 2, "{path}: {whole:?}");
        assert_eq!(one_by_one(&ada, path).await, whole, "{path}");
    }
}

async fn a_cursor_that_is_none_is_refused_everywhere(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for path in LISTS.iter().filter(|path| **path != "/api/media/tags") {
        let refused = ada.browser.get(&format!("{path}?cursor=nonsense")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(refused.field_codes(), ["cursor: not_allowed"], "{path}");
    }
}

async fn a_page_goes_on_where_the_one_before_ended_also_when_that_is_gone(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for name in ["cakes", "Bread", "apples"] {
        let body = json!({ "name": name });
        let made = ada.browser.post("/api/media/folders", body).await;
        made.expect(StatusCode::CREATED);
    }
    let first = ada.browser.get("/api/media/folders?limit=2").await;
    let first = first.expect(StatusCode::OK);
    assert_eq!(
        (&first["items"][0]["name"], &first["items"][1]["name"]),
        (&json!("apples"), &json!("Bread"))
    );
    let bread = first["items"][1]["id"].as_str().unwrap();
    let gone = ada
        .browser
        .delete(&format!("/api/media/folders/{bread}"))
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = ada
        .browser
        .get(&format!("/api/media/folders?cursor={cursor}"))
        .await;
    let next = next.expect(StatusCode::OK);
    assert_eq!(next["items"].as_array().unwrap().len(), 1);
    assert_eq!(next["items"][0]["name"], "cakes");
}

async fn one_by_one(ada: &Member, path: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = get(ada, &format!("{path}?limit=1{cursor}")).await;
        let page = page.expect(StatusCode::OK);
        found.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next_cursor"].as_str() else {
            return found;
        };
        cursor = format!("&cursor={next}");
        assert!(found.len() < 100, "{path} goes in circles");
    }
}

/// In the workspace that she registered with.
async fn get(ada: &Member, path: &str) -> Reply {
    let request = ada
        .browser
        .request(Method::GET, path)
        .header("fanfare-workspace", ada.workspace.to_string());
    fanfare_testkit::read(request).await
}

async fn two_of_everything(hub: &TestHub, ada: &Member) {
    let browser = &ada.browser;
    let channels = browser.connect("facebook", json!({})).await;
    assert!(channels.len() >= 2);
    let channel = &channels[0]["id"];
    for name in ["Second", "First"] {
        for (path, body) in [
            ("/api/workspaces", json!({ "name": name })),
            ("/api/media/folders", json!({ "name": name })),
            (
                "/api/saved-filters",
                json!({ "name": name, "page": "posts", "query": {} }),
            ),
            (
                "/api/channel-groups",
                json!({ "name": name, "channel_ids": [channel] }),
            ),
            ("/api/posts", json!({ "text": name })),
        ] {
            let made = ada.ask(Method::POST, path, body).await;
            assert_eq!(made.status, StatusCode::CREATED, "{path} {made:?}");
        }
        let asked = ada.ask(Method::POST, "/api/exports", json!({})).await;
        assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
    }
    a_file_with_tags(browser).await;
    let zoe = Member::joined(hub, ada.workspace, Role::Editor).await;
    let made = zoe.ask(Method::POST, "/api/posts", json!({ "text": "Hello" }));
    made.await.expect(StatusCode::CREATED);
}

async fn a_file_with_tags(browser: &Browser) {
    let picture = Part::bytes(fanfare_testkit::jpeg(64, 64)).file_name("warm.jpg");
    let form = Form::new().part("file", picture);
    let request = browser.request(Method::POST, "/api/media").multipart(form);
    let media: Value = request.send().await.unwrap().json().await.unwrap();
    let path = format!("/api/media/{}", media["id"].as_str().unwrap());
    let tagged = json!({ "tags": ["bread", "ñandú"] });
    browser.patch(&path, tagged).await.expect(StatusCode::OK);
}
