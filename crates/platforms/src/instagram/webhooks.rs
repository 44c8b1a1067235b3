//! What the webhooks of Instagram accounts mean.

use fanfare_domain::webhook::{EngagementKind, RemoteChange, TestKind};
use fanfare_platform_kit::roles::{EngagementFact, InboundFact, NotUnderstood, Notification};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::meta_graph::webhooks::{MetaWebhooks, Value, conversation, message_example};

pub const WEBHOOKS: MetaWebhooks = MetaWebhooks {
    object: "instagram",
    facts,
    examples: &[
        (TestKind::Comment, comment_example),
        (TestKind::Mention, mention_example),
        (TestKind::Message, message_example),
    ],
};

/// Somebody mentions the account below a post of theirs.
fn mention_example(_account: &str, now: Timestamp) -> Json {
    json!({ "changes": [{ "field": "mentions", "value": {
        "comment_id": format!("test_{}", now.as_millisecond()), "media_id": "0" } }] })
}

/// Somebody comments on a post.
fn comment_example(_account: &str, now: Timestamp) -> Json {
    json!({ "changes": [{ "field": "comments", "value": {
        "id": format!("test_{}", now.as_millisecond()), "media": { "id": "0", "media_product_type": "FEED" },
        "from": { "id": "0", "username": "fanfare" }, "text": "This is a test." } }] })
}

fn facts(told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    if told.kind.starts_with("messages") {
        return conversation(told);
    }
    let payload = Value(&told.payload);
    let value = payload.at("value");
    let fact = match payload.at("field").text().as_deref() {
        Some("comments" | "live_comments") => comment(told, value)?,
        Some("mentions") => mention(told, value)?,
        _ => return Ok(None),
    };
    Ok(Some(vec![InboundFact::Engagement(fact)]))
}

fn comment(told: &Notification, value: Value<'_>) -> Result<EngagementFact, NotUnderstood> {
    let id = value
        .at("id")
        .text()
        .or_else(|| value.at("comment_id").text())
        .ok_or_else(|| NotUnderstood::new("A comment has no id."))?;
    Ok(EngagementFact {
        kind: EngagementKind::Comment,
        change: RemoteChange::Added,
        remote_id: id,
        post_remote_id: value.at("media").at("id").text(),
        post_other_ids: Vec::new(),
        parent_remote_id: value.at("parent_id").text(),
        actor_id: value.at("from").at("id").text(),
        actor_name: value.at("from").at("username").text(),
        text: value.at("text").text(),
        at: at(told),
    })
}

fn mention(told: &Notification, value: Value<'_>) -> Result<EngagementFact, NotUnderstood> {
    let media = value.at("media_id").text();
    let id = value
        .at("comment_id")
        .text()
        .or_else(|| media.clone())
        .ok_or_else(|| NotUnderstood::new("A mention does not say where it is."))?;
    Ok(EngagementFact {
        kind: EngagementKind::Mention,
        change: RemoteChange::Added,
        remote_id: id,
        post_remote_id: media,
        post_other_ids: Vec::new(),
        parent_remote_id: None,
        actor_id: None,
        actor_name: None,
        text: None,
        at: at(told),
    })
}

fn at(told: &Notification) -> Timestamp {
    told.occurred_at.unwrap_or(Timestamp::UNIX_EPOCH)
}
