//! Cropping, converting, and fetching by address.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use fanfare_testkit::TestHub;
use image::ImageFormat;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Answer, Desk, LIMIT};
use crate::files::{PLACE, contains, jpeg, jpeg_with_place, mp4, picture};
use crate::on_both;
use crate::upload::files_on_disk;

on_both!(
    a_cropped_picture_is_a_new_one_with_what_was_said_of_it,
    a_converted_picture_fits_what_was_asked,
    what_cannot_be_cropped_or_converted_is_told,
    a_repeated_crop_makes_one_picture,
    a_file_comes_by_its_address,
    addresses_that_give_nothing_are_told_apart,
);

fn path(media: &Value, rest: &str) -> String {
    format!("/api/media/{}/{rest}", media["id"].as_str().unwrap())
}

async fn furnished(desk: &Desk, name: &str, bytes: Vec<u8>) -> Value {
    let folder = desk
        .post("/api/media/folders", json!({ "name": "Bread" }))
        .await
        .expect(201);
    let media = desk.upload(name, bytes).await;
    let about = json!({ "alt": "A loaf", "tags": ["rye"], "folder_id": folder["id"] });
    desk.patch(
        &format!("/api/media/{}", media["id"].as_str().unwrap()),
        about,
    )
    .await
    .expect(200)
}

async fn a_cropped_picture_is_a_new_one_with_what_was_said_of_it(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = furnished(&ann, "loaf.png", picture(200, 100, ImageFormat::Png)).await;
    let area = json!({ "x": 30, "y": 10, "width": 80, "height": 60 });
    let part = ann.post(&path(&media, "crop"), area).await.expect(201);
    for (field, value) in [
        ("width", json!(80)),
        ("height", json!(60)),
        ("mime", json!("image/png")),
        ("file_name", json!("loaf 80×60.png")),
        ("alt", json!("A loaf")),
        ("tags", json!(["rye"])),
        ("folder_id", media["folder_id"].clone()),
        ("derived_from", media["id"].clone()),
    ] {
        assert_eq!(part[field], value, "{field}");
    }
    let content = ann.get(&path(&part, "content")).await.bytes;
    let content = image::load_from_memory(&content).unwrap().to_rgb8();
    let original = ann.get(&path(&media, "content")).await.bytes;
    let original = image::load_from_memory(&original).unwrap().to_rgb8();
    assert_eq!(content.get_pixel(0, 0), original.get_pixel(30, 10));
    assert_eq!(content.get_pixel(79, 59), original.get_pixel(109, 69));
    // The original goes; what was made of it stays.
    let own = format!("/api/media/{}", media["id"].as_str().unwrap());
    assert_eq!(ann.delete(&own).await.status, 204);
    assert_eq!(ann.get(&path(&part, "content")).await.status, 200);
}

async fn a_converted_picture_fits_what_was_asked(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = furnished(&ann, "big.png", picture(900, 600, ImageFormat::Png)).await;
    let jpeg = json!({ "mime": "image/jpeg" });
    let converted = ann.post(&path(&media, "convert"), jpeg).await.expect(201);
    assert_eq!(
        (&converted["mime"], &converted["file_name"]),
        (&json!("image/jpeg"), &json!("big.jpg"))
    );
    assert_eq!(
        (&converted["width"], &converted["height"]),
        (&json!(900), &json!(600))
    );
    assert_eq!(converted["derived_from"], media["id"]);

    let small = json!({ "mime": "image/jpeg", "max_bytes": 20_000 });
    let small = ann.post(&path(&media, "convert"), small).await.expect(201);
    assert!(small["bytes"].as_u64().unwrap() <= 20_000, "{small}");
    assert!(small["width"].as_u64().unwrap() <= 900);

    let noted = ann.upload("noted.jpg", jpeg_with_place()).await;
    let png = ann
        .post(&path(&noted, "convert"), json!({ "mime": "image/png" }))
        .await
        .expect(201);
    assert!(!contains(
        &ann.get(&path(&png, "content")).await.bytes,
        PLACE
    ));
}

async fn what_cannot_be_cropped_or_converted_is_told(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = ann.upload("film.mp4", mp4(2_000)).await;
    let still = ann.upload("a.jpg", jpeg(100, 50)).await;
    let area = json!({ "x": 0, "y": 0, "width": 10, "height": 10 });
    let words = ann
        .post(&path(&film, "crop"), area)
        .await
        .refused(422, "still_picture_needed");
    assert!(words.contains("video"), "{words}");
    ann.post(&path(&film, "convert"), json!({ "mime": "image/jpeg" }))
        .await
        .refused(422, "still_picture_needed");
    for (area, fields) in [
        (
            json!({ "x": 91, "y": 0, "width": 10, "height": 10 }),
            vec!["width"],
        ),
        (
            json!({ "x": 0, "y": 0, "width": 0, "height": 0 }),
            vec!["width", "height"],
        ),
        (
            json!({ "x": u32::MAX, "y": 50, "width": u32::MAX, "height": 1 }),
            vec!["width", "height"],
        ),
        (
            json!({ "x": -1, "y": 0, "width": 1, "height": 1 }),
            vec!["x"],
        ),
    ] {
        let wrong = ann
            .post(&path(&still, "crop"), area.clone())
            .await
            .wrong_fields();
        let told: Vec<_> = wrong.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(told, fields, "{area}");
        assert!(
            wrong.iter().all(|(_, code)| code == "out_of_range"),
            "{wrong:?}"
        );
    }
    for (input, field) in [
        (json!({ "mime": "image/gif" }), "mime"),
        (json!({ "mime": "video/mp4" }), "mime"),
        (
            json!({ "mime": "image/jpeg", "max_bytes": 9_999 }),
            "max_bytes",
        ),
    ] {
        let wrong = ann
            .post(&path(&still, "convert"), input)
            .await
            .wrong_fields();
        assert_eq!(wrong[0].0, field);
    }
    assert_eq!(ann.library().await.len(), 2);
    std::fs::remove_dir_all(hub.app.local_files.root().join("")).unwrap();
    let area = json!({ "x": 0, "y": 0, "width": 10, "height": 10 });
    ann.post(&path(&still, "crop"), area)
        .await
        .refused(409, "media_missing");
}

async fn a_repeated_crop_makes_one_picture(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(100, 50)).await;
    let ask = || async {
        let request = ann
            .request(Method::POST, &path(&media, "crop"))
            .header("idempotency-key", "once")
            .json(&json!({ "x": 0, "y": 0, "width": 10, "height": 10 }));
        Answer::to(request).await.expect(201)
    };
    let first = ask().await;
    assert_eq!(ask().await, first);
    let mut tx = hub.app.store.as_system("test").write().await.unwrap();
    tx.execute(
        fanfare_store::sql!("UPDATE idempotency_keys SET status = NULL, response = NULL"),
        fanfare_store::binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask().await, first, "cut off before its answer was kept");
    assert_eq!(ann.library().await.len(), 2);
}

/// A server with files, on a port of this machine that only some hubs may reach.
async fn server() -> SocketAddr {
    let html = || async {
        (
            [(CONTENT_TYPE, "image/jpeg")],
            "<!DOCTYPE html><html><body>Log in</body></html>",
        )
    };
    let moved = || async {
        let headers = HeaderMap::from_iter([(LOCATION, "/Pan%20de%20muerto.jpg".parse().unwrap())]);
        (StatusCode::FOUND, headers)
    };
    let router = Router::new()
        .route("/Pan%20de%20muerto.jpg", get(|| async { jpeg(60, 30) }))
        .route("/moved", get(moved))
        .route("/page.jpg", get(html))
        .route("/large.mp4", get(|| async { vec![7; LIMIT + 1] }))
        .route("/empty.jpg", get(|| async { Vec::<u8>::new() }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn a_file_comes_by_its_address(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let server = server().await;
    let folder = ann
        .post("/api/media/folders", json!({ "name": "Bread" }))
        .await
        .expect(201);
    let input = json!({
        "url": format!(" http://{server}/moved?key=secret "),
        "alt": "Sugared bread",
        "folder_id": folder["id"],
    });
    let media = ann.post("/api/media/from-url", input).await.expect(201);
    for (field, value) in [
        ("file_name", json!("Pan de muerto.jpg")),
        ("mime", json!("image/jpeg")),
        ("width", json!(60)),
        ("alt", json!("Sugared bread")),
        ("folder_id", folder["id"].clone()),
    ] {
        assert_eq!(media[field], value, "{field}");
    }
    assert_eq!(ann.get(&path(&media, "content")).await.status, 200);
}

async fn addresses_that_give_nothing_are_told_apart(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let server = server().await;
    for (url, code) in [
        ("not an address".to_owned(), "invalid_url"),
        ("ftp://example.com/a.jpg".to_owned(), "address_not_allowed"),
        ("https://10.0.0.1/a.jpg".to_owned(), "address_not_allowed"),
        (
            "https://me:secret@example.com/a.jpg".to_owned(),
            "address_not_allowed",
        ),
        (
            format!("http://{server}/nothing.jpg"),
            "address_unreachable",
        ),
        ("http://127.0.0.1:9/a.jpg".to_owned(), "address_unreachable"),
    ] {
        let wrong = ann
            .post("/api/media/from-url", json!({ "url": url }))
            .await
            .wrong_fields();
        assert_eq!(wrong, [("url".to_owned(), code.to_owned())], "{url}");
    }
    for (file, status, code) in [
        ("page.jpg", 415, "unsupported_file"),
        ("large.mp4", 413, "file_too_large"),
        ("empty.jpg", 422, "empty_file"),
    ] {
        let input = json!({ "url": format!("http://{server}/{file}") });
        ann.post("/api/media/from-url", input)
            .await
            .refused(status, code);
    }
    assert_eq!(files_on_disk(hub), 0);
    assert!(ann.library().await.is_empty());
}
