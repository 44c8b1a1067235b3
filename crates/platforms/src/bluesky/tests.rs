//! Bluesky's errors, facets and records, and the walk where the real server cannot be made to fail.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::Publish;
use fanfare_platform_kit::{Content, MediaFacts, MediaKind, Options};
use serde_json::json;

use super::Bluesky;
use super::errors::refusal;
use crate::meta_graph::refusal_table;

mod records;
mod walk;

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), refusal);
}

#[test]
fn findings_before_anything_is_sent() {
    let picture = |mime: &str, bytes| MediaFacts {
        id: "1".into(),
        kind: MediaKind::Image,
        mime: mime.into(),
        bytes,
        width: 4_000,
        height: 300,
        duration_millis: None,
        alt: "A loaf".into(),
    };
    let check = |text: &str, media: &[MediaFacts], languages: &str| {
        let options: Options = serde_json::from_value(json!({ "languages": languages })).unwrap();
        let content = Content {
            text,
            media,
            options: &options,
        };
        let findings = Bluesky::new().check(&walk::outgoing("").channel, &content);
        findings
            .into_iter()
            .map(|found| (found.field, found.code))
            .collect::<Vec<_>>()
    };
    let found = |field: &str, code| vec![(field.to_owned(), code)];
    assert_eq!(check(&"é".repeat(300), &[], "en, es"), []);
    assert_eq!(
        check(&"é".repeat(301), &[], ""),
        found("text", ErrorCode::TextTooLong)
    );
    assert_eq!(
        check(&"👨‍👩‍👧‍👦".repeat(121), &[], ""),
        found("text", ErrorCode::TextTooLong)
    );
    assert_eq!(check("", &[], ""), found("text", ErrorCode::TextRequired));
    assert_eq!(check("", &[picture("image/jpeg", 1_000_000)], ""), []);
    assert_eq!(
        check("", &[picture("image/jpeg", 1_000_001)], ""),
        found("media.0", ErrorCode::MediaTooLarge)
    );
    assert_eq!(
        check("", &[picture("image/gif", 9)], ""),
        found("media.0", ErrorCode::MediaTypeNotAllowed)
    );
    assert_eq!(
        check("text", &[], "english"),
        found("options.languages", ErrorCode::NotAllowed)
    );
}
