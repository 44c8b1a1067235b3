//! Text, links and pictures.

use super::*;

#[tokio::test]
async fn a_text_is_announced_posted_and_looked_at() {
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"id": "1122_9"})),
            ok(json!({"id": "1122_9", "permalink_url": "https://www.facebook.com/1122/posts/9", "created_time": "2026-11-20T12:00:01+0000"})),
        ],
    )
    .await;
    let outgoing = delivery("See https://harbour.example/menu.", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    assert_eq!(
        graph.calls().len(),
        0,
        "nothing is called before the intent is saved"
    );
    let Step::Checkpoint(posted) = step(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let Step::Published(receipt) = step(&graph, &outgoing, &posted).await else {
        panic!()
    };
    assert_eq!(receipt.remote_id, "1122_9");
    assert_eq!(
        receipt.permalink.as_deref(),
        Some("https://www.facebook.com/1122/posts/9")
    );
    assert_eq!(receipt.published_at, at("2026-11-20T12:00:01Z"));
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/feed");
    assert_eq!(
        asked[0].field("message"),
        "See https://harbour.example/menu."
    );
    assert_eq!(asked[0].field("link"), "https://harbour.example/menu");
    assert_eq!(asked[0].token.as_deref(), Some("EAAPpage1122"));
}

#[tokio::test]
async fn looking_at_a_post_cannot_fail_it() {
    for trouble in [
        lost(),
        refused(190, 463),
        refused(100, 33),
        reply(200, json!("no object")),
    ] {
        let graph = Scripted::start(ID, vec![ok(json!({"id": "1122_9"})), trouble]).await;
        let outgoing = delivery("Hello", vec![]);
        let intended = announce(&graph, &outgoing, &Progress::start()).await;
        let Step::Checkpoint(posted) = step(&graph, &outgoing, &intended).await else {
            panic!()
        };
        let Step::Published(receipt) = step(&graph, &outgoing, &posted).await else {
            panic!()
        };
        assert_eq!(
            (receipt.remote_id.as_str(), receipt.permalink),
            ("1122_9", None)
        );
    }
}

#[tokio::test]
async fn the_card_is_the_link_chosen_or_the_only_one() {
    for (text, option, link) in [
        ("no link", None, ""),
        ("(https://a.example/x)", None, "https://a.example/x"),
        ("https://a.example and https://b.example", None, ""),
        (
            "https://a.example and https://b.example",
            Some("https://b.example"),
            "https://b.example",
        ),
        ("", Some(" https://b.example "), "https://b.example"),
    ] {
        let graph = Scripted::start(ID, vec![ok(json!({"id": "1122_9"}))]).await;
        let mut outgoing = delivery(text, vec![]);
        if let Some(option) = option {
            outgoing.options.insert("link".into(), option.into());
        }
        let intended = announce(&graph, &outgoing, &Progress::start()).await;
        step(&graph, &outgoing, &intended).await;
        assert_eq!(graph.asked()[0].field("link"), link, "{text}");
    }
}

#[tokio::test]
async fn pictures_are_uploaded_unseen_and_shown_by_one_post() {
    let folder = TempDir::new().unwrap();
    let ids = ["701", "702", "1122_9"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("https://a.example", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    let intended = announce(&graph, &outgoing, &uploaded).await;
    step(&graph, &outgoing, &intended).await;
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/photos");
    for part in [
        "name=\"published\"\r\n\r\nfalse",
        "A red oven",
        "filename=\"oven.jpg\"",
        "bytes of oven.jpg",
    ] {
        assert!(
            asked[0].body.contains(part),
            "{part} is not in {}",
            asked[0].body
        );
    }
    assert!(!asked[1].body.contains("alt_text_custom"));
    assert_eq!(asked[2].call, "POST /v26.0/1122/feed");
    assert_eq!(
        asked[2].field("attached_media[0]"),
        r#"{"media_fbid":"701"}"#
    );
    assert_eq!(
        asked[2].field("attached_media[1]"),
        r#"{"media_fbid":"702"}"#
    );
    assert_eq!(
        asked[2].field("link"),
        "",
        "pictures and a card exclude each other"
    );
}

#[tokio::test]
async fn pictures_that_facebook_has_forgotten_are_uploaded_again() {
    let folder = TempDir::new().unwrap();
    let ids = ["701", "702", "703"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    graph.clock.advance(SignedDuration::from_hours(21));
    let Step::Checkpoint(again) = step(&graph, &outgoing, &uploaded).await else {
        panic!()
    };
    assert_eq!(again.0["photos"].as_array().unwrap().len(), 1);
    assert_eq!(again.0["photos"][0]["id"], "703");
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_to_be() {
    let folder = TempDir::new().unwrap();
    let media = two_photos(&folder);
    std::fs::remove_file(folder.path().join("oven.jpg")).unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("", media);
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &Progress::start())
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaMissing);
    assert!(error.detail.contains("oven.jpg"));
}

#[tokio::test]
async fn an_old_announcement_is_made_anew_before_the_call() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.clock.advance(SignedDuration::from_mins(10));
    assert_ne!(announce(&graph, &outgoing, &intended).await, intended);
    assert_eq!(graph.calls().len(), 0);
}
