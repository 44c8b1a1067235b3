//! What a Page's webhooks mean, by the documentation's examples.

use fanfare_domain::webhook::{EngagementKind, MessageStep, RemoteChange};
use fanfare_platform_kit::roles::{
    EngagementFact, InboundFact, MessageFact, NotUnderstood, PostFact, Webhooks,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::facebook::webhooks::WEBHOOKS;

type Facts = Result<Option<Vec<InboundFact>>, NotUnderstood>;

fn feed(value: &Value) -> Facts {
    one(
        &json!({ "id": "1122", "time": 1_790_000_001, "changes": [{ "field": "feed", "value": value }] }),
    )
}

fn one(entry: &Value) -> Facts {
    let body = json!({ "object": "page", "entry": [entry] }).to_string();
    let told = WEBHOOKS.split(body.as_bytes()).unwrap();
    WEBHOOKS.facts(&told[0])
}

fn told_at() -> Timestamp {
    Timestamp::from_second(1_790_000_001).unwrap()
}

fn by_ann(kind: EngagementKind, change: RemoteChange, remote_id: &str) -> EngagementFact {
    EngagementFact {
        kind,
        change,
        remote_id: remote_id.to_owned(),
        post_remote_id: Some("1122_3344".to_owned()),
        post_other_ids: vec!["3344".to_owned()],
        parent_remote_id: None,
        actor_id: Some("99".to_owned()),
        actor_name: Some("Ann".to_owned()),
        text: None,
        at: told_at(),
    }
}

#[test]
fn a_comment_is_engagement_with_its_post() {
    let found = feed(
        &json!({ "from": { "id": "99", "name": "Ann" }, "item": "comment", "verb": "add", "comment_id": "3344_5566",
        "post_id": "1122_3344", "parent_id": "1122_3344", "created_time": 1_790_000_000, "message": "Nice" }),
    );
    let expected = EngagementFact {
        parent_remote_id: Some("1122_3344".to_owned()),
        text: Some("Nice".to_owned()),
        ..by_ann(EngagementKind::Comment, RemoteChange::Added, "3344_5566")
    };
    assert_eq!(found, Ok(Some(vec![InboundFact::Engagement(expected)])));
}

#[test]
fn one_person_has_one_reaction_to_a_post() {
    let react = |verb: &str, what: &str| {
        feed(
            &json!({ "from": { "id": "99", "name": "Ann" }, "item": "reaction", "verb": verb, "reaction_type": what,
            "post_id": "1122_3344", "created_time": 1_790_000_000 }),
        )
    };
    for (verb, change) in [
        ("add", RemoteChange::Added),
        ("edit", RemoteChange::Edited),
        ("remove", RemoteChange::Removed),
    ] {
        let expected = EngagementFact {
            text: Some("love".to_owned()),
            ..by_ann(EngagementKind::Reaction, change, "1122_3344:99")
        };
        assert_eq!(
            react(verb, "love"),
            Ok(Some(vec![InboundFact::Engagement(expected)]))
        );
    }
}

#[test]
fn whoever_mentions_the_page_is_known_however_it_is_said() {
    let ann = (Some("99"), Some("Ann"));
    for (said, (id, name)) in [
        (json!({ "sender_id": "99", "sender_name": "Ann" }), ann),
        (json!({ "sender_id": 99, "sender_name": "Ann" }), ann),
        (json!({ "from": { "id": "99", "name": "Ann" } }), ann),
        (json!({ "from": { "id": "99" }, "sender_name": "Ann" }), ann),
        (
            json!({ "from": { "id": "99", "name": "Ann" }, "sender_id": "1", "sender_name": "Ben" }),
            ann,
        ),
        (
            json!({ "from": null, "sender_id": "99" }),
            (Some("99"), None),
        ),
        (
            json!({ "sender_id": "", "sender_name": null }),
            (None, None),
        ),
        (json!({}), (None, None)),
    ] {
        for (place, remote_id) in [
            (json!({ "post_id": "1122_3344" }), "1122_3344"),
            (
                json!({ "post_id": "1122_3344", "comment_id": "3344_5566" }),
                "3344_5566",
            ),
        ] {
            let mut value = json!({ "item": "comment", "verb": "add", "message": "Hello @Harbour Bakery", "created_time": 1_790_000_000 });
            for part in [&said, &place] {
                let part = part.as_object().unwrap().clone();
                value.as_object_mut().unwrap().extend(part);
            }
            let found = one(
                &json!({ "id": "1122", "time": 1_790_000_001, "changes": [{ "field": "mention", "value": value }] }),
            );
            let expected = EngagementFact {
                actor_id: id.map(str::to_owned),
                actor_name: name.map(str::to_owned),
                text: Some("Hello @Harbour Bakery".to_owned()),
                ..by_ann(EngagementKind::Mention, RemoteChange::Added, remote_id)
            };
            assert_eq!(
                found,
                Ok(Some(vec![InboundFact::Engagement(expected)])),
                "{value}"
            );
        }
    }
}

#[test]
fn what_becomes_of_a_post_is_told() {
    for (item, verb, change) in [
        ("status", "edited", RemoteChange::Edited),
        ("photo", "add", RemoteChange::Added),
        ("video", "remove", RemoteChange::Removed),
    ] {
        let found = feed(
            &json!({ "item": item, "verb": verb, "post_id": "1122_3344", "created_time": 1_790_000_000,
            "post": { "permalink_url": "https://www.facebook.com/3344" } }),
        );
        let expected = PostFact {
            remote_id: "1122_3344".to_owned(),
            other_ids: vec!["3344".to_owned()],
            change,
            permalink: Some("https://www.facebook.com/3344".to_owned()),
            at: told_at(),
        };
        assert_eq!(found, Ok(Some(vec![InboundFact::Post(expected)])));
    }
}

#[test]
fn a_video_is_named_by_its_post_and_by_itself() {
    let named = |more: Value| {
        let mut value = json!({ "item": "video", "verb": "remove", "created_time": 1_790_000_000 });
        let more = more.as_object().unwrap().clone();
        value.as_object_mut().unwrap().extend(more);
        match feed(&value).unwrap().as_deref() {
            Some([InboundFact::Post(fact)]) => (fact.remote_id.clone(), fact.other_ids.clone()),
            other => panic!("{other:?}"),
        }
    };
    let reel = json!({ "permalink_url": "https://www.facebook.com/reel/77/" });
    for (said, id, others) in [
        (
            json!({ "post_id": "1122_77", "video_id": 77 }),
            "1122_77",
            vec!["77"],
        ),
        (
            json!({ "post_id": "1122_3344", "video_id": "77" }),
            "1122_3344",
            vec!["77", "3344"],
        ),
        (
            json!({ "post_id": "1122_3344", "post": reel }),
            "1122_3344",
            vec!["3344", "77"],
        ),
        (json!({ "video_id": "77" }), "77", vec![]),
    ] {
        let others = others.into_iter().map(str::to_owned).collect();
        assert_eq!(named(said.clone()), (id.to_owned(), others), "{said}");
    }
}

#[test]
fn messages_name_whom_they_are_with() {
    let talk = |from: &str, to: &str| {
        one(
            &json!({ "id": "1122", "time": 1_790_000_000_123_i64, "messaging": [{ "sender": { "id": from }, "recipient": { "id": to },
            "timestamp": 1_790_000_000_100_i64, "message": { "mid": "m_1", "text": "hello" } }] }),
        )
    };
    let expected = InboundFact::Message(MessageFact {
        kind: "messages".to_owned(),
        step: MessageStep::Written,
        remote_id: "m_1".to_owned(),
        contact: "ann".to_owned(),
        text: Some("hello".to_owned()),
        at: Timestamp::from_millisecond(1_790_000_000_100).unwrap(),
    });
    assert_eq!(talk("ann", "1122"), Ok(Some(vec![expected.clone()])));
    assert_eq!(talk("1122", "ann"), Ok(Some(vec![expected])));
}

#[test]
fn what_somebody_wrote_is_told_from_what_became_of_a_message() {
    let echo = json!({ "mid": "m", "is_echo": true });
    for (what, content, step) in [
        ("message", json!({ "mid": "m" }), MessageStep::Written),
        ("message", echo, MessageStep::Echoed),
        (
            "read",
            json!({ "watermark": 1 }),
            MessageStep::StatusChanged,
        ),
        (
            "delivery",
            json!({ "mids": ["m"] }),
            MessageStep::StatusChanged,
        ),
        ("reaction", json!({ "emoji": "❤" }), MessageStep::Other),
    ] {
        let mut talk =
            json!({ "sender": { "id": "ann" }, "recipient": { "id": "1122" }, "timestamp": 1 });
        talk[what] = content;
        let facts = one(&json!({ "id": "1122", "time": 1, "messaging": [talk] })).unwrap();
        let Some([InboundFact::Message(fact)]) = facts.as_deref() else {
            panic!("{what}: {facts:?}");
        };
        assert_eq!(fact.step, step, "{what}");
    }
}

#[test]
fn what_is_not_known_is_told_from_what_is_wrong() {
    assert_eq!(feed(&json!({ "item": "event", "verb": "add" })), Ok(None));
    assert_eq!(
        feed(&json!({ "item": "comment", "verb": "block", "comment_id": "1" })),
        Ok(None)
    );
    assert!(feed(&json!({ "item": "comment", "verb": "add" })).is_err());
    assert!(feed(&json!({})).is_err());
    assert_eq!(
        one(&json!({ "id": "1", "time": 1, "changes": [{ "field": "ratings", "value": {} }] })),
        Ok(None)
    );
}
