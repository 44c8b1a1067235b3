//! Killed at random moments while deliveries are in flight, and started again: afterwards each platform has each post exactly once, or the
//! delivery says that a person must look. Bluesky is a real server when there is one.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_testkit::{Browser, StatusCode};
use serde_json::{Value, json};

use crate::hub::{Site, free_port, random_life};

const KILLS: usize = 20;
/// Posts sent in each round, to three pretend channels and, where there is one, to Bluesky.
const POSTS: usize = 12;
/// Posts with a picture in each round, to Instagram.
const PICTURES: usize = 2;
const LONGEST_LIFE: Duration = Duration::from_millis(600);
/// Facebook is asked until it is certain that a lost call was not carried out, and Mastodon's own limit of 300 calls in five minutes may
/// have to pass first.
const SETTLING: Duration = Duration::from_secs(660);

/// A Bluesky server may have seen an earlier run, whose posts are not ours to count.
static RUN: LazyLock<String> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).unwrap();
    format!("Run {:08x}", u32::from_le_bytes(bytes))
});

/// A post that was accepted: where it goes, and what it says.
struct Sent {
    id: String,
    text: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_and_double_nothing() {
    fanfare::use_one_tls();
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
    let site = Site {
        data: folder.path(),
        database: None,
        port: free_port(),
        sandbox: &sandbox,
    };
    let mut hub = site.start().await;
    let browser = Browser::at(hub.url.clone());
    browser.register("ada@example.com").await;
    let channels = connect(&browser, &sandbox).await;
    let picture = browser
        .upload("loaf.jpg", fanfare_testkit::jpeg(640, 640))
        .await;

    let mut sent = Vec::new();
    for round in 0..KILLS {
        sent.extend(send(&browser, &channels, &picture, round).await);
        tokio::time::sleep(random_life(Duration::ZERO, LONGEST_LIFE)).await;
        hub.kill();
        hub = site.start().await;
    }
    let states = settle(&browser, &sent).await;
    hub.kill();
    judge(
        &sent,
        &states,
        &copies(&sandbox).await,
        channels.bluesky.is_some(),
    );
    sandbox.stop().await;
}

/// The channels of the test, by platform.
struct Channels {
    texts: Vec<Value>,
    instagram: Vec<Value>,
    bluesky: Option<Value>,
}

async fn connect(browser: &Browser, sandbox: &Sandbox) -> Channels {
    let mut texts = browser.connect("facebook", json!({})).await;
    texts.extend(
        browser
            .connect("mastodon", json!({ "instance": sandbox.url }))
            .await,
    );
    let instagram = browser
        .connect("instagram", json!({ "login": "facebook" }))
        .await;
    let bluesky = match bluesky() {
        None => None,
        Some(account) => {
            let reply = browser
                .post("/api/platforms/bluesky/connect", account)
                .await;
            Some(reply.expect(StatusCode::CREATED)["channels"][0].clone())
        }
    };
    Channels {
        texts,
        instagram,
        bluesky,
    }
}

/// The real server of the tests, if there is one.
fn bluesky() -> Option<Value> {
    let variable = |name: &str| std::env::var(format!("FANFARE_TEST_BLUESKY_{name}")).ok();
    let (Some(url), Some(handle), Some(password)) =
        (variable("URL"), variable("HANDLE"), variable("PASSWORD"))
    else {
        assert!(
            std::env::var_os("CI").is_none(),
            "no Bluesky server given, so killing would go untested there"
        );
        eprintln!("NOT RUN against Bluesky: no FANFARE_TEST_BLUESKY_URL, _HANDLE and _PASSWORD");
        return None;
    };
    Some(json!({ "service": url, "identifier": handle, "app_password": password }))
}

async fn send(browser: &Browser, channels: &Channels, picture: &Value, round: usize) -> Vec<Sent> {
    let ids = |channels: &[Value]| {
        channels
            .iter()
            .map(|channel| channel["id"].clone())
            .collect::<Vec<_>>()
    };
    let mut text_channels = ids(&channels.texts);
    text_channels.extend(channels.bluesky.iter().map(|channel| channel["id"].clone()));
    let mut sent = Vec::new();
    for n in 0..POSTS + PICTURES {
        let text = format!("{}: round {round}, post {n}", *RUN);
        let mut body = json!({ "text": text, "schedule": { "kind": "now" } });
        if n < POSTS {
            body["channel_ids"] = json!(text_channels);
        } else {
            body["channel_ids"] = json!(ids(&channels.instagram));
            body["media"] = json!([{ "id": picture["id"] }]);
        }
        let post = browser
            .post("/api/posts", body)
            .await
            .expect(StatusCode::CREATED);
        sent.push(Sent {
            id: post["id"].as_str().unwrap().to_owned(),
            text,
        });
    }
    sent
}

/// Waits until every delivery is final, and answers their states by text and platform.
async fn settle(browser: &Browser, sent: &[Sent]) -> BTreeMap<(String, String), Vec<String>> {
    let deadline = Instant::now() + SETTLING;
    loop {
        let mut states: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for post in sent {
            let found = browser
                .get(&format!("/api/posts/{}", post.id))
                .await
                .expect(StatusCode::OK);
            for delivery in found["deliveries"].as_array().unwrap() {
                let key = (
                    post.text.clone(),
                    delivery["platform"].as_str().unwrap().to_owned(),
                );
                states
                    .entry(key)
                    .or_default()
                    .push(delivery["state"].as_str().unwrap().to_owned());
            }
        }
        let open = states
            .values()
            .flatten()
            .filter(|state| matches!(state.as_str(), "scheduled" | "publishing"));
        let open = open.count();
        if open == 0 {
            return states;
        }
        assert!(
            Instant::now() < deadline,
            "{open} deliveries are not final after {SETTLING:?}"
        );
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// How often each platform has each text.
async fn copies(sandbox: &Sandbox) -> BTreeMap<(String, String), usize> {
    let mut copies = BTreeMap::new();
    for post in sandbox.published() {
        *copies
            .entry((post.text, post.platform.to_string()))
            .or_default() += 1;
    }
    if let Some(account) = bluesky() {
        for text in bluesky_texts(&account).await {
            *copies.entry((text, "bluesky".to_owned())).or_default() += 1;
        }
    }
    copies
}

async fn bluesky_texts(account: &Value) -> Vec<String> {
    let (url, repo) = (
        account["service"].as_str().unwrap(),
        account["identifier"].as_str().unwrap(),
    );
    let (mut texts, mut cursor) = (Vec::new(), String::new());
    loop {
        let address = format!(
            "{url}/xrpc/com.atproto.repo.listRecords?repo={repo}&collection=app.bsky.feed.post&limit=100&cursor={cursor}"
        );
        let page: Value = fanfare_testkit::client()
            .get(address)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let records = page["records"].as_array().cloned().unwrap_or_default();
        texts.extend(
            records
                .iter()
                .filter_map(|record| record["value"]["text"].as_str().map(str::to_owned)),
        );
        match page["cursor"].as_str() {
            Some(next) if !records.is_empty() => next.clone_into(&mut cursor),
            _ => return texts,
        }
    }
}

fn judge(
    sent: &[Sent],
    states: &BTreeMap<(String, String), Vec<String>>,
    copies: &BTreeMap<(String, String), usize>,
    with_bluesky: bool,
) {
    let mut wrong = Vec::new();
    let (mut published, mut unsure) = (0, 0);
    for ((text, platform), states) in states {
        let there = copies
            .get(&(text.clone(), platform.clone()))
            .copied()
            .unwrap_or(0);
        let out = states.iter().filter(|state| *state == "published").count();
        let open = states
            .iter()
            .filter(|state| *state == "needs_attention")
            .count();
        if out + open != states.len() || there < out || there > out + open {
            wrong.push(format!(
                "“{text}” on {platform}: {states:?}, {there} copies there"
            ));
        }
        published += out;
        unsure += open;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let channels = if with_bluesky { 4 } else { 3 };
    let expected = KILLS * (POSTS * channels + PICTURES * 2);
    assert_eq!(published + unsure, expected, "{} posts", sent.len());
    println!(
        "{KILLS} kills: {published} deliveries published once, {unsure} wait for a person, none lost, none doubled"
    );
}
