//! What is told of conversations on Pages and Instagram accounts: the same for both.

use fanfare_domain::webhook::MessageStep;
use fanfare_platform_kit::roles::{InboundFact, MessageFact, NotUnderstood, Notification};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::read::Value;

/// A message, or something that was done with one.
///
/// # Errors
/// When it does not say who talks with whom.
pub fn conversation(told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let Some(talk) = Value(&told.payload).at("messaging").items().next() else {
        return Ok(None);
    };
    let [sender, recipient] = ["sender", "recipient"].map(|who| talk.at(who).at("id").text());
    // What we say ourselves comes back as well.
    let contact = match sender {
        Some(sender) if sender != told.account => Some(sender),
        _ => recipient,
    };
    let contact =
        contact.ok_or_else(|| NotUnderstood::new("A message does not say who it is from."))?;
    let message = talk.at("message");
    Ok(Some(vec![InboundFact::Message(MessageFact {
        kind: told.kind.clone(),
        step: step(&told.kind),
        remote_id: told.key.clone(),
        contact,
        text: message.at("text").text(),
        at: told.occurred_at.unwrap_or(Timestamp::UNIX_EPOCH),
    })]))
}

/// Somebody writes to the account.
pub fn message_example(account: &str, now: Timestamp) -> Json {
    let at = now.as_millisecond();
    json!({ "messaging": [{ "sender": { "id": "0" }, "recipient": { "id": account }, "timestamp": at,
        "message": { "mid": format!("m_test{at}"), "text": "This is a test." } }] })
}

/// By the names that [`super::split`] gives.
fn step(kind: &str) -> MessageStep {
    match kind {
        "messages" => MessageStep::Written,
        "messages.echo" => MessageStep::Echoed,
        "messages.delivery" | "messages.read" => MessageStep::StatusChanged,
        _ => MessageStep::Other,
    }
}
