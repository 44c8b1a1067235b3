//! What the sandbox's mailbox holds, as an administrator reads it.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use serde_json::Value;

/// The newest message to `to` of that kind, once it has left.
pub async fn newest(hub: &TestHub, administrator: &Browser, to: &str, kind: &str) -> Value {
    hub.run_jobs().await;
    let list = administrator
        .get("/api/admin/mail/messages")
        .await
        .expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap();
    let found = items
        .iter()
        .find(|message| message["to"] == to && message["kind"] == kind)
        .unwrap_or_else(|| panic!("no {kind} to {to} among {items:#?}"));
    assert_eq!(found["status"], "sent");
    let path = format!("/api/admin/mail/messages/{}", found["id"].as_str().unwrap());
    administrator.get(&path).await.expect(StatusCode::OK)
}

/// How many messages of that kind were sent to `to`.
pub async fn count(administrator: &Browser, to: &str, kind: &str) -> usize {
    let list = administrator
        .get("/api/admin/mail/messages?limit=100")
        .await
        .expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .filter(|message| message["to"] == to && message["kind"] == kind)
        .count()
}

/// The token in the link to `page` that a message holds.
pub fn token(message: &Value, page: &str, name: &str) -> String {
    let text = message["text"].as_str().unwrap();
    let start = format!("/{page}?{name}=");
    let (_, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{text}"));
    rest.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}
