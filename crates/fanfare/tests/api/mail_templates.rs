//! An administrator tries out what messages say, before anybody else reads it.

use fanfare_testkit::{StatusCode, TestDatabase, TestHub, both_databases};
use serde_json::{Value, json};

use super::mailbox::newest;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const TRIAL: &str = "/api/admin/mail/templates/verify_email/test";

with_hub!(
    unsaved_words_are_sent_to_whoever_asks,
    words_with_a_mistake_are_not_sent,
    only_administrators_try_words_out,
);

async fn unsaved_words_are_sent_to_whoever_asks(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let queued = ada.post(TRIAL, words("Hello {{ name }}")).await;
    let queued = queued.expect(StatusCode::ACCEPTED);
    assert_eq!(
        (&queued["to"], &queued["kind"], &queued["subject"]),
        (
            &json!("ada@example.com"),
            &json!("verify_email"),
            &json!("Not saved yet")
        )
    );
    let arrived = newest(hub, &ada, "ada@example.com", "verify_email").await;
    assert_eq!(arrived["id"], queued["id"]);
    assert_eq!(arrived["text"], "Hello Ada Moreno");
    // Nothing was kept.
    let kept = ada.get("/api/admin/mail/templates/verify_email").await;
    assert_eq!(kept.expect(StatusCode::OK)["is_changed"], false);
}

async fn words_with_a_mistake_are_not_sent(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let refused = ada.post(TRIAL, words("Hello {{ nam }}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.field_codes(), ["text: template_invalid"]);
    let unknown = "/api/admin/mail/templates/nothing/test";
    let unknown = ada.post(unknown, words("Hello")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

async fn only_administrators_try_words_out(hub: &TestHub) {
    let (ada, ben) = (hub.browser(), hub.browser());
    ada.register("ada@example.com").await;
    ben.register("ben@example.com").await;
    let refused = ben.post(TRIAL, words("Hello")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

both_databases!(
    without_mail_it_is_said_that_none_is_set_up,
    async |database: &TestDatabase| {
        let hub = TestHub::start_with(database, &[("FANFARE_SANDBOX", "off")]).await;
        let ada = hub.browser();
        ada.register("ada@example.com").await;
        let refused = ada.post(TRIAL, words("Hello")).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::CONFLICT, "mail_not_configured")
        );
        hub.stop().await;
    }
);

fn words(text: &str) -> Value {
    json!({ "language": "en", "subject": "Not saved yet", "html": "<p>Hello</p>", "text": text })
}
