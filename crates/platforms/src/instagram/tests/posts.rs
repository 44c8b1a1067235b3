//! Containers: made, awaited, published.

use super::*;

#[tokio::test]
async fn a_picture_is_prepared_awaited_published_and_looked_at() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(
        ID,
        vec![
            id("17900"),
            status("IN_PROGRESS"),
            status("FINISHED"),
            quota(3, 100),
            id("18003"),
            ok(json!({"id": "18003", "permalink": "https://www.instagram.com/p/C3/", "timestamp": "2026-11-20T12:00:04+0000"})),
        ],
    )
    .await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "oven.jpg")]);
    let intended = announce(&graph, &outgoing).await;
    let Step::Published(receipt) = walk(&graph, &outgoing, &intended).await.unwrap() else {
        panic!()
    };
    assert_eq!(receipt.remote_id, "18003");
    assert_eq!(
        receipt.permalink.as_deref(),
        Some("https://www.instagram.com/p/C3/")
    );
    assert_eq!(receipt.published_at, at("2026-11-20T12:00:04Z"));
    let asked = graph.asked();
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    assert_eq!(
        calls,
        [
            "POST /v26.0/1122/media",
            "GET /v26.0/17900",
            "GET /v26.0/17900",
            "GET /v26.0/1122/content_publishing_limit",
            "POST /v26.0/1122/media_publish",
            "GET /v26.0/18003",
        ]
    );
    assert_eq!(
        asked[0].field("image_url"),
        "https://fanfare.example/media/public/oven.jpg"
    );
    assert_eq!(asked[0].field("caption"), "Fresh bread at nine");
    assert_eq!(asked[0].field("alt_text"), "A red oven");
    assert_eq!(asked[4].field("creation_id"), "17900");
}

#[tokio::test]
async fn a_carousel_waits_for_its_items() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(
        ID,
        vec![
            id("171"),
            id("172"),
            status("FINISHED"),
            status("IN_PROGRESS"),
            status("FINISHED"),
            id("17900"),
            status("FINISHED"),
            quota(0, 100),
        ],
    )
    .await;
    let outgoing = delivery(
        "Both",
        vec![photo(&folder, "oven.jpg"), film(&folder, "loaf.mp4")],
    );
    announce(&graph, &outgoing).await;
    let asked = graph.asked();
    assert_eq!(asked[0].field("is_carousel_item"), "true");
    assert_eq!(
        asked[0].field("caption"),
        "",
        "the caption is the carousel's"
    );
    assert_eq!(
        (
            asked[1].field("media_type"),
            asked[1].field("video_url").is_empty()
        ),
        ("VIDEO", false)
    );
    let items: Vec<_> = asked[2..5]
        .iter()
        .map(|asked| asked.call.as_str())
        .collect();
    assert_eq!(
        items,
        ["GET /v26.0/171", "GET /v26.0/172", "GET /v26.0/172"]
    );
    assert_eq!(
        (asked[5].field("media_type"), asked[5].field("children")),
        ("CAROUSEL", "171,172")
    );
    assert_eq!(asked[5].field("caption"), "Both");
}

#[tokio::test]
async fn formats_become_what_instagram_calls_them() {
    let folder = TempDir::new().unwrap();
    for (format, media, kind, caption) in [
        ("post", film(&folder, "a.mp4"), "REELS", "Hi"),
        ("reel", film(&folder, "a.mp4"), "REELS", "Hi"),
        ("story", film(&folder, "a.mp4"), "STORIES", ""),
        ("story", photo(&folder, "a.jpg"), "STORIES", ""),
        ("post", photo(&folder, "a.jpg"), "", "Hi"),
    ] {
        let graph = Scripted::start(ID, vec![id("17900")]).await;
        let outgoing = of_format(format, delivery("Hi", vec![media]));
        step(&graph, &outgoing, &Progress::start()).await.unwrap();
        let asked = &graph.asked()[0];
        assert_eq!(
            (asked.field("media_type"), asked.field("caption")),
            (kind, caption),
            "{format}"
        );
    }
}

#[tokio::test]
async fn the_daily_limit_stops_before_publishing() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![id("17900"), status("FINISHED"), quota(50, 50)]).await;
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    let error = walk(&graph, &outgoing, &Progress::start())
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::DailyLimitReached);
    assert!(matches!(error.advice, Advice::RateLimited { .. }));
    // Not being told is no reason not to post.
    let graph = Scripted::start(ID, vec![id("17900"), status("FINISHED"), refused(10, 0)]).await;
    announce(&graph, &outgoing).await;
}

#[tokio::test]
async fn a_container_that_came_to_nothing_is_made_anew_a_few_times() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for bad in [
        || status("EXPIRED"),
        || {
            ok(
                json!({"status_code": "ERROR", "status": "Error: Media upload has failed with error code 2207053"}),
            )
        },
        || refused(24, 2_207_006),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        for round in 0..4 {
            graph.will_answer(vec![id(&format!("1790{round}")), bad()]);
        }
        walk(&graph, &outgoing, &Progress::start())
            .await
            .unwrap_err();
        let made = graph
            .calls()
            .into_iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(made, 4);
    }
}

#[tokio::test]
async fn media_that_cannot_be_processed_says_why_at_once() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for (words, code) in [
        (
            "Error: Media upload has failed with error code 2207026",
            ErrorCode::MediaRejected,
        ),
        (
            "Error: Media upload has failed with error code 2207005",
            ErrorCode::MediaTypeNotAllowed,
        ),
        ("Error", ErrorCode::MediaRejected),
    ] {
        let failed = ok(json!({"status_code": "ERROR", "status": words}));
        let graph = Scripted::start(ID, vec![id("17900"), failed]).await;
        let error = walk(&graph, &outgoing, &Progress::start())
            .await
            .unwrap_err();
        assert_eq!(
            (error.code, &error.advice),
            (
                code,
                &Advice::FixContent {
                    field: "media".into()
                }
            )
        );
    }
}

#[tokio::test]
async fn endless_processing_is_left_to_the_engines_patience() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![id("17900")]).await;
    graph.will_answer((0..61).map(|_| status("IN_PROGRESS")).collect());
    let outgoing = delivery("Hi", vec![film(&folder, "a.mp4")]);
    let error = walk(&graph, &outgoing, &Progress::start())
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::Retry { after: None });
    assert_eq!(graph.calls().len(), 62);
}
