//! Where a person is signed in, and ending that from elsewhere.

use fanfare_testkit::{Browser, StatusCode, TestHub, read};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::device_tokens::Device;
use super::with_hub;
use super::workspaces::actions;

const VARIABLES: &[(&str, &str)] = super::OPEN;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

with_hub!(
    sessions_are_listed_by_browser_and_device,
    however_many_sessions_there_are_all_are_listed,
    a_revoked_session_is_out_at_once,
    all_others_end_together,
    nobody_ends_anybody_elses,
);

async fn sessions_are_listed_by_browser_and_device(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    hub.clock.advance(SignedDuration::from_hours(2));
    signed_in_with(hub, FIREFOX).await;
    Device::signed_in(hub, "Ada's phone").await;
    hub.clock.advance(SignedDuration::from_mins(10));
    let items = listed(&ada).await;
    let names: Vec<_> = items
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["name"].as_str().unwrap()))
        .collect();
    assert_eq!(
        names,
        [
            ("web", ""),
            ("device", "Ada's phone"),
            ("web", "Firefox, Linux")
        ]
    );
    let current: Vec<_> = items.iter().map(|one| &one["is_current"]).collect();
    assert_eq!(current, [true, false, false]);
    assert_eq!(items[0]["ip"], "127.0.0.1");
    assert_eq!(items[0]["last_used_at"], json!(hub.app.now()));
}

async fn however_many_sessions_there_are_all_are_listed(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for _ in 0..4 {
        // Two at once each time.
        hub.clock.advance(SignedDuration::from_mins(1));
        Device::signed_in(hub, "a phone").await;
        Device::signed_in(hub, "a tablet").await;
    }
    let whole: Vec<_> = listed(&ada).await.iter().map(id).collect();
    assert_eq!(whole.len(), 9);
    let mut paged = Vec::new();
    let mut path = "/api/auth/sessions?limit=2".to_owned();
    loop {
        let page = ada.get(&path).await.expect(StatusCode::OK);
        paged.extend(page["items"].as_array().unwrap().iter().map(id));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/auth/sessions?limit=2&cursor={cursor}");
    }
    assert_eq!(paged, whole);
}

fn id(session: &Value) -> String {
    session["id"].as_str().unwrap().to_owned()
}

async fn a_revoked_session_is_out_at_once(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let other = signed_in_with(hub, FIREFOX).await;
    let device = Device::signed_in(hub, "Ada's phone").await;
    assert_eq!(other.get("/api/posts").await.status, StatusCode::OK);
    for one in listed(&ada).await {
        if one["is_current"] == false {
            let path = format!("/api/auth/sessions/{}", one["id"].as_str().unwrap());
            let gone = ada.delete(&path).await;
            assert_eq!(gone.status, StatusCode::NO_CONTENT);
            assert_eq!(ada.delete(&path).await.status, StatusCode::NOT_FOUND);
        }
    }
    let out = other.get("/api/posts").await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    let out = device.get(hub, "/api/posts").await;
    assert_eq!(out.code(), "access_token_invalid");
    assert_eq!(device.refresh(hub).await.code(), "refresh_token_invalid");
    assert_eq!(ada.get("/api/posts").await.status, StatusCode::OK);
    assert_eq!(listed(&ada).await.len(), 1);
    let status = ada.get("/api/auth/status").await.body;
    let told = actions(hub, status["workspace_id"].as_str().unwrap()).await;
    let revoked = told.iter().filter(|action| *action == "session.revoked");
    assert_eq!(revoked.count(), 2);
}

async fn all_others_end_together(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let other = signed_in_with(hub, FIREFOX).await;
    let device = Device::signed_in(hub, "Ada's phone").await;
    let gone = ada.delete("/api/auth/sessions").await;
    assert_eq!(gone.expect(StatusCode::OK), json!({ "ended": 2 }));
    assert_eq!(
        other.get("/api/posts").await.status,
        StatusCode::UNAUTHORIZED
    );
    let out = device.get(hub, "/api/posts").await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ada.get("/api/posts").await.status, StatusCode::OK);
    let again = ada.delete("/api/auth/sessions").await;
    assert_eq!(again.expect(StatusCode::OK), json!({ "ended": 0 }));
}

async fn nobody_ends_anybody_elses(hub: &TestHub) {
    let (ada, ben) = (hub.browser(), hub.browser());
    ada.register("ada@example.com").await;
    ben.register("ben@example.com").await;
    let hers = listed(&ada).await[0]["id"].as_str().unwrap().to_owned();
    let refused = ben.delete(&format!("/api/auth/sessions/{hers}")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let none = ben.delete("/api/auth/sessions").await;
    assert_eq!(none.expect(StatusCode::OK)["ended"], 0);
    assert_eq!(ada.get("/api/posts").await.status, StatusCode::OK);
}

pub async fn signed_in_with(hub: &TestHub, user_agent: &str) -> Browser {
    let browser = hub.browser();
    let login = browser
        .request(Method::POST, "/api/auth/login")
        .header("user-agent", user_agent)
        .json(&json!({ "email": "ada@example.com", "password": super::PASSWORD }));
    let _ = read(login).await.expect(StatusCode::OK);
    browser
}

async fn listed(browser: &Browser) -> Vec<Value> {
    let list = browser.get("/api/auth/sessions").await;
    list.expect(StatusCode::OK)["items"]
        .as_array()
        .unwrap()
        .clone()
}
