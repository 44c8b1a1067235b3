//! Pictures and videos in a bucket, on a real server that speaks S3.

use fanfare_app::media::{self, Swept};
use fanfare_domain::media_files::Listed;
use fanfare_testkit::{
    Browser, Method, Reply, S3Server, StatusCode, TestDatabase, TestHub, both_databases, read,
};
use futures::TryStreamExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::desk::hub_with;
use crate::files::{jpeg, mp4};
use crate::upload::files_on_disk;

/// More than two parts of an upload in parts.
const LARGE: usize = 12 << 20;

macro_rules! in_bucket {
    ($($name:ident),+ $(,)?) => {$(
        both_databases!($name, async |database: &TestDatabase| {
            let Some(server) = S3Server::start().await else {
                return;
            };
            let url = server.url("media/of/ours");
            let hub = hub_with(database, &[("FANFARE_S3_URL", &url)]).await;
            super::$name(&hub, &server).await;
            hub.stop().await;
        });
    )+};
}

in_bucket!(
    files_go_into_the_bucket_and_come_back,
    a_film_is_read_to_its_end_though_the_connection_breaks,
    a_post_takes_its_picture_from_there,
    while_the_server_is_away_nothing_is_lost,
    what_an_interruption_left_is_swept_away_and_nothing_else,
);

async fn person(hub: &TestHub) -> Browser {
    let ann = hub.browser();
    ann.register("ann@example.com").await;
    ann
}

/// The keys of what is kept.
async fn keys(hub: &TestHub) -> Vec<String> {
    let all: Vec<Listed> = hub.app.media_files.list().try_collect().await.unwrap();
    all.into_iter().map(|file| file.key).collect()
}

async fn fetched(browser: &Browser, path: &str, range: &str) -> (StatusCode, Vec<u8>) {
    let request = browser.request(Method::GET, path).header("range", range);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.bytes().await.unwrap().to_vec())
}

fn path_of(media: &Value) -> String {
    format!("/api/media/{}", media["id"].as_str().unwrap())
}

async fn files_go_into_the_bucket_and_come_back(hub: &TestHub, _: &S3Server) {
    let ann = person(hub).await;
    let picture = ann.upload("loaf.jpg", jpeg(600, 300)).await;
    let uploaded = mp4(LARGE);
    let media = ann.upload("film.mp4", uploaded.clone()).await;
    assert_eq!(
        keys(hub).await.len(),
        3,
        "a picture, its thumbnail and a film"
    );
    assert_eq!(files_on_disk(hub), 0);

    let content = format!("{}/content", path_of(&media));
    let (status, film) = fetched(&ann, &content, "none").await;
    assert_eq!((status, film.len()), (StatusCode::OK, LARGE));
    // Its beginning no longer says where it was taken.
    assert!(film[1_000..] == uploaded[1_000..]);
    let (status, part) = fetched(&ann, &content, "bytes=6000000-6000009").await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part, film[6_000_000..6_000_010]);
    let (status, last) = fetched(&ann, &content, "bytes=-7").await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(last, film[LARGE - 7..]);
    let thumbnail = format!("{}/thumbnail", path_of(&picture));
    let (status, thumbnail) = fetched(&ann, &thumbnail, "none").await;
    assert_eq!(status, StatusCode::OK);
    image::load_from_memory(&thumbnail).unwrap();

    let area = json!({ "x": 0, "y": 0, "width": 300, "height": 300 });
    let crop = format!("{}/crop", path_of(&picture));
    let part = ann.post(&crop, area).await.expect(StatusCode::CREATED);
    assert_eq!(part["width"], 300);
    let asked = ann.post("/api/exports", json!({})).await;
    let asked = asked.expect(StatusCode::ACCEPTED);
    hub.run_jobs().await;
    let archive = format!("/api/exports/{}/file", asked["id"].as_str().unwrap());
    let (_, archive) = fetched(&ann, &archive, "none").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let name = format!("media/{}.mp4", media["id"].as_str().unwrap());
    let mut packed = Vec::new();
    std::io::copy(&mut archive.by_name(&name).unwrap(), &mut packed).unwrap();
    assert!(packed == film);

    for media in [&picture, &media, &part] {
        let gone = ann.delete(&path_of(media)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(keys(hub).await, [""; 0]);
}

async fn a_film_is_read_to_its_end_though_the_connection_breaks(hub: &TestHub, server: &S3Server) {
    let ann = person(hub).await;
    let uploaded = mp4(LARGE);
    let media = ann.upload("film.mp4", uploaded.clone()).await;
    // The library mends the first three by itself.
    server.break_off(7, 1_000_000);
    let content = format!("{}/content", path_of(&media));
    let (status, film) = fetched(&ann, &content, "bytes=1000-").await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert!(film == uploaded[1_000..]);
    assert_eq!(server.breaks_left(), 0);
}

async fn published(hub: &TestHub, ann: &Browser, channel: &Value, media: &Value) -> String {
    let post = json!({
        "text": "Fresh", "channel_ids": [channel["id"]], "media": [{ "id": media["id"] }],
        "schedule": { "kind": "now" },
    });
    let post = ann
        .post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    hub.run_jobs().await;
    post["id"].as_str().unwrap().to_owned()
}

async fn delivery(ann: &Browser, post: &str) -> Value {
    let post = ann.get(&format!("/api/posts/{post}")).await;
    post.expect(StatusCode::OK)["deliveries"][0].clone()
}

async fn a_post_takes_its_picture_from_there(hub: &TestHub, _: &S3Server) {
    let ann = person(hub).await;
    let channel = ann.connect("facebook", json!({})).await[0].clone();
    let media = ann.upload("loaf.jpg", jpeg(600, 300)).await;
    let post = published(hub, &ann, &channel, &media).await;
    let delivery = delivery(&ann, &post).await;
    assert_eq!(delivery["state"], "published", "{delivery:#}");
}

async fn begun(ann: &Browser, name: &str, bytes: usize) -> String {
    let about = json!({ "file_name": name, "bytes": bytes });
    let upload = ann.post("/api/media/uploads", about).await;
    let upload = upload.expect(StatusCode::CREATED);
    format!("/api/media/uploads/{}", upload["id"].as_str().unwrap())
}

async fn piece(ann: &Browser, upload: &str, offset: usize, bytes: &[u8]) -> Reply {
    let request = ann.request(Method::PATCH, upload);
    let request = request.header("Upload-Offset", offset).body(bytes.to_vec());
    read(request).await
}

async fn while_the_server_is_away_nothing_is_lost(hub: &TestHub, server: &S3Server) {
    let ann = person(hub).await;
    let channel = ann.connect("facebook", json!({})).await[0].clone();
    let media = ann.upload("loaf.jpg", jpeg(600, 300)).await;
    server.cut_off(true);
    let content = format!("{}/content", path_of(&media));
    let away = ann.get(&content).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(away.code(), "media_unavailable");
    let form = reqwest::multipart::Form::new().part(
        "file",
        reqwest::multipart::Part::bytes(jpeg(60, 60)).file_name("more.jpg"),
    );
    let request = ann.request(Method::POST, "/api/media").multipart(form);
    let away = read(request).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(away.code(), "media_unavailable");
    let film = mp4(100_000);
    let upload = begun(&ann, "film.mp4", film.len()).await;
    let away = piece(&ann, &upload, 0, &film).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
    let post = published(hub, &ann, &channel, &media).await;
    let waiting = delivery(&ann, &post).await;
    assert_eq!(waiting["state"], "publishing", "{waiting:#}");
    assert_eq!(waiting["error"]["code"], "media_unavailable", "{waiting:#}");

    server.cut_off(false);
    assert_eq!(fetched(&ann, &content, "none").await.0, StatusCode::OK);
    let here = piece(&ann, &upload, film.len(), b"").await;
    assert_eq!(here.expect(StatusCode::CREATED)["bytes"], film.len());
    hub.pass(SignedDuration::from_mins(2)).await;
    let out = delivery(&ann, &post).await;
    assert_eq!(out["state"], "published", "{out:#}");
    let library = ann.get("/api/media").await.expect(StatusCode::OK);
    assert_eq!(library["items"].as_array().unwrap().len(), 2);
}

async fn what_an_interruption_left_is_swept_away_and_nothing_else(
    hub: &TestHub,
    server: &S3Server,
) {
    let ann = person(hub).await;
    ann.upload("kept.jpg", jpeg(600, 300)).await;
    let kept = keys(hub).await;
    let orphan = "a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg";
    let beside = format!("media/of/{orphan}");
    for path in [
        &format!("media/of/ours/{orphan}"),
        &beside,
        "media/of/ours/a7/notes.txt",
    ] {
        server.put(path, b"bytes".to_vec()).await;
    }
    assert_eq!(keys(hub).await.len(), kept.len() + 1);
    assert_eq!(media::sweep(&hub.app).await.unwrap(), Swept::default());
    hub.clock.advance(SignedDuration::from_hours(25));
    let swept = media::sweep(&hub.app).await.unwrap();
    assert_eq!((swept.uploads, swept.files), (0, 1));
    assert_eq!(keys(hub).await, kept);
    assert_eq!(
        server.names().await.len(),
        kept.len() + 3,
        "others' files and the mark"
    );
}
