//! What is told of WhatsApp numbers, and what it means.

use fanfare_platform_kit::roles::{InboundFact, MessageFact, Webhooks};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::webhooks::WEBHOOKS;

fn facts(value: &Json) -> Vec<Option<Vec<InboundFact>>> {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102", "changes": [{ "field": "messages", "value": value }] }] });
    let told = WEBHOOKS.split(body.to_string().as_bytes()).unwrap();
    told.iter()
        .map(|told| WEBHOOKS.facts(told).unwrap())
        .collect()
}

#[test]
fn messages_and_what_became_of_them_are_kept() {
    let found = facts(&json!({ "metadata": { "phone_number_id": "106" },
        "messages": [{ "from": "1650", "id": "wamid.A", "timestamp": "1749416383", "type": "text", "text": { "body": "Hi" } }],
        "statuses": [{ "id": "wamid.B", "status": "read", "timestamp": "1750030079", "recipient_user_id": "US.1" }] }));
    let fact = |kind: &str, id: &str, contact: &str, text: Option<&str>, at| {
        Some(vec![InboundFact::Message(MessageFact {
            kind: kind.to_owned(),
            remote_id: id.to_owned(),
            contact: contact.to_owned(),
            text: text.map(str::to_owned),
            at: Timestamp::from_second(at).unwrap(),
        })])
    };
    let message = fact(
        "messages.text",
        "wamid.A",
        "1650",
        Some("Hi"),
        1_749_416_383,
    );
    let status = fact("statuses.read", "wamid.B:read", "US.1", None, 1_750_030_079);
    assert_eq!(found, [message, status]);
}

#[test]
fn what_is_told_of_the_account_is_not_known_yet() {
    assert_eq!(facts(&json!({ "errors": [{ "code": 1 }] })), [None]);
}
