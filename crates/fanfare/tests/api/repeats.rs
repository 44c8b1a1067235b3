//! Whatever a POST makes is made once under one key: repeated after the answer was lost, and by many at once.

use std::collections::BTreeSet;

use axum::Router;
use axum::routing::get;
use fanfare_store::{binds, sql};
use fanfare_testkit::{Authenticator, Browser, Reply, StatusCode, TestHub, jpeg, read};
use futures::StreamExt as _;
use futures::future::join_all;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::described::calls;
use super::with_hub;

const ORIGIN: &str = "http://localhost:8080";
const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_PUBLIC_URL", ORIGIN),
    ("FANFARE_EGRESS_ALLOW", "127.0.0.0/8"),
];

/// Made by a platform that only the tests in `connections` have.
const TRIED_ELSEWHERE: &str = "/api/platforms/{platform}/connect";

with_hub!(
    what_was_made_before_a_crash_is_shown_whatever_it_is,
    repeats_at_once_make_one_whatever_it_is,
    who_was_slow_makes_nothing_once_a_repeat_has_the_key,
);

#[derive(Clone)]
enum Body {
    Json(Value),
    File(Vec<u8>),
}

/// A call that makes something.
struct Maker {
    /// As the description has it.
    described: &'static str,
    path: String,
    body: Body,
}

fn maker(described: &'static str, body: Value) -> Maker {
    Maker {
        described,
        path: described.to_owned(),
        body: Body::Json(body),
    }
}

impl Maker {
    fn of(self, id: &Value) -> Self {
        let path = self.described.replace("{id}", id.as_str().unwrap());
        Self { path, ..self }
    }

    async fn make(&self, browser: &Browser) -> Reply {
        let key = self.path.trim_start_matches('/');
        let request = browser
            .request(Method::POST, &self.path)
            .header("idempotency-key", key);
        read(match self.body.clone() {
            Body::Json(body) => request.json(&body),
            Body::File(bytes) => {
                let file = Part::bytes(bytes).file_name("a.jpg");
                request.multipart(Form::new().part("file", file))
            }
        })
        .await
    }
}

/// All calls that make something, on what they need to be there.
async fn makers(ada: &Browser) -> Vec<Maker> {
    let post = ada.post("/api/posts", json!({ "text": "Hello" })).await;
    let post = post.expect(StatusCode::CREATED)["id"].clone();
    let media = ada.upload("a.jpg", jpeg(40, 20)).await["id"].clone();
    let served = picture_server().await;
    let (drive, file) = ada.connect_drive().await;
    let area = json!({ "x": 0, "y": 0, "width": 8, "height": 8 });
    vec![
        maker(
            "/api/api-keys",
            json!({ "name": "n8n", "scopes": ["posts.read"] }),
        ),
        maker("/api/auth/passkeys", passkey(ada).await),
        maker("/api/channel-groups", json!({ "name": "Ours" })),
        maker("/api/content-templates", json!({ "name": "Weekly" })),
        maker(
            "/api/hashtag-groups",
            json!({ "name": "Bread", "hashtags": ["bread"] }),
        ),
        maker(
            "/api/invitations",
            json!({ "email": "ben@example.com", "role": "editor" }),
        ),
        Maker {
            described: "/api/media",
            path: "/api/media".to_owned(),
            body: Body::File(jpeg(30, 60)),
        },
        maker("/api/media/folders", json!({ "name": "Bread" })),
        maker("/api/media/from-url", json!({ "url": served })),
        maker(
            "/api/media/imports",
            json!({ "connection_id": drive, "file_id": file["id"] }),
        ),
        maker(
            "/api/media/uploads",
            json!({ "file_name": "a.mp4", "bytes": 100 }),
        ),
        maker("/api/media/{id}/convert", json!({ "mime": "image/png" })).of(&media),
        maker("/api/media/{id}/crop", area).of(&media),
        maker("/api/posts", json!({ "text": "Hello" })),
        maker(
            "/api/posts/{id}/content-template",
            json!({ "name": "Saved" }),
        )
        .of(&post),
        maker("/api/posts/{id}/duplicate", json!({})).of(&post),
        maker(
            "/api/saved-filters",
            json!({ "name": "Mine", "page": "posts", "query": {} }),
        ),
        maker("/api/webhooks", json!({ "url": "http://127.0.0.1:9/" })),
        // Last, as the session acts in it from then on.
        maker("/api/workspaces", json!({ "name": "Bakery" })),
    ]
}

/// What an authenticator answers when it is asked for a new passkey.
async fn passkey(browser: &Browser) -> Value {
    let asked = browser.post("/api/auth/passkeys/registration", json!({}));
    let asked = asked.await.expect(StatusCode::OK);
    let credential = Authenticator::at(ORIGIN).make(&asked["options"]);
    json!({ "challenge_id": asked["challenge_id"], "credential": credential, "name": "Key ring" })
}

async fn picture_server() -> String {
    let router = Router::new().route("/a.jpg", get(|| async { jpeg(20, 20) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/a.jpg")
}

/// Whoever adds a call that makes something adds it here.
fn none_is_missing(makers: &[Maker]) {
    let described: BTreeSet<String> = calls()
        .into_iter()
        .filter(|call| call.method == Method::POST && !call.is_open())
        .filter(|call| !call.description["responses"]["201"].is_null())
        .map(|call| call.path)
        .filter(|path| path != TRIED_ELSEWHERE)
        .collect();
    let tried = makers.iter().map(|one| one.described.to_owned());
    assert_eq!(tried.collect::<BTreeSet<_>>(), described);
}

async fn what_was_made_before_a_crash_is_shown_whatever_it_is(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let all = makers(&ada).await;
    none_is_missing(&all);
    for maker in all {
        let path = &maker.path;
        let first = maker.make(&ada).await;
        assert_eq!(first.status, 201, "{path}: {first:?}");
        let mut tx = hub.store.as_system("test").write().await.unwrap();
        let forget = "UPDATE idempotency_keys SET status = NULL, response = NULL";
        tx.execute(forget, Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        let again = maker.make(&ada).await;
        assert_eq!(again.status, 201, "{path}: {again:?}");
        assert_eq!(
            without_secret(again.body),
            without_secret(first.body),
            "{path}"
        );
    }
}

async fn repeats_at_once_make_one_whatever_it_is(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for maker in makers(&ada).await {
        let path = &maker.path;
        let replies = join_all((0..6).map(|_| maker.make(&ada))).await;
        let mut made = Vec::new();
        for reply in replies {
            match reply.status.as_u16() {
                201 => made.push(without_secret(reply.body)),
                status => assert_eq!(
                    (status, reply.code()),
                    (409, "idempotency_key_in_use"),
                    "{path}"
                ),
            }
        }
        assert!(!made.is_empty(), "{path}");
        assert!(made.iter().all(|one| *one == made[0]), "{path}: {made:?}");
    }
}

/// A file that takes minutes to arrive: its sender has given up meanwhile and sends it again, and both arrive.
async fn who_was_slow_makes_nothing_once_a_repeat_has_the_key(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (more, rest) = tokio::sync::oneshot::channel::<()>();
    let form = |bytes: reqwest::Body| {
        let file = Part::stream(bytes).file_name("a.jpg");
        Form::new().part("file", file)
    };
    let request = |form| {
        ada.request(Method::POST, "/api/media")
            .header("idempotency-key", "slow")
            .multipart(form)
    };
    let bytes = jpeg(30, 60);
    let (head, tail) = (bytes[..100].to_vec(), bytes[100..].to_vec());
    let pieces = futures::stream::once(async { Ok::<_, std::io::Error>(head) }).chain(
        futures::stream::once(async {
            let _ = rest.await;
            Ok(tail)
        }),
    );
    let slow = tokio::spawn(read(request(form(reqwest::Body::wrap_stream(pieces)))));
    until_taken(hub).await;
    hub.clock.advance(SignedDuration::from_mins(2));
    let again = read(request(form(bytes.into()))).await;
    assert_eq!(again.status, 201, "{again:?}");
    more.send(()).unwrap();
    let slow = slow.await.unwrap();
    assert_eq!(
        (slow.status, slow.code()),
        (StatusCode::CONFLICT, "idempotency_key_in_use")
    );
    let library = ada.get("/api/media").await.expect(StatusCode::OK);
    assert_eq!(library["items"].as_array().unwrap().len(), 1);
    // The key is still the second one's.
    let once_more = read(request(form(jpeg(30, 60).into()))).await;
    assert_eq!(once_more.body["id"], again.body["id"]);
}

async fn until_taken(hub: &TestHub) {
    for _ in 0..200 {
        let mut tx = hub.store.as_system("test").read().await.unwrap();
        let taken = tx
            .optional(
                sql!("SELECT key FROM idempotency_keys WHERE key = 'slow'"),
                binds![],
                |row| row.text("key"),
            )
            .await
            .unwrap();
        if taken.is_some() {
            return;
        }
        drop(tx);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody took the key");
}

/// What is said once only, no repeat can say.
fn without_secret(mut body: Value) -> Value {
    let fields = body.as_object_mut().unwrap();
    if fields.contains_key("api_key") {
        fields.remove("text");
    }
    fields.remove("link");
    fields.remove("mailed");
    fields.remove("secret");
    body
}
