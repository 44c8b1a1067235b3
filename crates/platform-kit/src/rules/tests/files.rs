//! What may be said of pictures and videos.

use super::*;

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
