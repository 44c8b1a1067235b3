//! What open pages are told on `/api/live`.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::WorkspaceId;
use fanfare_domain::role::Role;
use fanfare_store::changes::{Change, Listener};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub, read};
use futures::{SinkExt, Stream, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::api_keys::Key;
use super::device_tokens::Device;
use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
/// Longer than anything takes, shorter than anybody waits.
const SOON: Duration = Duration::from_secs(20);
const A_MOMENT: Duration = Duration::from_millis(600);

with_hub!(
    a_page_hears_what_changed_in_its_workspace,
    nobody_hears_of_another_workspace,
    strangers_and_other_sites_hear_nothing,
    a_program_hears_by_its_key,
    who_talks_hears_all_the_same,
    who_floods_the_line_is_hung_up_on,
    a_goodbye_is_answered,
    who_was_signed_out_hears_no_more,
    who_was_removed_hears_no_more,
    a_revoked_key_hears_no_more,
);

type Line = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn a_page_hears_what_changed_in_its_workspace(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let mut line = listen(hub, "ada", &[]).await.unwrap();
    assert_eq!(heard(&mut line).await, kinds(["*"]));
    draft(&ada).await;
    assert_eq!(heard(&mut line).await, kinds(["post"]));
    ada.post(
        "/api/channel-groups",
        json!({ "name": "Shops", "channel_ids": [] }),
    )
    .await
    .expect(StatusCode::CREATED);
    assert_eq!(heard(&mut line).await, kinds(["channel_group"]));
    ada.get("/api/posts").await.expect(StatusCode::OK);
    assert_eq!(silent(&mut line).await, None);
}

async fn nobody_hears_of_another_workspace(hub: &TestHub) {
    registered(hub, "ada").await;
    let bo = registered(hub, "bo").await;
    let mut line = listen(hub, "ada", &[]).await.unwrap();
    heard(&mut line).await;
    draft(&bo).await;
    assert_eq!(silent(&mut line).await, None);

    let status = bo.get("/api/auth/status").await.expect(StatusCode::OK);
    let theirs = status["workspace_id"].as_str().unwrap();
    let refused = listen(hub, "ada", &[("workspace", theirs)]).await;
    assert_eq!(refused.err(), Some(StatusCode::NOT_FOUND.as_u16()));
    let mut named = listen(hub, "bo", &[("workspace", theirs)]).await.unwrap();
    assert_eq!(heard(&mut named).await, kinds(["*"]));
}

async fn strangers_and_other_sites_hear_nothing(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let stranger = open(hub, "", &[]).await;
    assert_eq!(stranger.err(), Some(StatusCode::UNAUTHORIZED.as_u16()));
    // With a browser's cookie, as another site's page would make it send.
    for (origin, status) in [
        ("https://evil.example", StatusCode::FORBIDDEN),
        (
            hub.url.as_str().trim_end_matches('/'),
            StatusCode::SWITCHING_PROTOCOLS,
        ),
    ] {
        let request = ada.request(Method::GET, "/api/live");
        let reply = request
            .header("origin", origin)
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .send()
            .await
            .unwrap();
        assert_eq!(reply.status(), status, "{origin}");
    }
}

async fn a_program_hears_by_its_key(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let input = json!({ "name": "Screen", "scopes": ["workspace.read"] });
    let made = ada.post("/api/api-keys", input).await;
    let made = made.expect(StatusCode::CREATED);
    let mut line = open(hub, made["text"].as_str().unwrap(), &[])
        .await
        .unwrap();
    assert_eq!(heard(&mut line).await, kinds(["*"]));
    draft(&ada).await;
    assert_eq!(heard(&mut line).await, kinds(["post"]));
}

/// Each thing that a client says interrupts the waiting for what changes.
async fn who_talks_hears_all_the_same(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let line = listen(hub, "ada", &[]).await.unwrap();
    let (mut say, mut hear) = line.split();
    let talking = tokio::spawn(async move {
        // Fewer than whoever floods the line.
        for _ in 0..100 {
            let ping = Message::Ping(Vec::new().into());
            if say.send(ping).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        std::future::pending::<()>().await;
    });
    assert_eq!(next(&mut hear).await, kinds(["*"]));
    draft(&ada).await;
    let told = tokio::time::timeout(SOON, next(&mut hear)).await;
    assert_eq!(told.expect("something is told"), kinds(["post"]));
    talking.abort();
}

/// Each ping asks for an answer, and who does not read them has them kept.
async fn who_floods_the_line_is_hung_up_on(hub: &TestHub) {
    registered(hub, "ada").await;
    let mut line = listen(hub, "ada", &[]).await.unwrap();
    heard(&mut line).await;
    let flood = async {
        while line
            .feed(Message::Ping(vec![b'x'; 125].into()))
            .await
            .is_ok()
            && line.flush().await.is_ok()
        {}
    };
    let cut = tokio::time::timeout(SOON, flood).await;
    cut.expect("nothing more is taken");
}

async fn a_goodbye_is_answered(hub: &TestHub) {
    registered(hub, "ada").await;
    let mut line = listen(hub, "ada", &[]).await.unwrap();
    heard(&mut line).await;
    line.close(None).await.unwrap();
    let answer = tokio::time::timeout(SOON, line.next()).await.unwrap();
    assert!(
        matches!(answer, Some(Ok(Message::Close(_)))),
        "the line ends with {answer:?}"
    );
}

async fn who_was_signed_out_hears_no_more(hub: &TestHub) {
    let ada = registered(hub, "ada").await;
    let phone = Device::of_person(hub, "ada@example.com").await;
    let mut line = open(hub, &phone.access, &[]).await.unwrap();
    assert_eq!(heard(&mut line).await, kinds(["*"]));
    let gone = read(phone.request(hub, Method::POST, "/api/auth/logout")).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    ends_untold(&mut line, &ada).await;
    let again = open(hub, &phone.access, &[]).await;
    assert_eq!(again.err(), Some(StatusCode::UNAUTHORIZED.as_u16()));
}

async fn who_was_removed_hears_no_more(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Editor).await;
    let workspace = ada.workspace.to_string();
    let mut line = listen(hub, "editor", &[("workspace", &workspace)])
        .await
        .unwrap();
    assert_eq!(heard(&mut line).await, kinds(["*"]));
    let path = format!("/api/members/{}", ben.user);
    let gone = ada.ask(Method::DELETE, &path, json!({})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    ends_untold(&mut line, &ada.browser).await;
}

async fn a_revoked_key_hears_no_more(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let key = Key::made(
        &ada,
        json!({ "name": "Screen", "scopes": ["workspace.read"] }),
    )
    .await;
    let mut line = open(hub, &key.text, &[]).await.unwrap();
    assert_eq!(heard(&mut line).await, kinds(["*"]));
    let gone = ada.browser.delete(&key.path()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    ends_untold(&mut line, &ada.browser).await;
}

/// Who was let in is trusted for a moment. What happens after it is told no more: the line ends instead.
async fn ends_untold(line: &mut Line, busy: &Browser) {
    tokio::time::sleep(Duration::from_secs(1)).await;
    draft(busy).await;
    let goodbye = tokio::time::timeout(SOON, async {
        while let Some(Ok(message)) = line.next().await {
            if let Message::Text(told) = message {
                assert!(!told.contains("post"), "{told} is told");
            }
        }
    });
    goodbye.await.expect("the line ends");
}

/// What it does not read is not kept for it.
#[tokio::test]
async fn who_does_not_read_is_hung_up_on() {
    let database = TestDatabase::sqlite().await;
    let hub = TestHub::start_with(&database, VARIABLES).await;
    let ada = registered(&hub, "ada").await;
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    let workspace: WorkspaceId = status["workspace_id"].as_str().unwrap().parse().unwrap();
    let mut line = listen(&hub, "ada", &[]).await.unwrap();
    heard(&mut line).await;
    // More than lies between the two, told piece by piece.
    let long = "x".repeat(1 << 20);
    for _ in 0..24 {
        hub.store.tell_change(workspace, &long);
        tokio::time::sleep(Duration::from_millis(110)).await;
    }
    // Longer than anybody is waited for.
    tokio::time::sleep(Duration::from_secs(11)).await;
    let mut read = 0;
    let ended = tokio::time::timeout(SOON, async {
        while let Some(Ok(_)) = line.next().await {
            read += 1;
        }
    });
    ended.await.expect("the line ends");
    assert!(read < 24, "all {read} pieces were kept");
    drop(line);
    hub.stop().await;
    database.remove().await;
}

/// PostgreSQL only: an SQLite file belongs to one process.
#[tokio::test]
async fn one_node_hears_what_another_changes() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let hub = TestHub::start_with(&database, VARIABLES).await;
    let elsewhere = database.open().await;
    let mut there = elsewhere.listen();
    let carried = [hub.store.clone(), elsewhere.clone()]
        .map(|store| tokio::spawn(async move { store.carry_changes(None).await }));
    let ada = registered(&hub, "ada").await;
    // Until both have begun to listen, nothing is carried.
    let mut told = None;
    for _ in 0..30 {
        draft(&ada).await;
        told = tokio::time::timeout(A_MOMENT, post_changed(&mut there))
            .await
            .ok();
        if told.is_some() {
            break;
        }
    }
    assert!(told.is_some());
    for task in carried {
        task.abort();
    }
    elsewhere.close().await;
    hub.stop().await;
    database.remove().await;
}

async fn post_changed(listener: &mut Listener) {
    while let Some(change) = listener.next().await {
        if matches!(change, Change::Of(_, kind) if kind == "post") {
            return;
        }
    }
}

async fn registered(hub: &TestHub, name: &str) -> Browser {
    let browser = hub.browser();
    browser.register(&format!("{name}@example.com")).await;
    browser
}

async fn draft(browser: &Browser) {
    browser
        .post(
            "/api/posts",
            json!({ "text": "Bread", "channel_ids": [], "schedule": { "kind": "draft" } }),
        )
        .await
        .expect(StatusCode::CREATED);
}

/// Opens a line for somebody, by a device of theirs. The status it was refused with, if it was.
async fn listen(hub: &TestHub, name: &str, query: &[(&str, &str)]) -> Result<Line, u16> {
    let email = format!("{name}@example.com");
    let device = Device::of_person(hub, &email).await;
    open(hub, &device.access, query).await
}

async fn open(hub: &TestHub, token: &str, query: &[(&str, &str)]) -> Result<Line, u16> {
    let mut url = hub.url.join("/api/live").unwrap();
    url.set_scheme("ws").unwrap();
    url.query_pairs_mut().extend_pairs(query);
    let mut request = url.as_str().into_client_request().unwrap();
    if !token.is_empty() {
        let value = format!("Bearer {token}").parse().unwrap();
        request.headers_mut().insert("authorization", value);
    }
    match connect_async(request).await {
        Ok((line, _)) => Ok(line),
        Err(Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn heard(line: &mut Line) -> BTreeSet<String> {
    let told = tokio::time::timeout(SOON, next(line)).await;
    told.expect("something is told")
}

/// What is told within a moment, if anything is.
async fn silent(line: &mut Line) -> Option<BTreeSet<String>> {
    tokio::time::timeout(A_MOMENT, next(line)).await.ok()
}

async fn next<L>(line: &mut L) -> BTreeSet<String>
where
    L: Stream<Item = Result<Message, Error>> + Unpin,
{
    loop {
        let message = line.next().await.expect("the line is open").unwrap();
        if let Message::Text(text) = message {
            let told: Value = serde_json::from_str(&text).unwrap();
            return serde_json::from_value(told["stale"].clone()).unwrap();
        }
    }
}

fn kinds<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}
