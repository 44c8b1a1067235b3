//! The pictures of accounts and channels, fetched from where their platforms keep them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub, both_databases, jpeg};
use jiff::SignedDuration;
use reqwest::{Method, Response};
use serde_json::json;

both_databases!(
    pictures_come_small_and_from_here,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        let ann = hub.browser();
        ann.register("ann@example.org").await;
        let channel = &ann.connect("facebook", json!({})).await[0];
        let account = channel["connection_id"].as_str().unwrap();
        for path in [
            format!("/api/channels/{}/avatar", channel["id"].as_str().unwrap()),
            format!("/api/connections/{account}/avatar"),
        ] {
            let shown = ask(&ann, &path).await;
            assert_eq!(shown.status(), StatusCode::OK, "{path}");
            for (name, value) in [
                ("content-type", "image/jpeg"),
                ("content-security-policy", "sandbox; default-src 'none'"),
                ("x-content-type-options", "nosniff"),
                ("cache-control", "private, max-age=3600"),
            ] {
                assert_eq!(shown.headers()[name], value, "{path}");
            }
            let tag = shown.headers()["etag"].clone();
            let picture = image::load_from_memory(&shown.bytes().await.unwrap()).unwrap();
            assert_eq!((picture.width(), picture.height()), (96, 96), "{path}");
            let again = ann.request(Method::GET, &path).header("if-none-match", tag);
            assert_eq!(again.send().await.unwrap().status(), 304, "{path}");
            assert_eq!(ask(&hub.browser(), &path).await.status(), 401, "{path}");
        }
        hub.stop().await;
    }
);

both_databases!(
    a_picture_is_shown_in_its_own_workspace_only,
    async |database: &TestDatabase| {
        let hub = TestHub::start_with(database, &[("FANFARE_REGISTRATION", "open")]).await;
        let (ann, ben) = (hub.browser(), hub.browser());
        ann.register("ann@example.org").await;
        ben.register("ben@example.org").await;
        let path = channel_of(&ann).await;
        let first = workspace(&ann).await;
        let named = format!("{path}?workspace={first}");
        for path in [&path, &named] {
            assert_eq!(ask(&ann, path).await.status(), 200, "{path}");
            assert_eq!(ask(&ben, path).await.status(), 404, "{path}");
        }

        let other = ann
            .post("/api/workspaces", json!({ "name": "Another" }))
            .await
            .expect(StatusCode::CREATED);
        assert_eq!(ask(&ann, &path).await.status(), 404);
        // As a page says it, which can send no headers with a picture. Nobody is moved there by that.
        assert_eq!(ask(&ann, &named).await.status(), 200);
        assert_eq!(workspace(&ann).await, other["id"].as_str().unwrap());
        hub.stop().await;
    }
);

both_databases!(
    what_cannot_be_shown_is_told_in_words,
    async |database: &TestDatabase| {
        let hub = TestHub::start_with(database, &[("FANFARE_EGRESS_ALLOW", "127.0.0.0/8")]).await;
        let ann = hub.browser();
        ann.register("ann@example.org").await;
        let path = channel_of(&ann).await;
        let (server, _) = server().await;
        for (file, words) in [
            (Some("drawing.png"), "is no PNG, JPEG, WebP or GIF"),
            (Some("page.jpg"), "is no PNG, JPEG, WebP or GIF"),
            (Some("film.mp4"), "is no PNG, JPEG, WebP or GIF"),
            (Some("large.jpg"), "is larger than 2 MB"),
            (Some("endless.jpg"), "is larger than 2 MB"),
            (Some("gone.jpg"), "did not give the picture"),
            (None, "has no picture"),
        ] {
            let address = file.map(|file| format!("http://{server}/{file}"));
            move_picture(&hub, address.as_deref()).await;
            assert!(refused(&ann, &path).await.contains(words), "{file:?}");
        }
        for address in ["http://10.0.0.1/a.jpg", "file:///etc/passwd", "nowhere"] {
            move_picture(&hub, Some(address)).await;
            refused(&ann, &path).await;
        }
        hub.stop().await;
    }
);

both_databases!(
    no_picture_leads_into_the_private_network,
    async |database: &TestDatabase| {
        let hub = TestHub::start(database).await;
        let ann = hub.browser();
        ann.register("ann@example.org").await;
        let path = channel_of(&ann).await;
        let (server, asked) = server().await;
        move_picture(&hub, Some(&format!("http://{server}/face.jpg"))).await;
        let words = refused(&ann, &path).await;
        assert!(words.contains("private network"), "{words}");
        assert_eq!(asked.load(Ordering::Relaxed), 0);
        hub.stop().await;
    }
);

both_databases!(
    an_address_is_asked_once_for_many,
    async |database: &TestDatabase| {
        let hub = TestHub::start_with(database, &[("FANFARE_EGRESS_ALLOW", "127.0.0.0/8")]).await;
        let ann = hub.browser();
        ann.register("ann@example.org").await;
        let path = channel_of(&ann).await;
        let (server, asked) = server().await;
        move_picture(&hub, Some(&format!("http://{server}/face.jpg"))).await;
        let shown = futures::future::join_all((0..5).map(|_| ask(&ann, &path))).await;
        assert!(shown.iter().all(|answer| answer.status() == 200));
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        hub.clock.advance(SignedDuration::from_hours(25));
        assert_eq!(ask(&ann, &path).await.status(), 200);
        assert_eq!(asked.load(Ordering::Relaxed), 2, "once more after a day");

        move_picture(&hub, Some(&format!("http://{server}/gone.jpg"))).await;
        refused(&ann, &path).await;
        refused(&ann, &path).await;
        assert_eq!(asked.load(Ordering::Relaxed), 3, "a dead address rests");
        hub.clock.advance(SignedDuration::from_mins(10));
        refused(&ann, &path).await;
        assert_eq!(asked.load(Ordering::Relaxed), 4, "and is tried again");
        hub.stop().await;
    }
);

/// Something that gives pictures out, and how often it was asked for anything.
async fn server() -> (SocketAddr, Arc<AtomicUsize>) {
    let typed = |bytes: Vec<u8>| async move { ([(CONTENT_TYPE, "image/jpeg")], bytes) };
    let face = || async {
        // So that those who ask together have to wait together.
        tokio::time::sleep(Duration::from_millis(200)).await;
        jpeg(300, 200)
    };
    let endless = || async {
        let pieces = std::iter::repeat_with(|| Ok::<_, std::io::Error>(vec![7_u8; 1 << 16]));
        axum::body::Body::from_stream(futures::stream::iter(pieces))
    };
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let film = b"\0\0\0\x18ftypisom\0\0\0\0isommp42";
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let router = Router::new()
        .route("/face.jpg", get(face))
        .route("/drawing.png", get(move || typed(svg.into())))
        .route("/page.jpg", get(move || typed("<!DOCTYPE html>".into())))
        .route("/film.mp4", get(move || typed(film.into())))
        .route("/large.jpg", get(move || typed(vec![7; (2 << 20) + 1])))
        .route("/endless.jpg", get(endless))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(axum::middleware::map_request(
            move |request: axum::extract::Request| {
                count.fetch_add(1, Ordering::Relaxed);
                async move { request }
            },
        ));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

async fn ask(browser: &Browser, path: &str) -> Response {
    browser.request(Method::GET, path).send().await.unwrap()
}

/// Why nothing is shown there.
async fn refused(browser: &Browser, path: &str) -> String {
    let problem = browser.get(path).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(problem["code"], "not_found");
    problem["detail"].as_str().unwrap().to_owned()
}

/// Where the picture of a channel is that was connected just now.
async fn channel_of(browser: &Browser) -> String {
    let channel = &browser.connect("facebook", json!({})).await[0]["id"];
    format!("/api/channels/{}/avatar", channel.as_str().unwrap())
}

async fn workspace(browser: &Browser) -> String {
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    status["workspace_id"].as_str().unwrap().to_owned()
}

/// Has the platform keep its pictures there.
async fn move_picture(hub: &TestHub, address: Option<&str>) {
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(sql!("UPDATE channels SET avatar_url = $1"), binds![address])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
