//! What people type ends in headers of messages and answers only as words.

use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestHub};
use reqwest::Method;
use serde_json::json;

use super::mailbox::{count, newest};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    no_typed_text_adds_a_header_or_a_recipient,
    redirects_lead_to_this_site_only
);

async fn no_typed_text_adds_a_header_or_a_recipient(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for address in [
        "eve@example.com\r\nBcc: ben@example.com",
        "eve@example.com\nBcc: ben@example.com",
        "eve@example.com, ben@example.com",
        "eve@example.com;ben@example.com",
        "Eve <eve@example.com>",
    ] {
        let invited = ada
            .post(
                "/api/invitations",
                json!({ "email": address, "role": "viewer" }),
            )
            .await;
        assert_eq!(
            invited.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{address}"
        );
        let registered = json!({ "email": address, "password": super::PASSWORD, "name": "Eve" });
        let registered = hub.browser().post("/api/auth/register", registered).await;
        assert_eq!(
            registered.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{address}"
        );
    }
    // The name of a workspace stands in the subject of an invitation.
    let list = ada.get("/api/workspaces").await.expect(StatusCode::OK);
    let path = format!(
        "/api/workspaces/{}",
        list["items"][0]["id"].as_str().unwrap()
    );
    let name = json!({ "name": "Press\r\nBcc: ben@example.com\r\n" });
    let renamed = ada.patch(&path, name).await;
    assert_eq!(renamed.field_codes(), ["name: not_allowed"]);
    // Nor would one that came into the database in another way.
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let renamed = sql!("UPDATE workspaces SET name = $1");
    tx.execute(renamed, binds!["Press\r\nBcc: ben@example.com"])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let invitation = json!({ "email": "cleo@example.com", "role": "viewer" });
    let invited = ada.post("/api/invitations", invitation).await;
    invited.expect(StatusCode::CREATED);
    let message = newest(hub, &ada, "cleo@example.com", "invitation").await;
    let subject = message["subject"].as_str().unwrap();
    assert!(subject.contains("Press"), "{subject:?}");
    assert!(!subject.contains(['\r', '\n']), "{subject:?}");
    assert_eq!(count(&ada, "ben@example.com", "invitation").await, 0);
}

async fn redirects_lead_to_this_site_only(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for elsewhere in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/connections\r\nLocation: https://evil.example",
    ] {
        let begun = json!({ "return_to": elsewhere });
        let refused = ada.post("/api/platforms/facebook/auth-url", begun).await;
        assert_eq!(
            refused.field_codes(),
            ["return_to: invalid_url"],
            "{elsewhere:?}"
        );
    }
    // A callback that belongs to nobody leads back to the interface too.
    let callback = "/api/platforms/facebook/callback?state=x&code=y&next=https://evil.example";
    let request = ada.request(Method::GET, callback);
    let answer = fanfare_testkit::read(request).await;
    if let Some(location) = answer.location {
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{location}"
        );
    }
}
