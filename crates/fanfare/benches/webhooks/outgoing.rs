//! Telling one endpoint, a sink in this process: a heap of messages at once, and what is heard at a calm pace.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::extract::State;
use axum::routing::post;
use fanfare_domain::{Clock as _, SystemClock, WebhookMessageId, WorkspaceId};
use fanfare_store::{Store, outgoing};
use fanfare_testkit::{Browser, StatusCode};
use serde_json::{Value, json};

use crate::alone::Alone;
use crate::bodies::{Body, comment, request};
use crate::hub::Hub;
use crate::incoming;
use crate::waits::{Waits, rate};

const MESSAGES: usize = 20_000;
/// Comments that are heard and told, and how many per second.
const HEARD: usize = 1_000;
const PACE: f64 = 50.0;
const PATIENCE: Duration = Duration::from_secs(300);

/// When each comment came to the sink, by its id; and how many messages came.
#[derive(Default)]
struct Sink {
    comments: HashMap<String, Instant>,
    messages: usize,
}

type Shared = Arc<Mutex<Sink>>;

pub async fn measure(hub: &Hub, url: &str, alone: &Alone) -> anyhow::Result<()> {
    let sink = Shared::default();
    let address = listen(Arc::clone(&sink)).await?;
    let browser = Browser::at(hub.url.clone());
    browser.register("bench@example.com").await;
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    let workspace = status["workspace_id"].as_str().context("no workspace")?;
    let channels = browser.connect("facebook", json!({})).await;
    let page = channels[0]["remote_id"].as_str().context("no Page")?;
    // Written before there is an endpoint, and told to it as what it missed.
    let begun = SystemClock.now();
    write_messages(url, workspace.parse()?).await?;
    let endpoint =
        json!({ "url": format!("http://{address}/"), "event_types": ["engagement.added"] });
    let made = browser
        .post("/api/webhooks", endpoint)
        .await
        .expect(StatusCode::CREATED);
    let id = made["id"].as_str().context("no id")?;

    let (cpu, started) = (hub.cpu_seconds()?, Instant::now());
    let replay = json!({ "since": begun });
    browser
        .post(&format!("/api/webhooks/{id}/replay"), replay)
        .await;
    until(&sink, |sink| sink.messages >= MESSAGES).await?;
    let took = started.elapsed();
    let per_second = rate(MESSAGES, took);
    println!("  outgoing, {MESSAGES} messages to one endpoint: {per_second:.0} per second");
    println!(
        "    {:.2} of one in each commit; {:.3} CPU ms for each message; {} MB resident",
        per_second / alone.single,
        (hub.cpu_seconds()? - cpu) * 1_000.0 / MESSAGES as f64,
        hub.resident_mb()?
    );
    tokio::time::sleep(Duration::from_secs(2)).await;
    let waits = heard_and_told(hub, page, &sink).await?;
    println!(
        "  heard and told, {PACE} per second, from the request's first byte to the sink: {}",
        waits.in_words()
    );
    Ok(())
}

/// A server that takes everything, as fast as it can.
async fn listen(sink: Shared) -> anyhow::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let router = axum::Router::new().route("/", post(take)).with_state(sink);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn take(State(sink): State<Shared>, body: String) {
    let now = Instant::now();
    // Looking into the body would cost time that is not the program's; only comments of this bench name their number.
    let id = body
        .split_once("bench-")
        .and_then(|(_, rest)| rest.split('"').next());
    let mut sink = sink.lock().expect("nobody panics while holding it");
    sink.messages += 1;
    if let Some(id) = id {
        sink.comments.insert(id.to_owned(), now);
    }
}

async fn write_messages(url: &str, workspace: WorkspaceId) -> anyhow::Result<()> {
    let store = Store::open(url).await?;
    let mut tx = store.in_workspace(workspace).write().await?;
    for number in 0..MESSAGES {
        let now = SystemClock.now();
        let body = json!({ "type": "engagement.added", "timestamp": now, "data": { "number": number, "text": "What a lovely loaf. ".repeat(40) } });
        let id = WebhookMessageId::new(now);
        outgoing::insert_message(&mut tx, id, "engagement.added", body.to_string()).await?;
    }
    tx.commit().await?;
    store.close().await;
    Ok(())
}

async fn heard_and_told(hub: &Hub, page: &str, sink: &Shared) -> anyhow::Result<Waits> {
    let requests: Vec<_> = (0..HEARD).map(|number| told(page, number)).collect();
    let begun = Instant::now();
    incoming::send(hub.address, &Arc::new(requests), 8, Some(PACE)).await?;
    until(sink, |sink| sink.comments.len() >= HEARD).await?;
    let sink = sink.lock().expect("nobody panics while holding it");
    let waits = (0..HEARD).filter_map(|number| {
        let sent = begun + Duration::from_secs_f64(number as f64 / PACE);
        Some(
            sink.comments
                .get(&number.to_string())?
                .saturating_duration_since(sent),
        )
    });
    Ok(Waits::of(waits.collect()))
}

fn told(page: &str, number: usize) -> Vec<u8> {
    let change = comment(page, &format!("bench-{number}"));
    let body: Value =
        json!({ "object": "page", "entry": [{ "id": page, "time": 1, "changes": [change] }] });
    request(&Body {
        platform: "facebook",
        bytes: body.to_string().into_bytes(),
        events: 1,
    })
}

async fn until(sink: &Shared, done: impl Fn(&Sink) -> bool) -> anyhow::Result<()> {
    let begun = Instant::now();
    while !done(&sink.lock().expect("nobody panics while holding it")) {
        let come = sink
            .lock()
            .expect("nobody panics while holding it")
            .messages;
        anyhow::ensure!(begun.elapsed() < PATIENCE, "only {come} messages came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}
