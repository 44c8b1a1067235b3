//! Instagram's part of the suite.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::Advice;

use crate::stage::Stage;
use crate::suite::{self, Case};
use crate::walk::{Kill, walk};

const IMAGE: Case = Case {
    platform: "instagram",
    fields: &[("login", "facebook")],
    text: "Fresh bread at nine,",
    shows_text: true,
    options: &[],
    media: |files| vec![files.photo("oven.jpg", [90, 20, 20])],
    kind: "image",
};
const OWN_LOGIN: Case = Case {
    fields: &[("login", "instagram")],
    ..IMAGE
};
const CAROUSEL: Case = Case {
    media: |files| {
        vec![
            files.photo("oven.jpg", [90, 20, 20]),
            files.video("baking.mp4"),
        ]
    },
    kind: "carousel",
    ..IMAGE
};
const REEL: Case = Case {
    options: &[("format", "reel")],
    media: |files| vec![files.video("baking.mp4")],
    kind: "reel",
    ..IMAGE
};
const STORY: Case = Case {
    options: &[("format", "story")],
    shows_text: false,
    kind: "story",
    ..IMAGE
};

#[tokio::test]
async fn image_killed_anywhere() {
    suite::killed_anywhere(IMAGE).await;
}

#[tokio::test]
async fn image_with_instagram_login_killed_anywhere() {
    suite::killed_anywhere(OWN_LOGIN).await;
}

#[tokio::test]
async fn carousel_killed_anywhere() {
    suite::killed_anywhere(CAROUSEL).await;
}

#[tokio::test]
async fn reel_killed_anywhere() {
    suite::killed_anywhere(REEL).await;
}

#[tokio::test]
async fn story_killed_anywhere() {
    suite::killed_anywhere(STORY).await;
}

#[tokio::test]
async fn image_troubled_anywhere() {
    suite::troubled_anywhere(IMAGE).await;
}

#[tokio::test]
async fn carousel_troubled_anywhere() {
    suite::troubled_anywhere(CAROUSEL).await;
}

#[tokio::test]
async fn same_words_again() {
    suite::same_words_again(IMAGE).await;
}

#[tokio::test]
async fn refused_for_good() {
    suite::refused_for_good(IMAGE).await;
}

#[tokio::test]
async fn connects_through_facebook() {
    suite::connects(IMAGE).await;
}

#[tokio::test]
async fn connects_with_instagram() {
    suite::connects(OWN_LOGIN).await;
}

#[tokio::test]
async fn each_login_lists_its_accounts() {
    let stage = Stage::of("instagram").await;
    let through_facebook = stage.sign_in(&[("login", "facebook")]).await.unwrap();
    assert_eq!(
        through_facebook.channels.len(),
        2,
        "the third Page has no account"
    );
    let with_instagram = stage.sign_in(&[("login", "instagram")]).await.unwrap();
    assert_eq!(with_instagram.channels.len(), 1);
    assert_eq!(
        with_instagram.channels[0].remote_id,
        through_facebook.channels[0].remote_id
    );
}

#[tokio::test]
async fn the_daily_limit_is_minded() {
    let stage = Stage::of("instagram").await;
    stage
        .sandbox
        .behave(|behaviour| behaviour.instagram_daily_posts = 0);
    let grant = stage.sign_in(&[]).await.unwrap();
    let outgoing = stage.delivery(
        &grant,
        0,
        "Too many",
        vec![stage.files.photo("a.jpg", [1, 2, 3])],
    );
    let publish = stage.platform.publish().unwrap();
    let mut progress = fanfare_platform_kit::roles::Progress::start();
    let error = loop {
        match publish.step(&stage.ctx, &outgoing, &progress).await {
            Ok(fanfare_platform_kit::roles::Step::Checkpoint(next)) => progress = next,
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code, ErrorCode::DailyLimitReached);
    assert!(matches!(error.advice, Advice::RateLimited { .. }));
    assert!(stage.published().is_empty());
}

#[tokio::test]
async fn media_that_instagram_cannot_fetch_is_said_to_be() {
    let stage = Stage::of("instagram").await;
    let grant = stage.sign_in(&[]).await.unwrap();
    let mut photo = stage.files.photo("a.jpg", [1, 2, 3]);
    photo.public_url = photo.public_url.join("/elsewhere.jpg").unwrap();
    let outgoing = stage.delivery(&grant, 0, "Nowhere", vec![photo]);
    let error = walk(&stage, &outgoing, Kill::Never).await.end.unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaUnreachable);
    assert!(error.detail.contains("public address"), "{}", error.detail);
}
