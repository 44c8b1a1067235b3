//! Mastodon's errors, instances' addresses and limits, and what is checked before anything is sent.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::manifest::{ContentRules, TextCount};
use fanfare_platform_kit::roles::{ChannelRef, Connect, ConnectFields, Publish};
use fanfare_platform_kit::{Advice, Content, Options};
use serde_json::{Value, json};

use super::Mastodon;
use super::errors::refusal;
use super::instance::Limits;
use crate::meta_graph::refusal_table;

mod looking;

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), refusal);
}

fn registered_at(typed: &str) -> Result<String, (Advice, ErrorCode)> {
    let fields = ConnectFields::from([("instance".to_owned(), Secret::new(typed))]);
    match Mastodon::new().registration_key(&fields) {
        Ok(key) => Ok(key.unwrap()),
        Err(error) => Err((error.advice, error.code)),
    }
}

#[test]
fn instances_as_people_type_them() {
    for typed in [
        "mastodon.social",
        " Mastodon.Social\n",
        "https://mastodon.social",
        "https://mastodon.social/",
        "https://mastodon.social/@me?page=1#top",
        "mastodon.social/@me",
        "@me@mastodon.social",
        "me@mastodon.social",
        "https://mastodon.social:443",
    ] {
        assert_eq!(
            registered_at(typed).as_deref(),
            Ok("https://mastodon.social"),
            "{typed:?}"
        );
    }
    assert_eq!(
        registered_at("http://127.0.0.1:3000/mastodon").as_deref(),
        Ok("http://127.0.0.1:3000")
    );
    assert_eq!(
        registered_at("localhost:3000").as_deref(),
        Ok("https://localhost:3000")
    );
    assert_eq!(
        registered_at("bücher.example").as_deref(),
        Ok("https://xn--bcher-kva.example")
    );
    let fix = || Advice::FixContent {
        field: "instance".into(),
    };
    for typed in ["", "  "] {
        assert_eq!(registered_at(typed), Err((fix(), ErrorCode::Required)));
    }
    for typed in [
        "mastodon",
        "@me",
        "ftp://mastodon.social",
        "mastodon social",
        "https://",
        "javascript://x.y",
    ] {
        assert_eq!(
            registered_at(typed),
            Err((fix(), ErrorCode::InvalidUrl)),
            "{typed}"
        );
    }
}

fn channel(limits: Value) -> ChannelRef {
    ChannelRef {
        id: "c1".into(),
        remote_id: "1@floss.town".into(),
        name: "@me@floss.town".into(),
        kind: "account".into(),
        limits,
    }
}

fn stored(instance: &str) -> Value {
    let answer: Value = serde_json::from_str(instance).unwrap();
    serde_json::to_value(Limits::read(&answer)).unwrap()
}

fn rules(limits: Value, options: Value) -> ContentRules {
    let options: Options = serde_json::from_value(options).unwrap();
    Mastodon::new()
        .rules(&channel(limits), &options)
        .into_owned()
}

#[test]
fn an_instances_limits_replace_ours() {
    let rules = rules(stored(include_str!("fixtures/instance_v2.json")), json!({}));
    assert_eq!(rules.text.max, Some(5_000));
    assert_eq!(rules.text.count, TextCount::Mastodon { url_length: 30 });
    assert_eq!(
        (rules.media.max_items, rules.media.alt_max),
        (6, Some(2_000))
    );
    let (image, video) = (rules.media.image.unwrap(), rules.media.video.unwrap());
    assert_eq!(
        (image.max_items, image.max_bytes, image.max_pixels),
        (6, Some(8_388_608), Some(16_777_216))
    );
    assert_eq!(image.mimes, ["image/jpeg", "image/png", "image/gif"]);
    assert_eq!((video.max_items, video.max_bytes), (1, Some(41_943_040)));
    assert_eq!(video.mimes, ["video/mp4"]);
}

#[test]
fn where_an_instance_is_silent_mastodons_own_limits_apply() {
    let ours = Mastodon::new().manifest.content;
    for limits in [
        Value::Null,
        json!({}),
        json!("nonsense"),
        stored("{}"),
        stored("[]"),
        stored(r#"{"configuration": 5}"#),
    ] {
        let rules = rules(limits.clone(), json!({}));
        assert_eq!(
            serde_json::to_value(&rules).unwrap(),
            serde_json::to_value(&ours).unwrap(),
            "{limits}"
        );
    }
    let pleroma = rules(
        stored(include_str!("fixtures/instance_v1_pleroma.json")),
        json!({}),
    );
    assert_eq!(
        (pleroma.text.max, pleroma.media.max_items),
        (Some(20_000), 4)
    );
    assert!(!pleroma.media.image.unwrap().mimes.is_empty());
}

#[test]
fn a_content_warning_counts_as_text() {
    let with = |warning: &str| {
        rules(Value::Null, json!({ "content_warning": warning }))
            .text
            .max
    };
    assert_eq!(with(""), Some(500));
    assert_eq!(with("  "), Some(500));
    assert_eq!(with("Käse 🧀"), Some(494));
    assert_eq!(with(&"x".repeat(600)), Some(0));
}

#[test]
fn findings_before_anything_is_sent() {
    let check = |text: &str, options: Value| {
        let options: Options = serde_json::from_value(options).unwrap();
        let content = Content {
            text,
            media: &[],
            options: &options,
        };
        let findings = Mastodon::new().check(&channel(Value::Null), &content);
        findings
            .into_iter()
            .map(|found| (found.field, found.code))
            .collect::<Vec<_>>()
    };
    let found = |field: &str, code| vec![(field.to_owned(), code)];
    assert_eq!(
        check(
            &format!(
                "https://example.org/{} {}",
                "a".repeat(600),
                "b".repeat(476)
            ),
            json!({})
        ),
        []
    );
    assert_eq!(
        check(
            &format!("https://example.org/ {}", "b".repeat(477)),
            json!({})
        ),
        found("text", ErrorCode::TextTooLong)
    );
    assert_eq!(
        check(&"b".repeat(499), json!({"content_warning": "ab"})),
        found("text", ErrorCode::TextTooLong)
    );
    for language in ["en", "pt-BR", "gsw", ""] {
        assert_eq!(
            check("text", json!({ "language": language })),
            [],
            "{language}"
        );
    }
    for language in ["english", "EN", "e", "en_US"] {
        assert_eq!(
            check("text", json!({ "language": language })),
            found("options.language", ErrorCode::NotAllowed),
            "{language}"
        );
    }
    assert_eq!(
        check("text", json!({"visibility": "secret"})),
        found("options.visibility", ErrorCode::NotAllowed)
    );
}
