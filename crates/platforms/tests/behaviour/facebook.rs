//! Facebook's part of the suite.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::roles::ConnectFields;

use crate::stage::Stage;
use crate::suite::{self, Case};
use crate::walk::{Kill, walk};

const TEXT: Case = Case {
    platform: "facebook",
    fields: &[],
    text: "Fresh bread at nine,",
    shows_text: true,
    options: &[],
    media: |_| Vec::new(),
    kind: "text",
};
const LINK: Case = Case {
    text: "See https://harbour.example/menu,",
    kind: "link",
    ..TEXT
};
const PHOTO: Case = Case {
    media: |files| vec![files.photo("oven.jpg", [90, 20, 20])],
    kind: "photo",
    ..TEXT
};
const ALBUM: Case = Case {
    media: |files| {
        vec![
            files.photo("oven.jpg", [90, 20, 20]),
            files.photo("loaf.jpg", [160, 120, 40]),
        ]
    },
    kind: "album",
    ..TEXT
};
const VIDEO: Case = Case {
    media: |files| vec![files.video("baking.mp4")],
    // The film is upright.
    kind: "reel",
    ..TEXT
};

const LONG_VIDEO: Case = Case {
    media: |files| vec![files.long_video("baking.mp4")],
    ..VIDEO
};

#[tokio::test]
async fn text_killed_anywhere() {
    suite::killed_anywhere(TEXT).await;
}

#[tokio::test]
async fn link_killed_anywhere() {
    suite::killed_anywhere(LINK).await;
}

#[tokio::test]
async fn photo_killed_anywhere() {
    suite::killed_anywhere(PHOTO).await;
}

#[tokio::test]
async fn album_killed_anywhere() {
    suite::killed_anywhere(ALBUM).await;
}

#[tokio::test]
async fn video_killed_anywhere() {
    suite::killed_anywhere(VIDEO).await;
}

#[tokio::test]
async fn long_video_killed_anywhere() {
    suite::killed_anywhere(LONG_VIDEO).await;
}

#[tokio::test]
async fn text_troubled_anywhere() {
    suite::troubled_anywhere(TEXT).await;
}

#[tokio::test]
async fn album_troubled_anywhere() {
    suite::troubled_anywhere(ALBUM).await;
}

#[tokio::test]
async fn video_troubled_anywhere() {
    suite::troubled_anywhere(VIDEO).await;
}

#[tokio::test]
async fn same_words_again() {
    suite::same_words_again(ALBUM).await;
}

#[tokio::test]
async fn refused_for_good() {
    suite::refused_for_good(ALBUM).await;
}

#[tokio::test]
async fn connects() {
    suite::connects(TEXT).await;
}

#[tokio::test]
async fn calls_are_proven_when_the_application_demands_it() {
    let stage = Stage::of("facebook").await;
    stage
        .sandbox
        .behave(|behaviour| behaviour.require_appsecret_proof = true);
    let grant = stage.sign_in(&[]).await.unwrap();
    assert_eq!(grant.channels.len(), 3);
    let outgoing = stage.delivery(&grant, 1, "Proven", Vec::new());
    walk(&stage, &outgoing, Kill::Never).await.end.unwrap();
    assert_eq!(stage.published().len(), 1);
}

#[tokio::test]
async fn an_unticked_permission_is_said_beside_the_page() {
    let stage = Stage::of("facebook").await;
    let said = [
        ("shown", "1"),
        ("decision", "grant"),
        ("choice", "104857391200451"),
        ("grant", "pages_show_list"),
        ("grant", "pages_read_engagement"),
    ];
    let grant = stage.consent(&[], &said).await.unwrap();
    assert_eq!(grant.channels.len(), 1);
    let problem = grant.channels[0].problem.as_deref().unwrap();
    assert!(problem.contains("pages_manage_posts"), "{problem}");
    let outgoing = stage.delivery(&grant, 0, "Not allowed", Vec::new());
    let error = walk(&stage, &outgoing, Kill::Never).await.end.unwrap_err();
    assert_eq!(error.code, ErrorCode::PermissionMissing);
}

#[tokio::test]
async fn a_pasted_page_token_publishes() {
    let stage = Stage::of("facebook").await;
    let signed_in = stage.sign_in(&[]).await.unwrap();
    let page = signed_in.channels[2].credentials.as_ref().unwrap();
    let json: serde_json::Value = serde_json::from_str(page.json().expose()).unwrap();
    let token = json["token"]["access_token"].as_str().unwrap();
    let fields = ConnectFields::from([("access_token".into(), Secret::new(token))]);
    let connect = stage.platform.connect().unwrap();
    let grant = connect.paste(&stage.ctx, &fields).await.unwrap();
    assert_eq!(grant.remote_id, signed_in.channels[2].remote_id);
    let outgoing = stage.delivery(&grant, 0, "Pasted", Vec::new());
    walk(&stage, &outgoing, Kill::Never).await.end.unwrap();
    assert_eq!(stage.published().len(), 1);
}

#[tokio::test]
async fn facebooks_own_duplicate_check_doubles_nothing() {
    let stage = Stage::of("facebook").await;
    stage
        .sandbox
        .behave(|behaviour| behaviour.refuse_duplicates = true);
    let grant = stage.sign_in(&[]).await.unwrap();
    let outgoing = stage.delivery(&grant, 0, "Twice", Vec::new());
    let first = walk(&stage, &outgoing, Kill::Never).await.end.unwrap();
    let second = walk(&stage, &outgoing, Kill::Never).await.end.unwrap_err();
    assert_eq!(
        second.code,
        ErrorCode::DuplicateContent,
        "{} is another delivery's",
        first.remote_id
    );
    assert_eq!(stage.published().len(), 1);
}
