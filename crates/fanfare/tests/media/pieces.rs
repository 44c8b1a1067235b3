//! Large files in pieces: where they go on, and what ends them.

use std::sync::Arc;

use fanfare_app::media::{self, Appended, PIECE_BYTES};
use fanfare_testkit::TestHub;
use futures::stream;
use jiff::SignedDuration;
use serde_json::json;

use crate::desk::{Desk, LIMIT};
use crate::files::mp4;
use crate::on_both;
use crate::upload::files_on_disk;

on_both!(
    a_file_arrives_in_pieces,
    a_misplaced_piece_is_refused_and_told_where_to_go_on,
    too_much_is_refused_and_nothing_of_it_kept,
    a_lost_answer_is_heard_again,
    an_interrupted_piece_is_sent_again,
    an_upload_survives_a_restart,
    the_last_piece_is_checked_like_any_file,
    unfinished_uploads_end_after_a_day,
    sizes_are_checked_at_the_beginning,
    two_pieces_at_once_do_not_mix,
    an_upload_can_be_given_up,
);

const PIECE: usize = PIECE_BYTES as usize;

async fn a_file_arrives_in_pieces(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(2 * PIECE + 1_000);
    let begun = json!({ "file_name": "film.mp4", "bytes": film.len(), "mime": "video/mp4", "alt": "A walk" });
    let upload = ann.post("/api/media/uploads", begun).await.expect(201);
    assert_eq!(
        (&upload["offset"], &upload["chunk_bytes"]),
        (&json!(0), &json!(PIECE))
    );
    let id = upload["id"].as_str().unwrap();

    let mut offset = 0;
    for piece in film.chunks(PIECE) {
        let answer = ann.piece(id, offset, piece).await;
        offset += piece.len();
        if offset < film.len() {
            assert_eq!(answer.expect(200), json!({ "offset": offset }));
            let progress = ann
                .get(&format!("/api/media/uploads/{id}"))
                .await
                .expect(200);
            assert_eq!(
                progress,
                json!({ "id": id, "offset": offset, "bytes": film.len() })
            );
            assert!(ann.library().await.is_empty());
        } else {
            let media = answer.expect(201);
            assert_eq!(
                (&media["id"], &media["alt"]),
                (&json!(id), &json!("A walk"))
            );
            assert_eq!(
                (&media["bytes"], &media["duration_ms"]),
                (&json!(film.len()), &json!(12_500))
            );
        }
    }
    let kept = ann.get(&format!("/api/media/{id}/content")).await.bytes;
    assert_eq!(kept.len(), film.len());
    assert_eq!(
        kept[film.len() - 2 * PIECE..],
        film[film.len() - 2 * PIECE..]
    );
    assert_eq!(files_on_disk(hub), 1);
}

async fn a_misplaced_piece_is_refused_and_told_where_to_go_on(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(5_000);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ann.piece(&id, 0, &film[..2_000]).await.expect(200);
    for offset in [0, 1_999, 2_001, 5_000, 1 << 40] {
        let answer = ann.piece(&id, offset, &film[2_000..2_100]).await;
        assert_eq!(answer.header("upload-offset"), "2000");
        assert!(answer.refused(409, "conflict").contains("begins at 2000"));
    }
    let path = format!("/api/media/uploads/{id}");
    let request = || ann.request(reqwest::Method::PATCH, &path).body("x");
    for (request, code) in [
        (request(), "required"),
        (request().header("Upload-Offset", "-1"), "wrong_type"),
    ] {
        let wrong = crate::desk::Answer::to(request).await.wrong_fields();
        assert_eq!(wrong, [("Upload-Offset".to_owned(), code.to_owned())]);
    }
    ann.piece(&id, 2_000, &film[2_000..]).await.expect(201);
}

async fn too_much_is_refused_and_nothing_of_it_kept(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(PIECE + 1_000);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let words = ann
        .piece(&id, 0, &film[..PIECE + 1])
        .await
        .refused(413, "payload_too_large");
    assert!(words.contains("8 MB"), "{words}");
    ann.piece(&id, 0, &film[..PIECE]).await.expect(200);
    let more = [&film[PIECE..], b"x"].concat();
    ann.piece(&id, PIECE, &more)
        .await
        .refused(413, "payload_too_large");
    ann.piece(&id, PIECE, &film[PIECE..]).await.expect(201);
}

async fn a_lost_answer_is_heard_again(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(5_000);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let media = ann.piece(&id, 0, &film).await.expect(201);

    let progress = ann
        .get(&format!("/api/media/uploads/{id}"))
        .await
        .expect(200);
    assert_eq!(progress["offset"], film.len());
    assert_eq!(ann.piece(&id, film.len(), b"").await.expect(201), media);
    assert_eq!(ann.library().await.len(), 1);
}

async fn an_interrupted_piece_is_sent_again(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(5_000);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ann.piece(&id, 0, &film[..2_000]).await.expect(200);

    let broken = stream::iter([
        Ok(film[2_000..3_000].to_vec()),
        Err(std::io::Error::other("the train is in a tunnel")),
    ]);
    let request = ann.request(reqwest::Method::PATCH, &format!("/api/media/uploads/{id}"));
    let body = reqwest::Body::wrap_stream(broken);
    let sent = request
        .header("Upload-Offset", 2_000)
        .body(body)
        .send()
        .await;
    assert!(sent.is_err(), "the connection broke");

    // The hub notices a little later than we do.
    let mut answer = ann.piece(&id, 2_000, &film[2_000..]).await;
    for _ in 0..50 {
        if answer.status != 409 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        answer = ann.piece(&id, 2_000, &film[2_000..]).await;
    }
    answer.expect(201);
    let kept = ann.get(&format!("/api/media/{id}/content")).await.bytes;
    assert_eq!(kept[1_000..], film[1_000..]);
}

/// Nothing but the database and the disk knows of an upload: another process with the same two goes on with it.
async fn an_upload_survives_a_restart(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(5_000);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ann.piece(&id, 0, &film[..2_000]).await.expect(200);
    // As a crash in the middle of a piece leaves it: more on disk than was acknowledged.
    let path = hub.app.local_files.upload_path(id.parse().unwrap());
    std::fs::write(&path, [&film[..2_000], b"half a piece"].concat()).unwrap();

    let again = Arc::new(crate::after_restart(hub));
    let caller = crate::caller(hub, &ann).await;
    let id = id.parse().unwrap();
    assert_eq!(
        media::progress(&again, &caller, id).await.unwrap().offset,
        2_000
    );
    let rest = stream::iter([Ok(film[2_000..].to_vec().into())]);
    let Appended::Complete(media) = media::append(&again, &caller, id, 2_000, rest)
        .await
        .unwrap()
    else {
        panic!("it is not complete");
    };
    let kept = std::fs::read(again.local_files.root().join(&media.storage_key)).unwrap();
    assert_eq!(kept[1_000..], film[1_000..]);
}

async fn the_last_piece_is_checked_like_any_file(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let page = b"<!doctype html><script>alert(1)</script>";
    let id = ann.begin("film.mp4", page.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ann.piece(&id, 0, &page[..10]).await.expect(200);
    ann.piece(&id, 10, &page[10..])
        .await
        .refused(415, "unsupported_file");
    ann.get(&format!("/api/media/uploads/{id}"))
        .await
        .refused(404, "not_found");
    ann.piece(&id, page.len(), b"")
        .await
        .refused(404, "not_found");
    assert!(ann.library().await.is_empty());
    assert_eq!(files_on_disk(hub), 0);
}

async fn unfinished_uploads_end_after_a_day(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let id = ann.begin("film.mp4", 5_000).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    ann.piece(&id, 0, &mp4(5_000)[..2_000]).await.expect(200);
    let path = format!("/api/media/uploads/{id}");

    hub.clock
        .advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    ann.get(&path).await.expect(200);
    hub.clock.advance(SignedDuration::from_secs(1));
    ann.get(&path).await.refused(404, "not_found");
    ann.piece(&id, 2_000, b"more")
        .await
        .refused(404, "not_found");
}

async fn sizes_are_checked_at_the_beginning(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    ann.begin("film.mp4", 0).await.refused(422, "empty_file");
    let words = ann
        .begin("film.mp4", LIMIT + 1)
        .await
        .refused(413, "file_too_large");
    assert!(words.contains("20 MB"), "{words}");
    ann.begin("film.mp4", LIMIT).await.expect(201);

    let negative = json!({ "file_name": "film.mp4", "bytes": -1 });
    let wrong = ann
        .post("/api/media/uploads", negative)
        .await
        .wrong_fields();
    assert_eq!(wrong, [("bytes".to_owned(), "out_of_range".to_owned())]);

    for _ in 0..49 {
        ann.begin("film.mp4", 10).await.expect(201);
    }
    ann.begin("film.mp4", 10)
        .await
        .refused(429, "too_many_requests");
}

async fn two_pieces_at_once_do_not_mix(hub: &TestHub) {
    let ann = Desk::of(hub, "ann").await;
    let film = mp4(2 * PIECE);
    let id = ann.begin("film.mp4", film.len()).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let sending = (0..4).map(|_| ann.piece(&id, 0, &film[..PIECE]));
    let answers = futures::future::join_all(sending).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 1);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer.status, 200 | 409))
    );
    ann.piece(&id, PIECE, &film[PIECE..]).await.expect(201);
    let kept = ann.get(&format!("/api/media/{id}/content")).await.bytes;
    assert_eq!(kept[1_000..], film[1_000..]);
}

async fn an_upload_can_be_given_up(hub: &TestHub) {
    let (ann, ben) = (Desk::of(hub, "ann").await, Desk::of(hub, "ben").await);
    let upload = ann.begin("a.mp4", 1_000).await.expect(201);
    let id = upload["id"].as_str().unwrap();
    ann.piece(id, 0, &[7; 400]).await.expect(200);
    let path = format!("/api/media/uploads/{id}");
    ben.delete(&path).await.refused(404, "not_found");
    assert_eq!(files_on_disk(hub), 1);
    assert_eq!(ann.delete(&path).await.status, 204);
    assert_eq!(files_on_disk(hub), 0);
    ann.get(&path).await.refused(404, "not_found");
    ann.delete(&path).await.refused(404, "not_found");
}
