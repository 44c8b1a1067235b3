//! What people are told by mail of their own accord: about their account, and about connections that need them.

use fanfare_app::connections::{Connection, record_failure};
use fanfare_domain::ConnectionId;
use fanfare_platform_kit::PlatformError;
use fanfare_store::{binds, connections, sql};
use fanfare_testkit::{Browser, Method, StatusCode, TestHub, read};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::device_tokens::Device;
use super::mailbox::{count, newest};
use super::sessions::signed_in_with;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const ADA: &str = "ada@example.com";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

with_hub!(
    a_browser_that_was_not_seen_before_is_told_of_once,
    a_key_that_is_made_is_told_to_its_person,
    trouble_with_a_connection_is_told_once,
    access_that_ends_soon_is_told_once,
    a_link_without_signing_in_stops_and_brings_back,
);

async fn a_browser_that_was_not_seen_before_is_told_of_once(hub: &TestHub) {
    let ada = hub.browser();
    ada.register(ADA).await;
    assert_eq!(told(hub, &ada, "new_sign_in").await, 0);
    signed_in_with(hub, FIREFOX).await;
    let message = newest(hub, &ada, ADA, "new_sign_in").await;
    assert_eq!(message["subject"], "New sign-in from Firefox, Linux");
    signed_in_with(hub, FIREFOX).await;
    assert_eq!(told(hub, &ada, "new_sign_in").await, 1);
    Device::signed_in(hub, "Ada's phone").await;
    assert_eq!(told(hub, &ada, "new_sign_in").await, 2);
}

async fn a_key_that_is_made_is_told_to_its_person(hub: &TestHub) {
    let ada = hub.browser();
    ada.register(ADA).await;
    let key = json!({ "name": "Reporting", "scopes": ["posts.read"] });
    ada.post("/api/api-keys", key)
        .await
        .expect(StatusCode::CREATED);
    let message = newest(hub, &ada, ADA, "api_key_made").await;
    assert_eq!(message["subject"], "An API key was made: Reporting");
}

async fn trouble_with_a_connection_is_told_once(hub: &TestHub) {
    let ada = hub.browser();
    ada.register(ADA).await;
    let connection = connected(&ada).await;
    fail(hub, &ada, connection).await;
    let message = newest(hub, &ada, ADA, "connection_trouble").await;
    let text = message["text"].as_str().unwrap();
    assert!(
        text.contains(&format!("/connections/{connection}")),
        "{text}"
    );
    assert!(text.contains("no longer accepts its access"), "{text}");
    fail(hub, &ada, connection).await;
    assert_eq!(told(hub, &ada, "connection_trouble").await, 1);
    // It worked in between, so this is news.
    connected(&ada).await;
    fail(hub, &ada, connection).await;
    assert_eq!(told(hub, &ada, "connection_trouble").await, 2);
}

async fn access_that_ends_soon_is_told_once(hub: &TestHub) {
    let ada = hub.browser();
    ada.register(ADA).await;
    connected(&ada).await;
    let ends = hub.app.now() + SignedDuration::from_hours(24 * 8);
    let mut tx = hub.store.as_system("it ends").write().await.unwrap();
    tx.execute(
        sql!("UPDATE connections SET refreshable = FALSE, expires_at = $1"),
        binds![ends],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    assert_eq!(told(hub, &ada, "connection_trouble").await, 0);
    for _ in 0..3 {
        hub.clock.advance(SignedDuration::from_hours(24));
        let told = told(hub, &ada, "connection_trouble").await;
        assert!(told <= 1, "{told}");
    }
    let message = newest(hub, &ada, ADA, "connection_trouble").await;
    assert!(
        message["text"]
            .as_str()
            .unwrap()
            .contains("does not renew itself"),
        "{message}"
    );
}

async fn a_link_without_signing_in_stops_and_brings_back(hub: &TestHub) {
    let ada = hub.browser();
    ada.register(ADA).await;
    let connection = connected(&ada).await;
    fail(hub, &ada, connection).await;
    let message = newest(hub, &ada, ADA, "connection_trouble").await;
    let text = message["text"].as_str().unwrap();
    let (_, token) = text.split_once("/unsubscribe/").expect(text);
    let path = format!("/unsubscribe/{}", token.trim());
    let stranger = hub.browser();
    // Whoever checks links opens them; that alone stops nothing.
    let looked = read(stranger.request(Method::GET, &path)).await;
    assert!(looked.body.as_str().unwrap().contains("Send me no more"));
    // As a mailbox does it.
    let one_click = stranger
        .request(Method::POST, &path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    assert_eq!(read(one_click).await.status, StatusCode::OK);
    connected(&ada).await;
    fail(hub, &ada, connection).await;
    assert_eq!(told(hub, &ada, "connection_trouble").await, 1);

    let again = stranger
        .request(Method::POST, &path)
        .form(&[("wanted", "yes")]);
    assert_eq!(read(again).await.status, StatusCode::OK);
    connected(&ada).await;
    fail(hub, &ada, connection).await;
    assert_eq!(told(hub, &ada, "connection_trouble").await, 2);
    let unknown = read(stranger.request(Method::GET, "/unsubscribe/nothing")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

async fn told(hub: &TestHub, ada: &Browser, kind: &str) -> usize {
    hub.run_jobs().await;
    count(ada, ADA, kind).await
}

async fn connected(ada: &Browser) -> ConnectionId {
    let channels = ada.connect("facebook", json!({})).await;
    channels[0]["connection_id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

async fn look(hub: &TestHub, ada: &Browser, id: ConnectionId) -> Connection {
    let mut tx = hub
        .store
        .in_workspace(workspace(ada).await)
        .read()
        .await
        .unwrap();
    connections::get(&mut tx, id).await.unwrap()
}

/// The platform says that it is over.
async fn fail(hub: &TestHub, ada: &Browser, id: ConnectionId) {
    let found = look(hub, ada, id).await;
    let error = PlatformError::reconnect("Facebook", "401");
    let workspace = workspace(ada).await;
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    record_failure(&mut tx, &found, &error, hub.app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn workspace(ada: &Browser) -> fanfare_domain::WorkspaceId {
    let status: Value = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    status["workspaces"][0]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}
