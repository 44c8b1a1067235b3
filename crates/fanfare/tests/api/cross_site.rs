//! What other sites make a browser send is refused.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use reqwest::Method;
use serde_json::json;

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

with_hub!(only_our_own_pages_change_anything);

async fn only_our_own_pages_change_anything(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let list = ada.get("/api/workspaces").await.expect(StatusCode::OK);
    let path = format!(
        "/api/workspaces/{}",
        list["items"][0]["id"].as_str().unwrap()
    );
    let own = hub.url.as_str().trim_end_matches('/').to_owned();
    for (name, value, expected) in [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "same-origin", 200),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", own.as_str(), 200),
        ("accept", "application/json", 200),
    ] {
        assert_eq!(
            rename(&ada, &path, (name, value)).await,
            expected,
            "{name}: {value}"
        );
    }
    // Reading is left alone: a link from elsewhere may lead here.
    let read = ada
        .request(Method::GET, "/api/workspaces")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(read.send().await.unwrap().status(), 200);
    // Nor may another site sign somebody in as itself.
    let login = ada
        .request(Method::POST, "/api/auth/login")
        .header("origin", "https://evil.example");
    let refused = login
        .json(&json!({ "email": "a@b.co", "password": "x" }))
        .send()
        .await
        .unwrap();
    let body: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(body["code"], "cross_site_request");
}

async fn rename(browser: &Browser, path: &str, (name, value): (&str, &str)) -> u16 {
    let request = browser.request(Method::PATCH, path).header(name, value);
    request
        .json(&json!({ "name": "Renamed" }))
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}
