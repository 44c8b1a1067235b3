//! What of webhooks is taken along with a workspace.

use std::io::{Cursor, Read as _};

use fanfare_testkit::{Method, StatusCode};
use serde_json::{Value, json};
use zip::ZipArchive;

use super::sink::{Desk, Sink};
use super::with_desk;

with_desk!(webhooks_and_attempts_are_taken_along_without_secrets);

async fn webhooks_and_attempts_are_taken_along_without_secrets(desk: &Desk) {
    let sink = Sink::start().await;
    let (id, secret) = desk.webhook(&sink.url, &["connection.connected"]).await;
    let headers = json!({ "headers": [{ "name": "authorization", "value": "very-hidden" }] });
    let path = format!("/api/webhooks/{id}");
    desk.ada.patch(&path, headers).await.expect(StatusCode::OK);
    sink.says_status(500);
    desk.something_happens().await;
    desk.hub.run_jobs().await;
    assert_eq!(sink.count(), 1);

    let asked = desk.ada.post("/api/exports", json!({})).await;
    let asked = asked.expect(StatusCode::ACCEPTED);
    desk.hub.run_jobs().await;
    let path = format!("/api/exports/{}/file", asked["id"].as_str().unwrap());
    let answer = desk.ada.request(Method::GET, &path).send().await.unwrap();
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes().await.unwrap().to_vec())).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    let webhooks: Value = serde_json::from_str(&text("webhooks.json")).unwrap();
    assert_eq!(webhooks[0]["id"], id.as_str());
    assert_eq!(webhooks[0]["url"], sink.url.as_str());
    assert_eq!(webhooks[0]["headers"], json!(["authorization"]));
    assert_eq!(webhooks[0]["last_failure"]["status"], 500);
    let attempts: Value = serde_json::from_str(&text("webhook-attempts.json")).unwrap();
    assert_eq!(attempts.as_array().unwrap().len(), 1);
    assert_eq!(attempts[0]["webhook_id"], id.as_str());
    assert_eq!(attempts[0]["status"], 500);
    assert_eq!(attempts[0]["event_type"], "connection.connected");
    assert_eq!(
        attempts[0]["request"]["body"]["type"],
        "connection.connected"
    );
    assert!(text("README.txt").contains("webhook-attempts.json"));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let held = String::from_utf8_lossy(&bytes);
        for hidden in [secret.as_str(), "whsec_", "very-hidden"] {
            assert!(!held.contains(hidden), "{hidden} is in file {index}");
        }
    }
}
