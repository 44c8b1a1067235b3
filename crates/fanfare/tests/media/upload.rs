//! Taking files in, and refusing what is no picture or film.

use fanfare_testkit::TestHub;
use image::ImageFormat;
use reqwest::multipart::Form;
use serde_json::json;

use crate::desk::{Desk, LIMIT, part};
use crate::files::{PLACE, contains, jpeg, jpeg_with_place, mp4, picture};
use crate::on_both;

on_both!(
    a_picture_is_kept_and_shown,
    a_film_is_kept_and_shown,
    every_type_is_told_by_its_bytes,
    bad_files_are_refused_and_leave_nothing,
    a_file_of_exactly_the_limit_is_taken,
    the_place_is_gone_from_what_is_kept,
    bad_forms_are_refused_by_field,
    the_library_comes_in_pages,
    alternative_text_can_be_changed,
    walls_stand_between_workspaces,
);

async fn a_picture_is_kept_and_shown(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let form = Form::new()
        .part(
            "file",
            part("Foto de mañana.JPG", "image/jpeg", jpeg(1200, 600)),
        )
        .text("alt", " A beach at noon ");
    let media = ann.send_form(form).await.expect(201);
    let id = media["id"].as_str().unwrap();
    for (field, value) in [
        ("kind", json!("image")),
        ("mime", json!("image/jpeg")),
        ("width", json!(1200)),
        ("height", json!(600)),
        ("duration_ms", json!(null)),
        ("alt", json!("A beach at noon")),
        ("file_name", json!("Foto de mañana.JPG")),
        ("url", json!(format!("/api/media/{id}/content"))),
        ("thumbnail_url", json!(format!("/api/media/{id}/thumbnail"))),
        ("used_in", json!(0)),
    ] {
        assert_eq!(media[field], value, "{field}");
    }
    assert_eq!(
        ann.get(&format!("/api/media/{id}")).await.expect(200),
        media
    );
    assert_eq!(ann.library().await, std::slice::from_ref(&media));

    let content = ann.get(media["url"].as_str().unwrap()).await;
    assert_eq!(media["bytes"], content.bytes.len());
    assert_eq!(
        image::load_from_memory(&content.bytes).unwrap().width(),
        1200
    );
    let thumbnail = ann.get(media["thumbnail_url"].as_str().unwrap()).await;
    assert_eq!(
        image::load_from_memory(&thumbnail.bytes).unwrap().width(),
        880
    );
}

async fn a_film_is_kept_and_shown(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("film.mp4", mp4(300_000)).await;
    for (field, value) in [
        ("kind", json!("video")),
        ("mime", json!("video/mp4")),
        ("bytes", json!(300_000)),
        ("width", json!(640)),
        ("height", json!(360)),
        ("duration_ms", json!(12_500)),
        ("thumbnail_url", json!(null)),
    ] {
        assert_eq!(media[field], value, "{field}");
    }
    let id = media["id"].as_str().unwrap();
    ann.get(&format!("/api/media/{id}/thumbnail"))
        .await
        .refused(404, "not_found");
}

async fn every_type_is_told_by_its_bytes(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    for (name, claimed, bytes, mime) in [
        ("a.png", "image/png", jpeg(8, 8), "image/jpeg"),
        (
            "b.mp4",
            "video/mp4",
            picture(8, 8, ImageFormat::Png),
            "image/png",
        ),
        (
            "c.html",
            "text/html",
            picture(8, 8, ImageFormat::Gif),
            "image/gif",
        ),
        (
            "d",
            "application/x-evil",
            picture(8, 8, ImageFormat::WebP),
            "image/webp",
        ),
        ("e.jpg", "image/jpeg", mp4(2_000), "video/mp4"),
    ] {
        let media = ann.upload_as(name, claimed, bytes).await.expect(201);
        assert_eq!(
            (&media["mime"], &media["file_name"]),
            (&json!(mime), &json!(name))
        );
        let content = ann.get(media["url"].as_str().unwrap()).await;
        assert_eq!(content.header("content-type"), mime);
    }
}

async fn bad_files_are_refused_and_leave_nothing(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let mut bomb = picture(8, 8, ImageFormat::Gif);
    bomb[6..10].copy_from_slice(&[0xFF; 4]);
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let table = [
        ("empty.jpg", Vec::new(), 422, "empty_file"),
        ("one-over.mp4", mp4(LIMIT + 1), 413, "file_too_large"),
        ("page.jpg", html, 415, "unsupported_file"),
        ("drawing.png", svg, 415, "unsupported_file"),
        ("paper.pdf", b"%PDF-1.7\n".to_vec(), 415, "unsupported_file"),
        (
            "words.gif",
            b"GIF, or so I say".to_vec(),
            415,
            "unsupported_file",
        ),
        ("half.jpg", half(jpeg(300, 300)), 422, "unreadable_file"),
        (
            "half.png",
            half(picture(300, 300, ImageFormat::Png)),
            422,
            "unreadable_file",
        ),
        (
            "half.webp",
            half(picture(300, 300, ImageFormat::WebP)),
            422,
            "unreadable_file",
        ),
        ("half.mp4", half(mp4(100_000)), 422, "unreadable_file"),
        ("bomb.gif", bomb, 422, "picture_too_large"),
    ];
    for (name, bytes, status, code) in table {
        let words = ann
            .upload_as(name, "image/jpeg", bytes)
            .await
            .refused(status, code);
        assert!(words.len() > 40, "{name}: {words}");
        if code == "file_too_large" {
            assert!(words.contains("20 MB"), "{words}");
        }
    }
    assert!(ann.library().await.is_empty());
    assert_eq!(files_on_disk(hub), 0);
}

/// How many files lie in the hub's media folder.
pub fn files_on_disk(hub: &TestHub) -> usize {
    let folders = std::fs::read_dir(hub.app.local_files.root().join("")).unwrap();
    folders
        .map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count())
        .sum()
}

async fn a_file_of_exactly_the_limit_is_taken(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    assert_eq!(ann.upload("film.mp4", mp4(LIMIT)).await["bytes"], LIMIT);
}

async fn the_place_is_gone_from_what_is_kept(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    for (name, bytes) in [("a.jpg", jpeg_with_place()), ("a.mp4", mp4(5_000))] {
        assert!(contains(&bytes, PLACE), "the file of this test has a place");
        let media = ann.upload(name, bytes).await;
        let kept = ann.get(media["url"].as_str().unwrap()).await;
        assert!(
            kept.status == 200 && !contains(&kept.bytes, PLACE),
            "{name}"
        );
    }
}

async fn bad_forms_are_refused_by_field(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let file = || part("a.jpg", "image/jpeg", jpeg(8, 8));
    for (form, field, code) in [
        (Form::new().text("alt", "x"), "file", "required"),
        (
            Form::new().part("file", file()).text("title", "x"),
            "title",
            "unknown_field",
        ),
        (
            Form::new().part("file", file()).part("file", file()),
            "file",
            "duplicate",
        ),
        (
            Form::new()
                .part("file", file())
                .text("alt", "ñ".repeat(1_501)),
            "alt",
            "too_long",
        ),
        (
            Form::new()
                .part("file", file())
                .text("alt", "x".repeat(100_000)),
            "alt",
            "too_long",
        ),
    ] {
        let wrong = ann.send_form(form).await.wrong_fields();
        assert_eq!(wrong, [(field.to_owned(), code.to_owned())]);
    }
    ann.post("/api/media", json!({}))
        .await
        .refused(415, "unsupported_media_type");
    assert!(ann.library().await.is_empty());
    assert_eq!(files_on_disk(hub), 0);
}

async fn the_library_comes_in_pages(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let mut names = Vec::new();
    for number in 0..5 {
        let name = format!("{number}.jpg");
        ann.upload(&name, jpeg(8, 8)).await;
        names.insert(0, name);
        hub.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = ann
            .get(&format!("/api/media?limit=2{cursor}"))
            .await
            .expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        found.extend(
            items
                .iter()
                .map(|media| media["file_name"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, names);
}

async fn alternative_text_can_be_changed(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let media = ann.upload("a.jpg", jpeg(8, 8)).await;
    let path = format!("/api/media/{}", media["id"].as_str().unwrap());
    let changed = ann
        .patch(&path, json!({ "alt": "ñ".repeat(1_500) }))
        .await
        .expect(200);
    assert_eq!(changed["alt"], "ñ".repeat(1_500));
    assert_eq!(ann.get(&path).await.expect(200), changed);

    let too_long = ann
        .patch(&path, json!({ "alt": "ñ".repeat(1_501) }))
        .await
        .wrong_fields();
    assert_eq!(too_long, [("alt".to_owned(), "too_long".to_owned())]);
    let unknown = ann
        .patch(&path, json!({ "alt": "x", "name": "y" }))
        .await
        .wrong_fields();
    assert_eq!(unknown, [("name".to_owned(), "unknown_field".to_owned())]);
    assert_eq!(ann.get(&path).await.expect(200), changed);
}

async fn walls_stand_between_workspaces(hub: &TestHub) {
    let (ann, ben) = (Desk::of(hub, "ann").await, Desk::of(hub, "ben").await);
    let stranger = Desk::of_stranger(hub);
    let media = ann.upload("a.jpg", jpeg(8, 8)).await;
    let upload = ann.begin("b.mp4", 1_000).await.expect(201);
    let id = media["id"].as_str().unwrap();
    let upload = upload["id"].as_str().unwrap();
    let path = format!("/api/media/{id}");
    for (desk, status, code) in [
        (ben, 404, "not_found"),
        (stranger, 401, "not_authenticated"),
    ] {
        for part in ["", "/content", "/thumbnail"] {
            desk.get(&format!("{path}{part}"))
                .await
                .refused(status, code);
        }
        desk.patch(&path, json!({ "alt": "mine" }))
            .await
            .refused(status, code);
        desk.delete(&path).await.refused(status, code);
        desk.get(&format!("/api/media/uploads/{upload}"))
            .await
            .refused(status, code);
        desk.piece(upload, 0, b"mine").await.refused(status, code);
    }
    assert_eq!(ann.get(&path).await.expect(200), media);
    assert_eq!(
        ann.get(&format!("/api/media/uploads/{upload}"))
            .await
            .expect(200)["offset"],
        0
    );
}
