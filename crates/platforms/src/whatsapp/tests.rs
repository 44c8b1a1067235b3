//! What is told of WhatsApp numbers, and what it means.

use fanfare_domain::webhook::{MessageStep, NoticeKind};
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
            step: match text {
                Some(_) => MessageStep::Written,
                None => MessageStep::StatusChanged,
            },
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

/// One change of an account, told at a time.
fn told(field: &str, value: &Json, time: i64) -> fanfare_platform_kit::roles::Notification {
    let body = json!({ "object": "whatsapp_business_account", "entry": [
        { "id": "102", "time": time, "changes": [{ "field": field, "value": value }] }] });
    WEBHOOKS
        .split(body.to_string().as_bytes())
        .unwrap()
        .remove(0)
}

#[test]
fn what_meta_decides_about_templates_numbers_and_accounts_is_understood() {
    let template = json!({ "event": "REJECTED", "message_template_id": 1_689_556_908_129_835_i64, "message_template_name": "abandoned_cart",
        "message_template_language": "en-US", "reason": "INVALID_FORMAT" });
    let number = json!({ "display_phone_number": "15550783881", "event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_UNLIMITED" });
    let account = json!({ "event": "ACCOUNT_RESTRICTION",
        "restriction_info": [{ "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1_641_330_498 }] });
    let partner = json!({ "event": "PARTNER_ADDED", "waba_info": { "waba_id": "495" } });
    for (field, value, kind, subject, state, reason) in [
        (
            "message_template_status_update",
            &template,
            NoticeKind::TemplateStatus,
            "1689556908129835",
            "REJECTED",
            Some("INVALID_FORMAT"),
        ),
        (
            "phone_number_quality_update",
            &number,
            NoticeKind::NumberQuality,
            "15550783881",
            "THROUGHPUT_UPGRADE",
            Some("TIER_UNLIMITED"),
        ),
        (
            "account_update",
            &account,
            NoticeKind::Account,
            "102",
            "ACCOUNT_RESTRICTION",
            Some("RESTRICTED_BIZ_INITIATED_MESSAGING"),
        ),
        (
            "account_update",
            &partner,
            NoticeKind::Account,
            "495",
            "PARTNER_ADDED",
            None,
        ),
    ] {
        let facts = WEBHOOKS.facts(&told(field, value, 1_751_247_548)).unwrap();
        let Some([InboundFact::Notice(fact)]) = facts.as_deref() else {
            panic!("{field}: {facts:?}");
        };
        assert_eq!(
            (fact.kind, fact.subject.as_str(), fact.state.as_str()),
            (kind, subject, state)
        );
        assert_eq!(fact.reason.as_deref(), reason, "{field}");
    }
    let facts = WEBHOOKS.facts(&told("security", &json!({}), 1)).unwrap();
    assert_eq!(facts, None);
}

#[test]
fn the_same_state_at_another_time_is_another_event() {
    let paused = json!({ "event": "PAUSED", "message_template_id": 1 });
    let key = |time| told("message_template_status_update", &paused, time).key;
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
}
