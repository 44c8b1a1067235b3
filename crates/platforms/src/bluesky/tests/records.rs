//! Facets, keys and records.

use fanfare_platform_kit::roles::Outgoing;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::walk::outgoing;
use crate::bluesky::card::Card;
use crate::bluesky::facets::{Mentions, facets, handles};
use crate::bluesky::record::{Parts, created_at, key, languages, next_key, record};

/// The bytes that each facet marks, with its feature.
fn marked(text: &str, mentions: &Mentions) -> Vec<(String, Value)> {
    facets(text, mentions)
        .into_iter()
        .map(|facet| {
            let at = |name: &str| usize::try_from(facet["index"][name].as_u64().unwrap()).unwrap();
            let bytes = &text.as_bytes()[at("byteStart")..at("byteEnd")];
            (
                String::from_utf8(bytes.to_vec()).unwrap(),
                facet["features"][0].clone(),
            )
        })
        .collect()
}

fn known() -> Mentions {
    Mentions::from([("ana.example.org".to_owned(), "did:plc:ana".to_owned())])
}

fn key_of_delivery(outgoing: &Outgoing) -> String {
    key(&outgoing.delivery_id, outgoing.began_at)
}

#[test]
fn facets_count_bytes_and_name_who_is_known() {
    let text = "🥐 @Ana.Example.org @who.example #paño https://ex.org/é (http://b.example/)";
    let kinds = "app.bsky.richtext.facet#";
    assert_eq!(
        marked(text, &known()),
        [
            (
                "@Ana.Example.org".into(),
                json!({"$type": format!("{kinds}mention"), "did": "did:plc:ana"})
            ),
            (
                "#paño".into(),
                json!({"$type": format!("{kinds}tag"), "tag": "paño"})
            ),
            (
                "https://ex.org/é".into(),
                json!({"$type": format!("{kinds}link"), "uri": "https://ex.org/%C3%A9"})
            ),
            (
                "http://b.example/".into(),
                json!({"$type": format!("{kinds}link"), "uri": "http://b.example/"})
            ),
        ]
    );
    let index = &facets(text, &known())[0]["index"];
    assert_eq!(
        (index["byteStart"].as_u64(), index["byteEnd"].as_u64()),
        (Some(5), Some(21))
    );
}

#[test]
fn only_domain_names_are_handles() {
    let text =
        "@ana.example.org @Ana.example.org, @bob @carl@floss.town @d_e.example @-a.example @x..y";
    assert_eq!(handles(text), ["ana.example.org"]);
}

#[test]
fn tags_that_the_server_would_refuse_stay_plain() {
    assert_eq!(marked(&format!("#{}", "a".repeat(64)), &known()).len(), 1);
    assert_eq!(marked(&format!("#{}", "a".repeat(65)), &known()).len(), 0);
}

#[test]
fn the_key_comes_from_the_delivery_alone() {
    let one = outgoing("text");
    let mut other = outgoing("another text");
    assert_eq!(key_of_delivery(&one), key_of_delivery(&other));
    assert_eq!(created_at(one.began_at), "2023-11-14T22:13:20.000Z");
    other.delivery_id = "another".into();
    assert_ne!(key_of_delivery(&one), key_of_delivery(&other));
    // The letters of a TID, as the server checks them.
    assert_eq!(key_of_delivery(&one).len(), 13);
    assert!(key_of_delivery(&one).starts_with(|first| "234567abcdefghij".contains(first)));
    assert!(
        key_of_delivery(&one)
            .chars()
            .all(|letter| "234567abcdefghijklmnopqrstuvwxyz".contains(letter))
    );
}

#[test]
fn a_record_is_what_was_composed() {
    let post = outgoing("plain");
    let parts = |blobs, card| Parts {
        created_at: "2023-11-14T22:13:20.000Z",
        mentions: &NOBODY,
        blobs,
        card,
    };
    static NOBODY: Mentions = Mentions::new();
    assert_eq!(
        record(&post, &parts(&[], None)),
        json!({"$type": "app.bsky.feed.post", "text": "plain", "createdAt": "2023-11-14T22:13:20.000Z"})
    );
    let card = Card {
        uri: "https://a.bc/".into(),
        title: "A".into(),
        description: String::new(),
        thumb: None,
    };
    assert_eq!(
        record(&post, &parts(&[], Some(&card)))["embed"],
        json!({"$type": "app.bsky.embed.external", "external": {"uri": "https://a.bc/", "title": "A", "description": ""}})
    );
    let thumb =
        json!({"$type": "blob", "ref": {"$link": "bafy"}, "mimeType": "image/png", "size": 9});
    let with_picture = Card {
        thumb: Some(thumb.clone()),
        ..card.clone()
    };
    assert_eq!(
        record(&post, &parts(&[], Some(&with_picture)))["embed"]["external"]["thumb"],
        thumb
    );
}

#[test]
fn languages_as_people_write_them() {
    let of =
        |value: Value| languages(&serde_json::from_value(json!({ "languages": value })).unwrap());
    let list = |list: &[&str]| Some(list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    assert_eq!(of(json!("en")), list(&["en"]));
    assert_eq!(
        of(json!("en, pt-BR;  zh-Hans")),
        list(&["en", "pt-BR", "zh-Hans"])
    );
    assert_eq!(of(json!("")), list(&[]));
    assert_eq!(of(Value::Null), list(&[]));
    for bad in ["en, es, fr, de", "english", "e", "en_US", "é"] {
        assert_eq!(of(json!(bad)), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn facets_lie_in_the_text_in_order(text in "([a-z@#. é日🎉]|https://a\\.bc/|@ana\\.example\\.org)*") {
        let mut behind = 0;
        for facet in facets(&text, &known()) {
            let start = facet["index"]["byteStart"].as_u64().unwrap();
            let end = facet["index"]["byteEnd"].as_u64().unwrap();
            prop_assert!(behind <= start && start < end && end <= text.len() as u64);
            prop_assert!(text.is_char_boundary(usize::try_from(start).unwrap()));
            prop_assert!(text.is_char_boundary(usize::try_from(end).unwrap()));
            behind = end;
        }
    }

    #[test]
    fn keys_sort_by_time_and_the_next_lies_behind(id in "[a-z0-9]{8}", millis in 0_i64..4_000_000_000_000, later in 1_i64..1_000_000) {
        let at = |millis| key(&id, Timestamp::from_millisecond(millis).unwrap());
        let (first, second) = (at(millis), at(millis + later));
        prop_assert!(first < second);
        prop_assert!(first < next_key(&first));
        prop_assert_eq!(next_key(&first).len(), 13);
        prop_assert_eq!(at(millis), first);
    }

    #[test]
    fn times_are_written_to_the_millisecond(millis in 0_i64..4_000_000_000_000) {
        let began_at = Timestamp::UNIX_EPOCH + SignedDuration::from_millis(millis);
        let written = created_at(began_at);
        prop_assert_eq!(written.len(), 24);
        prop_assert_eq!(written.parse::<Timestamp>().unwrap(), began_at);
    }
}
