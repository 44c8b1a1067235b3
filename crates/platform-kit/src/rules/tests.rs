//! Each rule, by one either side of its limit.

use super::*;
use crate::content::{MediaFacts, MediaKind, Options};
use crate::manifest::{
    Choice, ImageRule, MediaRule, OptionKind, OptionSpec, TextCount, TextRule, VideoRule,
};
use proptest::prelude::*;
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
fn how_many_files() {
    assert_eq!(of_media(&vec![picture(); 4]), []);
    assert_eq!(
        only(&of_media(&vec![picture(); 5])),
        (
            ErrorCode::TooManyMedia,
            "media",
            "5 pictures; this channel takes at most 4 in one post."
        )
    );
    assert_eq!(
        only(&of_media(&[video(), video()])).2,
        "2 videos; this channel takes at most 1 in one post."
    );
    assert_eq!(
        only(&of_media(&[picture(), video()])),
        (
            ErrorCode::MediaMixNotAllowed,
            "media",
            "Pictures and videos cannot be in one post here. Keep one kind."
        )
    );
    let mut rules = rules();
    rules.media.mixed = true;
    rules.media.max_items = 3;
    let media = [picture(), picture(), picture(), video()];
    assert_eq!(
        only(&findings(&rules, "", &media, json!({}))).2,
        "4 files; this channel takes at most 3 in one post."
    );
}

#[test]
fn each_files_own_limits() {
    use ErrorCode as E;
    let mut no_video = rules();
    no_video.media.video = None;
    assert_eq!(
        only(&findings(&no_video, "", &[video()], json!({}))),
        (
            E::MediaTypeNotAllowed,
            "media.0",
            "This channel takes no videos."
        )
    );

    let gif = MediaFacts {
        kind: MediaKind::Gif,
        mime: "image/gif".into(),
        ..picture()
    };
    let table: Vec<(MediaFacts, Option<(E, &str)>)> = vec![
        (
            gif,
            Some((
                E::MediaTypeNotAllowed,
                "It is a GIF file; this channel takes JPEG and PNG.",
            )),
        ),
        (
            MediaFacts {
                mime: "video/webm".into(),
                ..video()
            },
            Some((
                E::MediaTypeNotAllowed,
                "It is a WebM file; this channel takes MP4.",
            )),
        ),
        (
            MediaFacts {
                bytes: 8_000_000,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                bytes: 12_400_000,
                ..picture()
            },
            Some((
                E::MediaTooLarge,
                "It has 12.4 MB; this channel takes at most 8 MB.",
            )),
        ),
        (
            MediaFacts {
                bytes: 8_000_001,
                ..picture()
            },
            Some((
                E::MediaTooLarge,
                "It has 8,000,001 bytes; this channel takes at most 8,000,000 bytes.",
            )),
        ),
        (
            MediaFacts {
                width: 5760,
                height: 5760,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                width: 7000,
                height: 7000,
                ..picture()
            },
            Some((
                E::MediaTooLarge,
                "It has 49 million pixels; this channel takes at most 33.2 million pixels.",
            )),
        ),
        (
            MediaFacts {
                width: 320,
                height: 320,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                width: 319,
                height: 319,
                ..picture()
            },
            Some((
                E::MediaTooSmall,
                "It is 319 pixels wide; this channel needs at least 320.",
            )),
        ),
        (
            MediaFacts {
                width: 1910,
                height: 1000,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                width: 2400,
                height: 1000,
                ..picture()
            },
            Some((
                E::MediaShapeNotAllowed,
                "It is 2.4 : 1; this channel takes at most 1.91 : 1 (width to height). Crop it.",
            )),
        ),
        (
            MediaFacts {
                width: 1080,
                height: 1350,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                width: 500,
                height: 1000,
                ..picture()
            },
            Some((
                E::MediaShapeNotAllowed,
                "It is 0.5 : 1; this channel takes at least 0.8 : 1 (width to height). Crop it.",
            )),
        ),
        (
            MediaFacts {
                width: 0,
                height: 0,
                ..picture()
            },
            None,
        ),
        (
            MediaFacts {
                duration_millis: Some(60_000),
                ..video()
            },
            None,
        ),
        (
            MediaFacts {
                duration_millis: Some(75_000),
                ..video()
            },
            Some((
                E::VideoTooLong,
                "It lasts 1 min 15 s; this channel takes at most 1 min.",
            )),
        ),
        (
            MediaFacts {
                duration_millis: Some(3_000),
                ..video()
            },
            None,
        ),
        (
            MediaFacts {
                duration_millis: Some(2_900),
                ..video()
            },
            Some((
                E::VideoTooShort,
                "It lasts 2.9 s; this channel takes at least 3 s.",
            )),
        ),
        (
            MediaFacts {
                duration_millis: None,
                ..video()
            },
            None,
        ),
    ];
    for (facts, expected) in table {
        let found = of_media(std::slice::from_ref(&facts));
        match expected {
            None => assert_eq!(found, [], "{facts:?}"),
            Some((code, detail)) => {
                assert_eq!(only(&found), (code, "media.0", detail), "{facts:?}");
            }
        }
    }
}

#[test]
fn alternative_texts() {
    let without = MediaFacts {
        alt: " ".into(),
        ..picture()
    };
    let found = of_media(&[picture(), without]);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].level, found[0].code, found[0].field.as_str()),
        (Level::Warning, ErrorCode::AltTextMissing, "media.1.alt")
    );
    assert_eq!(
        of_media(&[MediaFacts {
            alt: String::new(),
            ..video()
        }]),
        []
    );
    assert_eq!(
        of_media(&[MediaFacts {
            alt: "é".repeat(1_000),
            ..picture()
        }]),
        []
    );
    assert_eq!(
        only(&of_media(&[MediaFacts {
            alt: "é".repeat(1_001),
            ..picture()
        }])),
        (
            ErrorCode::AltTextTooLong,
            "media.0.alt",
            "The alternative text is 1 character over the limit of 1,000."
        )
    );
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

fn any_count() -> impl Strategy<Value = TextCount> {
    prop_oneof![
        Just(TextCount::Graphemes),
        Just(TextCount::Utf16),
        Just(TextCount::Scalars),
        (1_u32..50).prop_map(|url_length| TextCount::Mastodon { url_length }),
    ]
}

proptest! {
    #[test]
    fn a_text_is_too_long_exactly_when_it_counts_more(
        text in "(.|https://a\\.bc/[a-z]{0,30} |@x@y\\.z |🎉|é){1,60}", by in any_count(), slack in -1_i64..=1,
    ) {
        prop_assume!(!text.trim().is_empty());
        let length = count(&text, &by);
        let Ok(limit) = u32::try_from(i64::from(length) + slack) else { return Ok(()) };
        let mut rules = rules();
        (rules.hashtags_max, rules.mentions_max) = (None, None);
        rules.text = TextRule { max: Some(limit), count: by, max_bytes: None, required_without_media: true };
        let found = of_text(&rules, &text);
        prop_assert_eq!(found.is_empty(), length <= limit, "{:?}", found);
    }

    #[test]
    fn bytes_are_too_many_exactly_above_the_limit(text in "[a-zé日🎉]{1,60}", slack in -1_i64..=1) {
        let mut rules = rules();
        rules.text.max = None;
        rules.text.max_bytes = Some(u32::try_from(text.len() as i64 + slack).unwrap());
        prop_assert_eq!(of_text(&rules, &text).is_empty(), slack >= 0);
    }

    #[test]
    fn a_file_is_too_large_exactly_above_the_limit(bytes in 1_u64..20_000_000) {
        let found = of_media(&[MediaFacts { bytes, ..picture() }]);
        prop_assert_eq!(found.is_empty(), bytes <= 8_000_000);
    }

    #[test]
    fn a_shape_is_wrong_exactly_outside_its_bounds(width in 320_u32..3000, height in 100_u32..3000) {
        let ratio = f64::from(width) / f64::from(height);
        let found = of_media(&[MediaFacts { width, height, ..picture() }]);
        prop_assert_eq!(found.is_empty(), (0.8..=1.91).contains(&ratio));
    }

    #[test]
    fn checking_never_panics(text in any::<String>(), alt in any::<String>(), width: u32, height: u32, bytes: u64) {
        let facts = MediaFacts { alt, width, height, bytes, mime: text.clone(), ..picture() };
        let _ = findings(&rules(), &text, &[facts], json!({ &text: &text }));
    }
}
