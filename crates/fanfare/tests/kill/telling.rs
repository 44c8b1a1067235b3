//! Killed while it tells a program outside what happens, and started again: everything arrives there, each thing under one id however
//! often it is sent, and nothing waits for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode as Status};
use axum::routing::post;
use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use serde_json::{Value, json};

use crate::hearing::{kills, pages, settle};
use crate::hub::{Site, free_port, random_life};
use crate::patience::Patience;
use crate::senders::Senders;

const SENDERS: usize = 3;
const SHORTEST_LIFE: Duration = Duration::from_millis(300);
const LONGEST_LIFE: Duration = Duration::from_secs(1);
/// What a program outside takes to answer: long enough to be killed in.
const ANSWERS_AFTER: Duration = Duration::from_millis(20);

/// By the id of a comment, the ids of the messages that told of it.
type Heard = Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>;

both_databases!(
    whatever_happened_is_told_under_one_id,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
        let site = Site {
            data: folder.path(),
            database: Some(&database.url),
            port: free_port(),
            sandbox: &sandbox,
        };
        let mut hub = site.start().await;
        let ada = Browser::at(hub.url.clone());
        ada.register("ada@example.com").await;
        let heard = Heard::default();
        let url = outside(Arc::clone(&heard)).await;
        let input = json!({ "url": url, "event_types": ["engagement.added"] });
        let made = ada.post("/api/webhooks", input).await;
        made.expect(StatusCode::CREATED);
        let senders = Senders::new(pages(&ada).await);

        for round in 0..kills() {
            let before = heard.lock().unwrap().len();
            let sending = senders.begin(&hub.url, &round.to_string(), SENDERS);
            let mut patience = Patience::new();
            while heard.lock().unwrap().len() <= before {
                patience.watch(0);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(random_life(SHORTEST_LIFE, LONGEST_LIFE)).await;
            hub.kill();
            sending.join_all().await;
            hub = site.start().await;
        }
        settle(&ada).await;
        all_told(&ada).await;
        hub.kill();

        let heard = heard.lock().unwrap().clone();
        let lost: Vec<String> = senders
            .taken()
            .into_iter()
            .filter(|comment| !heard.contains_key(comment))
            .collect();
        assert!(lost.is_empty(), "never told: {lost:?}");
        for (comment, ids) in &heard {
            assert_eq!(ids.len(), 1, "{comment} was told under {ids:?}");
        }
        let store = database.open().await;
        assert_eq!(left(&store).await, 0);
        store.close().await;
        sandbox.stop().await;
        println!("{} kills, {} told, none lost", kills(), heard.len());
    }
);

/// A program outside, which notes what it hears before it answers.
async fn outside(heard: Heard) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let take = async move |headers: HeaderMap, body: Bytes| {
        let id = headers["webhook-id"].to_str().unwrap().to_owned();
        let said: Value = serde_json::from_slice(&body).unwrap();
        let comment = said["data"]["engagement"]["remote_id"].as_str().unwrap();
        note(&heard, comment, id);
        tokio::time::sleep(ANSWERS_AFTER).await;
        Status::NO_CONTENT
    };
    let router = Router::new().route("/hook", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn note(heard: &Heard, comment: &str, message: String) {
    let mut heard = heard.lock().unwrap();
    let messages = heard.entry(comment.to_owned()).or_default();
    messages.insert(message);
}

async fn all_told(ada: &Browser) {
    let mut patience = Patience::new();
    loop {
        let all = ada.get("/api/webhooks").await.expect(StatusCode::OK);
        let waiting = all["items"][0]["waiting"].as_i64().unwrap();
        if waiting == 0 {
            return;
        }
        patience.watch(waiting);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How many messages were not delivered.
async fn left(store: &Store) -> i64 {
    let mut tx = store.as_system("what was told").read().await.unwrap();
    tx.one(
        sql!("SELECT COUNT(*) AS found FROM outgoing_sends WHERE status <> 'delivered'"),
        binds![],
        |row| row.int("found"),
    )
    .await
    .unwrap()
}
