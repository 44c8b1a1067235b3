//! What a Page's webhooks mean.

use fanfare_domain::webhook::{EngagementKind, RemoteChange, TestKind};
use fanfare_platform_kit::roles::{
    EngagementFact, InboundFact, NotUnderstood, Notification, PostFact,
};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::post_ids;
use crate::meta_graph::webhooks::{MetaWebhooks, Value, conversation, message_example};

pub const WEBHOOKS: MetaWebhooks = MetaWebhooks {
    object: "page",
    facts,
    examples: &[
        (TestKind::Comment, comment_example),
        (TestKind::Reaction, reaction_example),
        (TestKind::Post, post_example),
        (TestKind::Message, message_example),
    ],
};

/// Somebody comments on a post.
fn comment_example(account: &str, now: Timestamp) -> Json {
    let at = now.as_millisecond();
    feed_example(
        &json!({ "item": "comment", "verb": "add", "comment_id": format!("test_{at}"),
        "post_id": format!("{account}_0"), "parent_id": format!("{account}_0"), "from": { "id": "0", "name": "Fanfare" },
        "created_time": now.as_second(), "message": "This is a test." }),
    )
}

/// Somebody likes a post.
fn reaction_example(account: &str, now: Timestamp) -> Json {
    feed_example(
        &json!({ "item": "reaction", "verb": "add", "reaction_type": "like", "post_id": format!("{account}_{}", now.as_millisecond()),
        "from": { "id": "0", "name": "Fanfare" }, "created_time": now.as_second() }),
    )
}

/// A post appears on the Page.
fn post_example(account: &str, now: Timestamp) -> Json {
    feed_example(
        &json!({ "item": "status", "verb": "add", "post_id": format!("{account}_{}", now.as_millisecond()),
        "from": { "id": account, "name": "Fanfare" }, "created_time": now.as_second(), "message": "This is a test." }),
    )
}

fn feed_example(value: &Json) -> Json {
    json!({ "changes": [{ "field": "feed", "value": value }] })
}

fn facts(told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    if told.kind.starts_with("messages") {
        return conversation(told);
    }
    let payload = Value(&told.payload);
    match payload.at("field").text().as_deref() {
        Some("feed") => feed(told, payload.at("value")),
        Some("mention") => mention(told, payload.at("value")),
        _ => Ok(None),
    }
}

fn feed(told: &Notification, value: Value<'_>) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let need = |name: &str| {
        let found = value.at(name).text();
        found.ok_or_else(|| NotUnderstood::new(format!("A change of the feed has no {name}.")))
    };
    let need_post = || {
        let found = post_id(value);
        found.ok_or_else(|| NotUnderstood::new("A change of the feed names no post."))
    };
    let item = need("item")?;
    let Some(change) = change_of(&need("verb")?) else {
        return Ok(None);
    };
    let at = at(told, value);
    let fact = match item.as_str() {
        "post" | "status" | "photo" | "video" | "album" | "link" => InboundFact::Post(PostFact {
            other_ids: other_ids(value),
            remote_id: need_post()?,
            change,
            permalink: value.at("post").at("permalink_url").text(),
            at,
        }),
        "comment" => {
            let fact = EngagementFact {
                parent_remote_id: value.at("parent_id").text(),
                text: value.at("message").text(),
                ..engagement(
                    EngagementKind::Comment,
                    change,
                    need("comment_id")?,
                    value,
                    at,
                )
            };
            InboundFact::Engagement(fact)
        }
        "reaction" | "like" => {
            // One person has one reaction to one thing, and may change it.
            let about = value.at("comment_id").text().map_or_else(need_post, Ok)?;
            let by = by(value, "id").unwrap_or_default();
            let what = value.at("reaction_type").text();
            let fact = EngagementFact {
                parent_remote_id: value.at("comment_id").text(),
                text: what.or_else(|| Some("like".to_owned())),
                ..engagement(
                    EngagementKind::Reaction,
                    change,
                    format!("{about}:{by}"),
                    value,
                    at,
                )
            };
            InboundFact::Engagement(fact)
        }
        "share" => {
            let id = value.at("share_id").text().map_or_else(need_post, Ok)?;
            let fact = engagement(EngagementKind::Share, change, id, value, at);
            InboundFact::Engagement(fact)
        }
        _ => return Ok(None),
    };
    Ok(Some(vec![fact]))
}

fn mention(
    told: &Notification,
    value: Value<'_>,
) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let id = value
        .at("comment_id")
        .text()
        .or_else(|| value.at("post_id").text())
        .ok_or_else(|| NotUnderstood::new("A mention does not say where it is."))?;
    let verb = value.at("verb").text().unwrap_or_else(|| "add".to_owned());
    let Some(change) = change_of(&verb) else {
        return Ok(None);
    };
    let at = at(told, value);
    let fact = EngagementFact {
        text: value.at("message").text(),
        ..engagement(EngagementKind::Mention, change, id, value, at)
    };
    Ok(Some(vec![InboundFact::Engagement(fact)]))
}

fn engagement(
    kind: EngagementKind,
    change: RemoteChange,
    remote_id: String,
    value: Value<'_>,
    at: Timestamp,
) -> EngagementFact {
    EngagementFact {
        kind,
        change,
        remote_id,
        post_remote_id: post_id(value),
        post_other_ids: other_ids(value),
        parent_remote_id: None,
        actor_id: by(value, "id"),
        actor_name: by(value, "name"),
        text: None,
        at,
    }
}

/// What the feed calls the post. Of a video it may say no more than which one it is.
fn post_id(value: Value<'_>) -> Option<String> {
    let post = value.at("post_id").text();
    post.or_else(|| value.at("video_id").text())
}

fn other_ids(value: Value<'_>) -> Vec<String> {
    let video = value.at("video_id").text();
    let address = value.at("post").at("permalink_url").text();
    let post = post_id(value).unwrap_or_default();
    post_ids::other_ids(&post, video.as_deref(), address.as_deref())
}

/// Who did it. Mentions say it in fields of their own (`sender_id`), the feed in one (`from.id`); either may come.
fn by(value: Value<'_>, what: &str) -> Option<String> {
    let from = value.at("from").at(what).text();
    from.or_else(|| value.at(&format!("sender_{what}")).text())
}

fn change_of(verb: &str) -> Option<RemoteChange> {
    match verb {
        "add" | "unhide" => Some(RemoteChange::Added),
        "edit" | "edited" | "update" => Some(RemoteChange::Edited),
        "remove" | "delete" | "hide" => Some(RemoteChange::Removed),
        _ => None,
    }
}

fn at(told: &Notification, value: Value<'_>) -> Timestamp {
    // An edit or a removal carries the time at which the thing itself was made; the request says when it was told.
    let created = value.at("created_time").instant();
    let sent = Value(&told.payload).at("entry").at("time").instant();
    sent.max(created).unwrap_or(Timestamp::UNIX_EPOCH)
}
