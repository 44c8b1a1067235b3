//! What the webhooks of WhatsApp numbers mean.

use fanfare_domain::webhook::{MessageStep, TestKind};
use fanfare_platform_kit::roles::{InboundFact, MessageFact, NotUnderstood, Notification};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::notices;
use crate::meta_graph::webhooks::{MetaWebhooks, Value};

pub const WEBHOOKS: MetaWebhooks = MetaWebhooks {
    object: "whatsapp_business_account",
    facts,
    examples: &[
        (TestKind::Message, message_example),
        (TestKind::MessageStatus, status_example),
        (TestKind::Template, template_example),
    ],
};

/// Somebody writes to a number.
fn message_example(account: &str, now: Timestamp) -> Json {
    let message = json!({ "from": "0", "id": format!("wamid.test{}", now.as_millisecond()), "timestamp": now.as_second().to_string(),
        "type": "text", "text": { "body": "This is a test." } });
    messages_example(account, "messages", &message)
}

/// A message of the number's arrived.
fn status_example(account: &str, now: Timestamp) -> Json {
    let status = json!({ "id": format!("wamid.test{}", now.as_millisecond()), "status": "delivered",
        "timestamp": now.as_second().to_string(), "recipient_id": "0" });
    messages_example(account, "statuses", &status)
}

fn messages_example(account: &str, list: &str, item: &Json) -> Json {
    json!({ "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp", "metadata": { "phone_number_id": account, "display_phone_number": account },
        (list): [item] } }] })
}

/// A template may be used from now on.
fn template_example(_account: &str, now: Timestamp) -> Json {
    json!({ "changes": [{ "field": "message_template_status_update", "value": {
        "event": "APPROVED", "message_template_id": now.as_millisecond(), "message_template_name": "fanfare_test",
        "message_template_language": "en", "reason": "NONE" } }] })
}

fn facts(told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let value = Value(&told.payload).at("value");
    let part = ["messages", "statuses"]
        .into_iter()
        .find_map(|list| value.at(list).items().next().map(|item| (list, item)));
    let Some((list, item)) = part else {
        return notices::read(told);
    };
    // Somebody may hide their number; then they have another name.
    let names = match list {
        "messages" => ["from", "from_user_id"],
        _ => ["recipient_id", "recipient_user_id"],
    };
    let contact = names
        .iter()
        .find_map(|name| item.at(name).text())
        .ok_or_else(|| NotUnderstood::new("A message does not say who it is from."))?;
    if item.at("id").text().is_none() {
        return Err(NotUnderstood::new("A message has no id."));
    }
    Ok(Some(vec![InboundFact::Message(MessageFact {
        kind: told.kind.clone(),
        step: match list {
            "messages" => step(&item.at("type").text().unwrap_or_default()),
            _ => MessageStep::StatusChanged,
        },
        remote_id: told.key.clone(),
        contact,
        text: item.at("text").at("body").text(),
        at: told.occurred_at.unwrap_or(Timestamp::UNIX_EPOCH),
    })]))
}

/// Some types are no message that somebody wrote: a reaction, a changed number, what the API does not carry.
fn step(kind: &str) -> MessageStep {
    match kind {
        "text" | "image" | "audio" | "video" | "document" | "sticker" | "location" | "contacts"
        | "interactive" | "button" | "order" => MessageStep::Written,
        _ => MessageStep::Other,
    }
}
