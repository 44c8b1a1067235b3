//! What the webhooks of Instagram accounts mean, by the documentation's examples.

use fanfare_domain::webhook::{EngagementKind, RemoteChange};
use fanfare_platform_kit::roles::{EngagementFact, InboundFact, NotUnderstood, Webhooks};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::instagram::webhooks::WEBHOOKS;

fn change(field: &str, value: &Value) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
    let body = json!({ "object": "instagram", "entry": [{ "id": "17841", "time": 1_790_000_000, "changes": [{ "field": field, "value": value }] }] });
    let told = WEBHOOKS.split(body.to_string().as_bytes()).unwrap();
    WEBHOOKS.facts(&told[0])
}

#[test]
fn a_comment_has_its_id_under_either_name() {
    for name in ["id", "comment_id"] {
        let mut value = json!({ "from": { "id": "igsid", "username": "ann" }, "text": "wow", "parent_id": "17880", "media": { "id": "17918" } });
        value[name] = json!("17890");
        let expected = EngagementFact {
            kind: EngagementKind::Comment,
            change: RemoteChange::Added,
            remote_id: "17890".to_owned(),
            post_remote_id: Some("17918".to_owned()),
            post_other_ids: Vec::new(),
            parent_remote_id: Some("17880".to_owned()),
            actor_id: Some("igsid".to_owned()),
            actor_name: Some("ann".to_owned()),
            text: Some("wow".to_owned()),
            at: Timestamp::from_second(1_790_000_000).unwrap(),
        };
        assert_eq!(
            change("comments", &value),
            Ok(Some(vec![InboundFact::Engagement(expected)]))
        );
    }
}

#[test]
fn a_mention_is_where_it_is_made() {
    let found = change(
        "mentions",
        &json!({ "media_id": "17918", "comment_id": "17894" }),
    );
    let Ok(Some(facts)) = found else {
        panic!("{found:?}");
    };
    assert!(
        matches!(&facts[..], [InboundFact::Engagement(fact)] if fact.kind == EngagementKind::Mention && fact.remote_id == "17894")
    );
}

#[test]
fn what_is_not_known_is_told_from_what_is_wrong() {
    assert_eq!(
        change("story_insights", &json!({ "media_id": "1" })),
        Ok(None)
    );
    assert!(change("comments", &json!({ "text": "wow" })).is_err());
    assert!(change("mentions", &json!({})).is_err());
}
