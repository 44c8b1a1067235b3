//! The program is killed with `kill -9` while platforms tell it things, and started again. Whatever it answered with 200 is there
//! afterwards, is worked off, and took effect once.
//!
//! `FANFARE_TEST_KILLS` says how often; three times are enough to notice that something broke.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{Browser, TestDatabase, both_databases, client};
use serde_json::json;
use tokio::task::JoinSet;
use url::Url;

const KILLS: usize = 3;
const SENDERS: usize = 16;
const SECRET: &str = "kill-test";
const SETTLING: Duration = Duration::from_secs(60);

/// The program as a process of its own.
struct Hub {
    process: Child,
    url: Url,
}

impl Hub {
    async fn start(database: &str, data: &Path, port: u16, sandbox: &Sandbox) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fanfare"));
        command
            .args(["serve", "--no-sandbox", "--listen"])
            .arg(format!("127.0.0.1:{port}"))
            .arg("--data")
            .arg(data)
            .env("FANFARE_DATABASE_URL", database)
            .env("FANFARE_EGRESS_ALLOW", "127.0.0.0/8")
            .env("FANFARE_LOG", "error")
            .env("FANFARE_FACEBOOK_APP_ID", "kill-test")
            .env("FANFARE_FACEBOOK_APP_SECRET", SECRET)
            .env(
                "FANFARE_FACEBOOK_API_URL",
                sandbox.api_url("facebook").as_str(),
            )
            .env(
                "FANFARE_FACEBOOK_AUTH_URL",
                sandbox.auth_url("facebook").as_str(),
            )
            .stdout(Stdio::null());
        let hub = Self {
            process: command.spawn().expect("the program starts"),
            url: Url::parse(&format!("http://127.0.0.1:{port}")).unwrap(),
        };
        hub.wait_until_ready().await;
        hub
    }

    async fn wait_until_ready(&self) {
        let address = self.url.join("/health/ready").unwrap();
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            let asked = client().get(address.clone()).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the program is not ready after thirty seconds");
    }

    fn kill(mut self) {
        // `Child::kill` sends SIGKILL: nothing is tidied up.
        self.process.kill().expect("it was running");
        self.process.wait().expect("it ends");
    }
}

/// A test that fails leaves no program behind.
impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

both_databases!(
    whatever_was_answered_took_effect_once,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
        let port = free_port();
        let mut hub = Hub::start(&database.url, folder.path(), port, &sandbox).await;
        let ada = Browser::at(hub.url.clone());
        ada.register("ada@example.com").await;
        let channels = ada.connect("facebook", json!({})).await;
        let pages: Vec<String> = channels
            .iter()
            .map(|channel| channel["remote_id"].as_str().unwrap().to_owned())
            .collect();

        let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
        for round in 0..kills() {
            let sending = send(&hub.url, &pages, round, &acknowledged);
            while acknowledged.lock().unwrap().len() <= round {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(random_life()).await;
            hub.kill();
            sending.join_all().await;
            hub = Hub::start(&database.url, folder.path(), port, &sandbox).await;
        }
        settle(&ada).await;
        hub.kill();

        let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
        assert!(
            acknowledged.len() > kills(),
            "{} were taken",
            acknowledged.len()
        );
        let store = database.open().await;
        judge(&store, &acknowledged).await;
        store.close().await;
        sandbox.stop().await;
    }
);

fn kills() -> usize {
    let said = std::env::var("FANFARE_TEST_KILLS").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

/// Tells things until the program is gone; what it took is noted.
fn send(
    url: &Url,
    pages: &[String],
    round: usize,
    acknowledged: &Arc<Mutex<BTreeSet<String>>>,
) -> JoinSet<()> {
    let mut sending = JoinSet::new();
    let client = client();
    let address = url.join("/hooks/facebook").unwrap();
    for sender in 0..SENDERS {
        let (address, acknowledged) = (address.clone(), Arc::clone(acknowledged));
        let client = client.clone();
        let page = pages[sender % pages.len()].clone();
        sending.spawn(async move {
            for number in 0.. {
                let id = format!("{round}-{sender}-{number}");
                let body = json!({ "object": "page", "entry": [{ "id": page, "time": 1, "changes": [{ "field": "feed", "value": {
                    "item": "comment", "verb": "add", "comment_id": id, "post_id": "p", "created_time": 1, "message": "Hello" } }] }] })
                .to_string();
                let signature = hmac_sha256_hex(SECRET.as_bytes(), body.as_bytes());
                let request = client
                    .post(address.clone())
                    .header("X-Hub-Signature-256", format!("sha256={signature}"))
                    .body(body);
                match request.send().await {
                    Ok(answer) if answer.status().is_success() => {
                        acknowledged.lock().unwrap().insert(id);
                    }
                    Ok(answer) => panic!("{}", answer.status()),
                    Err(_) => return,
                }
            }
        });
    }
    sending
}

async fn settle(ada: &Browser) {
    let deadline = Instant::now() + SETTLING;
    loop {
        let stats = ada
            .get("/api/webhook-events/stats?scope=installation")
            .await
            .body;
        let open = ["pending", "processing", "failed"].map(|state| stats[state].as_i64().unwrap());
        if open == [0, 0, 0] {
            return;
        }
        assert!(Instant::now() < deadline, "not settled: {stats}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn judge(store: &Store, acknowledged: &BTreeSet<String>) {
    let mut tx = store.as_system("what took effect").read().await.unwrap();
    let found: Vec<String> = tx
        .all(sql!("SELECT remote_id FROM engagement"), binds![], |row| {
            row.text("remote_id")
        })
        .await
        .unwrap();
    let once: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(once.len(), found.len());
    let lost: Vec<&String> = acknowledged.difference(&once).collect();
    assert!(lost.is_empty(), "answered and lost: {lost:?}");
    // Each effect is of one event, and each event had one.
    let (events, effects) = tx
        .one(
            sql!("SELECT COUNT(*) AS events, CAST(COALESCE(SUM(effects), 0) AS BIGINT) AS effects FROM webhook_events WHERE status = 'processed'"),
            binds![],
            |row| Ok((row.int("events")?, row.int("effects")?)),
        )
        .await
        .unwrap();
    assert_eq!((events, effects), (found.len() as i64, found.len() as i64));
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn random_life() -> Duration {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).unwrap();
    Duration::from_millis(300 + u64::from(u16::from_le_bytes(bytes)) % 700)
}
