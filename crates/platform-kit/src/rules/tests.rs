//! Each rule, by one either side of its limit.

mod files;
mod limits;

use super::*;
use crate::content::{MediaFacts, MediaKind, Options};
use crate::manifest::{
    Choice, ImageRule, MediaRule, OptionKind, OptionSpec, TextCount, TextRule, VideoRule,
};
use serde_json::json;

fn rules() -> ContentRules {
    let choice = |value| Choice {
        value,
        label: value,
    };
    ContentRules {
        text: TextRule {
            max: Some(300),
            count: TextCount::Graphemes,
            max_bytes: Some(3000),
            required_without_media: true,
        },
        media: MediaRule {
            required: false,
            max_items: 4,
            mixed: false,
            image: Some(ImageRule {
                mimes: vec!["image/jpeg", "image/png"],
                max_items: 4,
                max_bytes: Some(8_000_000),
                min_width: Some(320),
                max_pixels: Some(33_177_600),
                min_ratio: Some(0.8),
                max_ratio: Some(1.91),
            }),
            video: Some(VideoRule {
                mimes: vec!["video/mp4"],
                max_items: 1,
                max_bytes: Some(100_000_000),
                min_millis: Some(3_000),
                max_millis: Some(60_000),
                min_ratio: None,
                max_ratio: None,
            }),
            alt_max: Some(1_000),
        },
        hashtags_max: Some(3),
        mentions_max: Some(2),
        links_clickable: true,
        options: vec![
            OptionSpec {
                name: "visibility",
                label: "Visibility",
                help: "",
                kind: OptionKind::Choice {
                    choices: vec![choice("public"), choice("private")],
                    default: "public",
                },
            },
            OptionSpec {
                name: "warning",
                label: "Warning",
                help: "",
                kind: OptionKind::Text { max: 10 },
            },
            OptionSpec {
                name: "sensitive",
                label: "Sensitive",
                help: "",
                kind: OptionKind::Flag { default: false },
            },
            OptionSpec::first_comment(30, TextCount::Mastodon { url_length: 23 }),
            OptionSpec {
                name: "partners",
                label: "Partners",
                help: "",
                kind: OptionKind::Names {
                    max_items: 2,
                    max_length: 5,
                },
            },
            OptionSpec {
                name: "cover",
                label: "Cover",
                help: "",
                kind: OptionKind::Number {
                    min: 0.0,
                    max: 90.0,
                    step: 0.1,
                    unit: "seconds",
                },
            },
        ],
        daily_posts: None,
    }
}

fn picture() -> MediaFacts {
    MediaFacts {
        id: "1".into(),
        kind: MediaKind::Image,
        mime: "image/jpeg".into(),
        bytes: 500_000,
        width: 1080,
        height: 1080,
        duration_millis: None,
        alt: "A loaf".into(),
    }
}

fn video() -> MediaFacts {
    MediaFacts {
        kind: MediaKind::Video,
        mime: "video/mp4".into(),
        duration_millis: Some(10_000),
        ..picture()
    }
}

fn findings(
    rules: &ContentRules,
    text: &str,
    media: &[MediaFacts],
    options: serde_json::Value,
) -> Vec<Finding> {
    let options: Options = serde_json::from_value(options).unwrap();
    check(
        rules,
        &Content {
            text,
            media,
            options: &options,
        },
    )
}

fn of_text(rules: &ContentRules, text: &str) -> Vec<Finding> {
    findings(rules, text, &[], json!({}))
}

fn of_media(media: &[MediaFacts]) -> Vec<Finding> {
    findings(&rules(), "text", media, json!({}))
}

/// The only finding.
fn only(findings: &[Finding]) -> (ErrorCode, &str, &str) {
    let [finding] = findings else {
        panic!("not one finding: {findings:?}")
    };
    assert_eq!(finding.level, Level::Error);
    (finding.code, &finding.field, &finding.detail)
}

#[test]
fn texts_say_by_how_much_they_are_too_long() {
    let rules = rules();
    assert_eq!(of_text(&rules, &"a".repeat(300)), []);
    assert_eq!(
        only(&of_text(&rules, &"a".repeat(301))),
        (
            ErrorCode::TextTooLong,
            "text",
            "1 character over the limit of 300."
        )
    );
    assert_eq!(
        only(&of_text(&rules, &"a".repeat(308))),
        (
            ErrorCode::TextTooLong,
            "text",
            "8 characters over the limit of 300."
        )
    );
    // 25 bytes each, so bytes run out before graphemes do.
    let family = "👨‍👩‍👧‍👦";
    assert_eq!(of_text(&rules, &family.repeat(120)), []);
    assert_eq!(
        only(&of_text(&rules, &family.repeat(121))).2,
        "25 bytes over the limit of 3,000. Emoji and letters with accents take several bytes each."
    );
}

#[test]
fn a_post_needs_something_to_say() {
    let mut rules = rules();
    assert_eq!(
        only(&of_text(&rules, " \n")),
        (
            ErrorCode::TextRequired,
            "text",
            "Write a text, or add a picture or a video."
        )
    );
    assert_eq!(findings(&rules, "", &[picture()], json!({})), []);
    rules.media.max_items = 0;
    assert_eq!(only(&of_text(&rules, "")).2, "Write a text.");
    assert_eq!(
        only(&findings(&rules, "text", &[picture()], json!({}))),
        (
            ErrorCode::TooManyMedia,
            "media",
            "This channel takes no pictures and no videos."
        )
    );

    rules = self::rules();
    rules.media.required = true;
    assert_eq!(
        only(&of_text(&rules, "")),
        (
            ErrorCode::MediaRequired,
            "media",
            "This channel needs a picture or a video."
        )
    );
    rules.media.video = None;
    assert_eq!(
        only(&of_text(&rules, "text")).2,
        "This channel needs a picture."
    );

    rules = self::rules();
    rules.options.push(OptionSpec {
        name: "link",
        label: "Link",
        help: "",
        kind: OptionKind::Text { max: 99 },
    });
    assert_eq!(
        findings(&rules, "", &[], json!({"link": "https://a.bc"})),
        []
    );
    assert_eq!(
        only(&findings(&rules, "", &[], json!({"link": ""}))).0,
        ErrorCode::TextRequired
    );
}

#[test]
fn hashtags_and_mentions_are_counted() {
    let rules = rules();
    assert_eq!(of_text(&rules, "#a #b #c @d @e"), []);
    assert_eq!(
        only(&of_text(&rules, "#a #b #c #d")),
        (
            ErrorCode::TooManyHashtags,
            "text",
            "4 hashtags; this channel takes at most 3."
        )
    );
    assert_eq!(
        only(&of_text(&rules, "@a @b @c https://floss.town/@d")),
        (
            ErrorCode::TooManyMentions,
            "text",
            "3 mentions; this channel takes at most 2."
        )
    );
}

#[test]
fn links_that_nobody_can_follow_are_pointed_out() {
    let mut rules = rules();
    rules.links_clickable = false;
    let found = of_text(&rules, "see https://example.org/menu");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].level, found[0].code),
        (Level::Warning, ErrorCode::LinkNotClickable)
    );
    assert!(found[0].detail.contains("https://example.org/menu"));
}

#[test]
fn options_are_of_their_kind() {
    let rules = rules();
    let of = |options| findings(&rules, "text", &[], options);
    assert_eq!(
        of(json!({"visibility": "private", "warning": "0123456789", "sensitive": true})),
        []
    );
    assert_eq!(
        of(json!({"visibility": null, "warning": null, "sensitive": null})),
        []
    );
    let long = format!("See\nhttps://example.org/{}", "a".repeat(90));
    assert_eq!(
        of(json!({"first_comment": long, "partners": ["ines", "yusuf"], "cover": 89.9})),
        []
    );
    assert_eq!(of(json!({"partners": [], "cover": 0})), []);
    let table = [
        (
            json!({"visibility": "secret"}),
            ErrorCode::NotAllowed,
            "options.visibility",
            "Visibility is one of: public, private.",
        ),
        (
            json!({"visibility": 1}),
            ErrorCode::WrongType,
            "options.visibility",
            "Visibility must be a text.",
        ),
        (
            json!({"warning": "01234567890"}),
            ErrorCode::TooLong,
            "options.warning",
            "1 character over the limit of 10.",
        ),
        (
            json!({"warning": []}),
            ErrorCode::WrongType,
            "options.warning",
            "Warning must be a text.",
        ),
        (
            json!({"sensitive": "yes"}),
            ErrorCode::WrongType,
            "options.sensitive",
            "Sensitive must be true or false.",
        ),
        (
            json!({"first_comment": "a".repeat(32)}),
            ErrorCode::TooLong,
            "options.first_comment",
            "2 characters over the limit of 30.",
        ),
        (
            json!({"first_comment": ["a"]}),
            ErrorCode::WrongType,
            "options.first_comment",
            "First comment must be a text.",
        ),
        (
            json!({"partners": "ines"}),
            ErrorCode::WrongType,
            "options.partners",
            "Partners must be a list of texts.",
        ),
        (
            json!({"partners": ["ines", 7]}),
            ErrorCode::WrongType,
            "options.partners",
            "Partners must be a list of texts.",
        ),
        (
            json!({"partners": ["a", "b", "c"]}),
            ErrorCode::TooLong,
            "options.partners",
            "Partners takes at most 2.",
        ),
        (
            json!({"partners": ["a", " "]}),
            ErrorCode::Required,
            "options.partners",
            "Partners has an empty entry.",
        ),
        (
            json!({"partners": ["a", "a"]}),
            ErrorCode::Duplicate,
            "options.partners",
            "“a” is named twice.",
        ),
        (
            json!({"partners": ["abcdef"]}),
            ErrorCode::TooLong,
            "options.partners",
            "1 character over the limit of 5.",
        ),
        (
            json!({"cover": 90.1}),
            ErrorCode::OutOfRange,
            "options.cover",
            "Cover is from 0 to 90 seconds.",
        ),
        (
            json!({"cover": "1"}),
            ErrorCode::WrongType,
            "options.cover",
            "Cover must be a number.",
        ),
        (
            json!({"mood": "good"}),
            ErrorCode::UnknownField,
            "options.mood",
            "This channel has no option called mood.",
        ),
    ];
    for (options, code, field, detail) in table {
        assert_eq!(only(&of(options)), (code, field, detail));
    }
}

#[test]
fn errors_come_first_and_otherwise_in_reading_order() {
    let mut rules = rules();
    rules.links_clickable = false;
    let bad = MediaFacts {
        bytes: 9_000_000,
        alt: String::new(),
        ..picture()
    };
    let text = format!("https://a.bc {}", "a".repeat(300));
    let found = findings(&rules, &text, &[bad], json!({"sensitive": 1}));
    let fields: Vec<_> = found
        .iter()
        .map(|finding| (finding.level, finding.field.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            (Level::Error, "text"),
            (Level::Error, "media.0"),
            (Level::Error, "options.sensitive"),
            (Level::Warning, "text"),
            (Level::Warning, "media.0.alt"),
        ]
    );
}
