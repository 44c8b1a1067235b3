//! Mail as it really leaves: by SMTP to a server that is not ours, and by SendGrid's protocol.

mod reports;
mod returned;
mod sendgrid;
mod server;
mod smtp;

use fanfare_testkit::{Browser, StatusCode, TestHub};
use serde_json::{Value, json};

/// An administrator at a browser.
async fn administrator(hub: &TestHub) -> Browser {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    ada
}

/// Has a test message sent and answers what became of it.
async fn send_test(hub: &TestHub, ada: &Browser, to: &str) -> Value {
    let test = json!({ "to": to });
    let queued = ada.post("/api/admin/mail/test", test).await;
    let queued = queued.expect(StatusCode::ACCEPTED);
    assert_eq!(queued["status"], "queued");
    hub.run_jobs().await;
    message(ada, &queued).await
}

async fn message(ada: &Browser, message: &Value) -> Value {
    let path = format!(
        "/api/admin/mail/messages/{}",
        message["id"].as_str().unwrap()
    );
    ada.get(&path).await.expect(StatusCode::OK)
}
