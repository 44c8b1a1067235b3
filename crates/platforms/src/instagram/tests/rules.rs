//! What is said before anything is sent.

use super::*;

fn findings(format: &str, text: &str, media: &[MediaFacts]) -> Vec<String> {
    let options = Options::from_iter([("format".to_owned(), Value::from(format))]);
    let instagram = Instagram::new();
    let content = Content {
        text,
        media,
        options: &options,
    };
    let found = instagram.publish().unwrap().check(&channel(), &content);
    let words = found.iter().map(|one| {
        let mark = if one.level == Level::Warning { "?" } else { "" };
        format!("{}{mark} {}", one.field, one.code)
    });
    words.collect()
}

#[test]
fn posts_are_checked_before_they_are_sent() {
    let (photo, video) = (facts("image/jpeg", "A red oven"), facts("video/mp4", ""));
    let none: [&str; 0] = [];
    let shaped = |width, height| {
        vec![MediaFacts {
            width,
            height,
            ..photo.clone()
        }]
    };
    let long = |millis| {
        vec![MediaFacts {
            duration_millis: Some(millis),
            ..video.clone()
        }]
    };
    let photos = |count| vec![photo.clone(); count];
    assert_eq!(findings("post", "Hi", &photos(1)), none);
    assert_eq!(
        findings("post", "Hi", &[photo.clone(), video.clone()]),
        none
    );
    assert_eq!(findings("post", "Hi", &[]), ["media media_required"]);
    assert_eq!(findings("post", "", &photos(11)), ["media too_many_media"]);
    assert_eq!(findings("post", &"é".repeat(2200), &photos(1)), none);
    assert_eq!(
        findings("post", &"é".repeat(2201), &photos(1)),
        ["text text_too_long"]
    );
    assert_eq!(
        findings("post", &"#a ".repeat(31), &photos(1)),
        ["text too_many_hashtags"]
    );
    assert_eq!(
        findings("post", &"@a ".repeat(21), &photos(1)),
        ["text too_many_mentions"]
    );
    assert_eq!(
        findings("post", "https://a.example", &photos(1)),
        ["text? link_not_clickable"]
    );
    for mime in ["image/png", "image/webp", "image/gif"] {
        let other = facts(mime, "A red oven");
        assert_eq!(
            findings("post", "", &[other]),
            ["media.0 media_type_not_allowed"],
            "{mime}"
        );
    }
    let large = MediaFacts {
        bytes: 9 * 1024 * 1024,
        ..photo.clone()
    };
    assert_eq!(findings("post", "", &[large]), ["media.0 media_too_large"]);
    assert_eq!(findings("post", "", &shaped(800, 1000)), none);
    assert_eq!(
        findings("post", "", &shaped(790, 1000)),
        ["media.0 media_shape_not_allowed"]
    );
    assert_eq!(findings("post", "", &shaped(1910, 1000)), none);
    assert_eq!(
        findings("post", "", &shaped(1920, 1000)),
        ["media.0 media_shape_not_allowed"]
    );
    assert_eq!(findings("story", "", &shaped(1080, 1920)), none);
    assert_eq!(
        findings("reel", "", &photos(1)),
        ["media.0 media_type_not_allowed"]
    );
    assert_eq!(findings("reel", "", &long(900_000)), none);
    assert_eq!(
        findings("reel", "", &long(900_001)),
        ["media.0 video_too_long"]
    );
    assert_eq!(
        findings("reel", "", &long(2_999)),
        ["media.0 video_too_short"]
    );
    assert_eq!(
        findings("story", "", &long(60_001)),
        ["media.0 video_too_long"]
    );
    assert_eq!(findings("story", "", &photos(2)), ["media too_many_media"]);
    assert_eq!(
        findings("story", "Hi", &photos(1)),
        ["text? text_not_shown"]
    );
}
