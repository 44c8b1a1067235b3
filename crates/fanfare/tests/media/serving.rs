//! Giving files out: to members, and to platforms by links that end.

use fanfare_app::media::public_url;
use fanfare_testkit::TestHub;
use jiff::SignedDuration;
use reqwest::Method;

use crate::desk::{Answer, Desk};
use crate::files::{jpeg, mp4};
use crate::on_both;

on_both!(
    nothing_in_a_file_runs,
    a_film_is_played_from_anywhere,
    what_is_known_is_not_sent_again,
    a_link_shows_one_file_to_anybody,
    a_tampered_link_shows_nothing,
    a_link_ends,
);

async fn nothing_in_a_file_runs(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("\"><script>.html", jpeg(600, 300)).await;
    for path in [
        media["url"].as_str().unwrap(),
        media["thumbnail_url"].as_str().unwrap(),
    ] {
        let answer = ann.get(path).await;
        assert_eq!(answer.header("content-type"), "image/jpeg");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert!(answer.header("cache-control").starts_with("private"));
        let disposition = answer.header("content-disposition");
        assert!(
            disposition.starts_with("inline; filename=\""),
            "{disposition}"
        );
        assert!(
            disposition.ends_with(".jpg\"") && !disposition.contains("script>"),
            "{disposition}"
        );
    }
}

async fn a_film_is_played_from_anywhere(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("film.mp4", mp4(100_000)).await;
    let path = media["url"].as_str().unwrap();
    let whole = ann.get(path).await;
    assert_eq!((whole.status, whole.bytes.len()), (200, 100_000));
    assert_eq!(
        (
            whole.header("accept-ranges"),
            whole.header("content-length")
        ),
        ("bytes", "100000")
    );

    for (range, from, to) in [
        ("bytes=0-0", 0, 1),
        ("bytes=50000-59999", 50_000, 60_000),
        ("bytes=99990-", 99_990, 100_000),
        ("bytes=-10", 99_990, 100_000),
        ("bytes=0-999999999", 0, 100_000),
    ] {
        let part = ann.get_with(path, "range", range).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.bytes, whole.bytes[from..to], "{range}");
        assert_eq!(
            part.header("content-range"),
            format!("bytes {from}-{}/100000", to - 1)
        );
        assert_eq!(part.header("content-length"), (to - from).to_string());
    }
    assert_eq!(
        ann.get_with(path, "range", "bytes=100000-").await.status,
        416
    );
    assert_eq!(
        ann.get_with(path, "range", "bytes=0-1,5-6").await.bytes,
        whole.bytes
    );

    let head = Answer::to(ann.request(Method::HEAD, path)).await;
    assert_eq!(
        (head.status, head.bytes.len(), head.header("content-length")),
        (200, 0, "100000")
    );
}

async fn what_is_known_is_not_sent_again(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(600, 300)).await;
    for path in [
        media["url"].as_str().unwrap(),
        media["thumbnail_url"].as_str().unwrap(),
    ] {
        let first = ann.get(path).await;
        let tag = first.header("etag");
        let again = ann.get_with(path, "if-none-match", tag).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
        assert_eq!(
            ann.get_with(path, "if-none-match", "\"other\"").await.bytes,
            first.bytes
        );
    }
}

/// The path of the file's link, as platforms get it.
async fn link(hub: &TestHub, desk: &Desk, media: &serde_json::Value) -> String {
    let caller = crate::caller(hub, desk).await;
    let id = media["id"].as_str().unwrap().parse().unwrap();
    let media = fanfare_app::media::get(&hub.app, &caller, id)
        .await
        .unwrap();
    let url = public_url(&hub.app, &media, hub.app.now());
    assert_eq!(url.origin(), hub.url.origin());
    url.path().to_owned()
}

async fn a_link_shows_one_file_to_anybody(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("Foto de mañana.png", jpeg(600, 300)).await;
    let path = link(hub, &ann, &media).await;
    assert!(
        path.is_ascii() && path.ends_with("/Foto-de-ma-ana.jpg"),
        "{path}"
    );

    let platform = Desk::of_stranger(hub);
    let fetched = platform.get(&path).await;
    assert_eq!(
        (fetched.status, fetched.header("content-type")),
        (200, "image/jpeg")
    );
    assert_eq!(
        fetched.bytes,
        ann.get(media["url"].as_str().unwrap()).await.bytes
    );
    assert_eq!(fetched.header("x-content-type-options"), "nosniff");
    assert_eq!(
        fetched.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );

    let head = Answer::to(platform.request(Method::HEAD, &path)).await;
    let length = fetched.bytes.len().to_string();
    assert_eq!(
        (head.status, head.header("content-length")),
        (200, length.as_str())
    );
    let part = platform.get_with(&path, "range", "bytes=1-3").await;
    assert_eq!(
        (part.status, part.bytes.as_slice()),
        (206, &fetched.bytes[1..4])
    );
}

async fn a_tampered_link_shows_nothing(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(8, 8)).await;
    let other = ann.upload("b.jpg", jpeg(8, 8)).await;
    let good = link(hub, &ann, &media).await;
    let [_, _, _, id, expires, signature, name] = good.split('/').collect::<Vec<_>>()[..] else {
        panic!("{good} has other parts");
    };
    let other = other["id"].as_str().unwrap();
    let later = (expires.parse::<i64>().unwrap() + 86_400).to_string();
    let flipped: String = signature.chars().rev().collect();
    let platform = Desk::of_stranger(hub);
    for parts in [
        [other, expires, signature, name],
        [id, &later, signature, name],
        [id, expires, &flipped, name],
        [id, expires, "", name],
        [id, expires, signature, "b.jpg"],
        [id, "soon", signature, name],
        ["no-id", expires, signature, name],
    ] {
        let path = format!("/media/public/{}", parts.join("/"));
        assert_eq!(platform.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(platform.get(&good).await.status, 200);
}

async fn a_link_ends(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(8, 8)).await;
    let path = link(hub, &ann, &media).await;
    let platform = Desk::of_stranger(hub);
    hub.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(platform.get(&path).await.status, 200);
    hub.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(platform.get(&path).await.status, 404);
    assert_ne!(link(hub, &ann, &media).await, path);
}
