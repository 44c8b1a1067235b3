//! How many signed webhooks are taken per second, each on disk before its 200, and how fast they are worked off.
//!
//! `cargo x bench webhooks` runs it. The program runs as a process of its own; beside it stands, in the same run and for the same bodies,
//! what the database does alone: one row in each commit, and 64 in each.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use fanfare_domain::{Clock as _, SystemClock, WebhookReceiptId};
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_store::webhook_receipts::{self, Receipt};
use fanfare_store::{Store, binds, sql};
use futures::StreamExt;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SECRET: &str = "bench";
const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];
/// Requests at each number of connections; fewer where they go one by one.
const REQUESTS: usize = 20_000;
const ALONE: usize = 2_000;
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let lite = format!("sqlite:{}", folder.path().join("bench.db").display());
    measure("SQLite (WAL, synchronous FULL)", &lite).await?;
    match std::env::var("FANFARE_TEST_POSTGRES_URL") {
        Ok(url) => {
            measure(
                "PostgreSQL (fsync and synchronous_commit as the server has them)",
                &url,
            )
            .await?;
        }
        Err(_) => println!("PostgreSQL left out: FANFARE_TEST_POSTGRES_URL is not set"),
    }
    Ok(())
}

async fn measure(name: &str, url: &str) -> anyhow::Result<()> {
    println!("\n{name}");
    let store = Store::open(url).await?;
    store.migrate_up().await?;
    let single = alone(&store, ALONE, 1).await?;
    print_rate(
        "database alone: one row in each commit, 64 at once",
        ALONE,
        single,
    );
    let batched = alone(&store, REQUESTS, 64).await?;
    print_rate("database alone: 64 rows in each commit", REQUESTS, batched);
    let single = ALONE as f64 / single.as_secs_f64();
    let batched = REQUESTS as f64 / batched.as_secs_f64();
    store.close().await;

    let hub = Hub::start(url).await?;
    let mut taken = 0;
    for connections in CONNECTIONS {
        let count = if connections == 1 { ALONE } else { REQUESTS };
        let requests = Arc::new(requests(taken, count));
        taken += count;
        let (cpu, begun) = (hub.cpu_seconds()?, Instant::now());
        let mut waits = send(hub.address, &requests, connections).await?;
        let (took, cpu) = (begun.elapsed(), hub.cpu_seconds()? - cpu);
        waits.sort_unstable();
        let wait =
            |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
        print_rate(&format!("program: {connections} connections"), count, took);
        println!(
            "    p50 {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms; {:.3} CPU ms each, working off included; {} MB resident",
            wait(0.5),
            wait(0.99),
            wait(0.999),
            cpu * 1_000.0 / count as f64,
            hub.resident_mb()?
        );
        let rate = count as f64 / took.as_secs_f64();
        println!(
            "    {:.1} times one row in each commit, {:.2} of 64 in each",
            rate / single,
            rate / batched
        );
    }
    let begun = Instant::now();
    let left = worked_off(url, taken).await?;
    println!(
        "  worked off: the last {left} in {:.1} s after the last was taken",
        begun.elapsed().as_secs_f64()
    );
    drop(hub);
    let store = Store::open(url).await?;
    store.migrate_down(0).await?;
    store.close().await;
    Ok(())
}

fn print_rate(what: &str, count: usize, took: Duration) {
    let rate = count as f64 / took.as_secs_f64();
    println!("  {what}: {rate:.0} per second");
}

/// What the database does by itself with such bodies.
async fn alone(store: &Store, count: usize, in_each: usize) -> anyhow::Result<Duration> {
    let bodies: Vec<Vec<u8>> = (0..count).map(body).collect();
    let begun = Instant::now();
    let commits = futures::stream::iter(bodies.chunks(in_each)).map(async |bodies| {
        let now = SystemClock.now();
        let receipts: Vec<Receipt> = bodies
            .iter()
            .map(|body| Receipt {
                id: WebhookReceiptId::new(now),
                platform: "facebook".to_owned(),
                received_at: now,
                headers: json!({}),
                body: body.clone(),
            })
            .collect();
        let mut tx = store.as_system("bench").write().await?;
        webhook_receipts::insert_all(&mut tx, &receipts).await?;
        tx.commit().await
    });
    let at_once = if in_each == 1 { 64 } else { 1 };
    let done: Vec<_> = commits.buffer_unordered(at_once).collect().await;
    done.into_iter().collect::<Result<Vec<_>, _>>()?;
    let took = begun.elapsed();
    let mut tx = store.as_system("bench").write().await?;
    tx.execute(sql!("DELETE FROM webhook_inbox"), binds![])
        .await?;
    tx.execute(sql!("DELETE FROM webhook_receipts"), binds![])
        .await?;
    tx.commit().await?;
    Ok(took)
}

/// About a kilobyte, as Meta tells of a comment on a Page.
fn body(number: usize) -> Vec<u8> {
    let page = format!("10000000000000{}", number % 20);
    json!({ "object": "page", "entry": [{ "id": page, "time": 1_790_000_001, "changes": [{ "field": "feed", "value": {
        "from": { "id": "9988776655443322", "name": "Ann Example" }, "item": "comment", "verb": "add",
        "comment_id": format!("{page}_{number}"), "post_id": format!("{page}_3344"), "parent_id": format!("{page}_3344"),
        "created_time": 1_790_000_000, "message": "What a lovely loaf. ".repeat(20), "post": { "permalink_url":
        "https://www.facebook.com/permalink.php?story_fbid=3344&id=1122", "id": format!("{page}_3344"), "status_type": "added_photos",
        "is_published": true, "updated_time": "2026-11-20T09:00:00+0000", "promotion_status": "inactive" } } }] }] })
    .to_string()
    .into_bytes()
}

/// Whole requests, so that making them costs nothing while it is measured.
fn requests(from: usize, count: usize) -> Vec<Vec<u8>> {
    let whole = |number: usize| {
        let body = body(number);
        let signature = hmac_sha256_hex(SECRET.as_bytes(), &body);
        let head = format!(
            "POST /hooks/facebook HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nUser-Agent: facebookexternalua\r\n\
             X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    };
    (from..from + count).map(whole).collect()
}

/// Each connection sends its next request when the one before was answered; answers how long each waited.
async fn send(
    address: SocketAddr,
    requests: &Arc<Vec<Vec<u8>>>,
    connections: usize,
) -> anyhow::Result<Vec<Duration>> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (requests, next) = (Arc::clone(requests), Arc::clone(&next));
        sending.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let (mut waits, mut answer) = (Vec::new(), vec![0; 4096]);
            while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                let begun = Instant::now();
                stream.write_all(request).await?;
                let mut length = 0;
                while !answer[..length].ends_with(b"\r\n\r\nok") {
                    let read = stream.read(&mut answer[length..]).await?;
                    anyhow::ensure!(read > 0, "{}", String::from_utf8_lossy(&answer[..length]));
                    length += read;
                }
                waits.push(begun.elapsed());
            }
            Ok(waits)
        });
    }
    let mut waits = Vec::new();
    while let Some(done) = sending.join_next().await {
        waits.extend(done??);
    }
    Ok(waits)
}

/// Waits until all that was taken is final; answers how many were not at first.
async fn worked_off(url: &str, taken: usize) -> anyhow::Result<i64> {
    let store = Store::open(url).await?;
    let (begun, mut first) = (Instant::now(), None);
    loop {
        let mut tx = store.as_system("bench").read().await?;
        let done = tx
            .one(
                sql!("SELECT COUNT(*) AS done FROM webhook_events WHERE status = 'processed'"),
                binds![],
                |row| row.int("done"),
            )
            .await?;
        drop(tx);
        let left = taken as i64 - done;
        let first = *first.get_or_insert(left);
        if left <= 0 {
            store.close().await;
            return Ok(first);
        }
        anyhow::ensure!(begun.elapsed() < PATIENCE, "{left} are not worked off");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The program as a process of its own.
struct Hub {
    process: Child,
    address: SocketAddr,
    _data: tempfile::TempDir,
}

impl Hub {
    async fn start(database: &str) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let address = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let process = Command::new(env!("CARGO_BIN_EXE_fanfare"))
            .args([
                "serve",
                "--no-sandbox",
                "--listen",
                &address.to_string(),
                "--data",
            ])
            .arg(data.path())
            .env("FANFARE_DATABASE_URL", database)
            .env("FANFARE_FACEBOOK_WEBHOOK_SECRET", SECRET)
            .env("FANFARE_LOG", "error")
            .stdout(Stdio::null())
            .spawn()?;
        let hub = Self {
            process,
            address,
            _data: data,
        };
        for _ in 0..300 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(hub);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("the program does not listen")
    }

    fn stat(&self, file: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(&path).context(path)
    }

    fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let stat = self.stat("stat")?;
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
        Ok(ticks / 100.0)
    }

    fn resident_mb(&self) -> anyhow::Result<u64> {
        let status = self.stat("status")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes.context("no VmRSS")?.parse::<u64>()? / 1024)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
