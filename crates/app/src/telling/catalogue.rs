//! Everything that programs outside can be told, with an example of each.

use serde_json::{Value as Json, json};

/// One kind of message.
#[derive(Debug, Clone, Copy)]
pub struct EventType {
    pub name: &'static str,
    /// When it is sent.
    pub about: &'static str,
}

/// All kinds, as the interface lists them.
pub const EVENT_TYPES: &[EventType] = &[
    of(
        "post.scheduled",
        "A post was decided to go out, or its time was changed.",
    ),
    of("post.published", "A post is live on all its channels."),
    of(
        "post.partly_published",
        "A post is over: live on some channels, failed on others.",
    ),
    of("post.failed", "A post is over and live nowhere."),
    of(
        "post.cancelled",
        "A post was called off before it went out.",
    ),
    of("post.deleted", "A post that never went out was deleted."),
    of("delivery.published", "A post is live on one channel."),
    of(
        "delivery.failed",
        "A post could not be published on one channel.",
    ),
    of(
        "delivery.needs_attention",
        "Nobody can tell whether a post is live on one channel; a person has to look.",
    ),
    of(
        "delivery.missed",
        "Fanfare was not running, or the channel was paused, when a post was due on one channel.",
    ),
    of(
        "delivery.edited_there",
        "A post was changed at the platform.",
    ),
    of(
        "delivery.removed_there",
        "A post was removed at the platform.",
    ),
    of(
        "engagement.added",
        "Somebody commented, reacted, mentioned or shared.",
    ),
    of("engagement.edited", "Somebody changed a comment."),
    of(
        "engagement.removed",
        "Somebody took a comment or a reaction back.",
    ),
    of("message.received", "Somebody wrote to a connected account."),
    of(
        "message.status_changed",
        "A message of a connected account arrived or was read.",
    ),
    of(
        "connection.connected",
        "An account was connected, for the first time or again.",
    ),
    of("connection.disconnected", "An account was disconnected."),
    of(
        "connection.needs_attention",
        "A connected account works no more, or will not for long.",
    ),
    of(
        "connection.restored",
        "A connected account works again by itself.",
    ),
    of("webhook.test", "Somebody pressed the test button."),
];

const fn of(name: &'static str, about: &'static str) -> EventType {
    EventType { name, about }
}

const POST: &str = "01a3c0de-0000-7000-8000-000000000001";
const DELIVERY: &str = "01a3c0de-0000-7000-8000-000000000002";
const CHANNEL: &str = "01a3c0de-0000-7000-8000-000000000003";
const AT: &str = "2026-12-01T09:00:00Z";

impl EventType {
    /// A whole message of this kind.
    #[must_use]
    pub fn example(&self) -> Json {
        json!({ "type": self.name, "timestamp": AT, "data": example_data(self) })
    }
}

/// The `data` of an example.
pub(super) fn example_data(kind: &EventType) -> Json {
    let (thing, what) = kind.name.split_once('.').expect("names have two parts");
    match thing {
        "post" => {
            json!({ "post": post(what), "deliveries": [delivery(if what == "partly_published" { "published" } else { what })] })
        }
        "delivery" => match what {
            "edited_there" | "removed_there" => {
                json!({ "delivery": delivery("published"), "post": post("published"), "changed_there_at": AT })
            }
            _ => json!({ "delivery": delivery(what), "post": post(what) }),
        },
        "engagement" => json!({ "engagement": {
            "channel": channel(), "delivery_id": DELIVERY, "kind": "comment", "remote_id": "123_456", "post_remote_id": "123",
            "parent_remote_id": null, "actor": { "id": "789", "name": "Grace" },
            "text": if what == "removed" { Json::Null } else { json!("Lovely!") }, "at": AT } }),
        "message" => json!({ "message": {
            "id": "01a3c0de-0000-7000-8000-000000000004", "channel": channel(),
            "kind": if what == "received" { "messages" } else { "statuses" }, "remote_id": "wamid.1", "contact": "34600000000",
            "text": if what == "received" { json!("Are you open on Sunday?") } else { Json::Null }, "at": AT } }),
        "connection" => json!({ "connection": {
            "id": "01a3c0de-0000-7000-8000-000000000005", "platform": "mastodon", "name": "@ada@mastodon.example",
            "status": match what { "disconnected" => "disconnected", "needs_attention" => "expired", _ => "connected" },
            "expires_at": null, "error": null } }),
        _ => json!({ "text": "This is a test." }),
    }
}

fn post(state: &str) -> Json {
    let state = if state == "deleted" { "draft" } else { state };
    json!({ "id": POST, "state": state, "text": "We are open.", "scheduled_at": AT, "time_zone": "Europe/Madrid",
        "author": { "id": "01a3c0de-0000-7000-8000-000000000006", "name": "Ada" }, "created_at": AT })
}

fn delivery(state: &str) -> Json {
    let state = if state == "deleted" { "draft" } else { state };
    let is_out = state == "published";
    let when_out = |value: &str| if is_out { json!(value) } else { Json::Null };
    let error = matches!(state, "failed" | "needs_attention" | "missed").then(
        || json!({ "code": "media_rejected", "detail": "The platform did not accept a picture or video.", "advice": "edit" }),
    );
    json!({ "id": DELIVERY, "post_id": POST, "channel": channel(), "state": state, "due_at": AT, "attempts": 1,
        "published_at": when_out(AT), "remote_id": when_out("123"), "permalink": when_out("https://mastodon.example/@ada/123"),
        "error": error })
}

fn channel() -> Json {
    json!({ "id": CHANNEL, "platform": "mastodon", "name": "@ada@mastodon.example" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_an_example_that_is_small() {
        for kind in EVENT_TYPES {
            let example = kind.example();
            assert_eq!(example["type"], kind.name);
            assert!(example.to_string().len() < 20_000);
        }
    }
}
