//! Taking requests: as many as go, and at half of that.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fanfare_store::{Store, binds, sql};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::alone::Alone;
use crate::bodies::{body, request};
use crate::hub::Hub;
use crate::waits::{Waits, rate};

const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];
/// Requests at each number of connections; fewer where they go one by one.
const REQUESTS: usize = 20_000;
const ONE_BY_ONE: usize = 2_000;
const PATIENCE: Duration = Duration::from_secs(300);

/// Requests that were taken and the events in them.
#[derive(Default)]
pub struct Taken {
    pub requests: usize,
    pub events: usize,
}

impl Taken {
    /// The next requests, none like one before.
    pub fn next(&mut self, count: usize) -> Vec<Vec<u8>> {
        let bodies: Vec<_> = (self.requests..self.requests + count).map(body).collect();
        self.requests += count;
        self.events += bodies.iter().map(|body| body.events).sum::<usize>();
        bodies.iter().map(request).collect()
    }
}

/// As fast as it goes with more and more connections, then at half the pace. Answers the rate at 64 connections.
pub async fn measure(
    hub: &Hub,
    url: &str,
    alone: &Alone,
    taken: &mut Taken,
) -> anyhow::Result<f64> {
    let mut at_64 = 0.0;
    for connections in CONNECTIONS {
        let count = if connections == 1 {
            ONE_BY_ONE
        } else {
            REQUESTS
        };
        let before = taken.events;
        let requests = Arc::new(taken.next(count));
        let (cpu, begun) = (hub.cpu_seconds()?, Instant::now());
        let waits = send(hub.address, &requests, connections, None).await?;
        let (per_second, took) = (rate(count, begun.elapsed()), begun.elapsed());
        let events = taken.events - before;
        println!(
            "  {connections} connections: {per_second:.0} requests per second ({:.0} events); {}; {} MB resident",
            rate(events, took),
            waits.in_words(),
            hub.resident_mb()?
        );
        println!(
            "    {:.1} times one in each commit, {:.2} of 64 in each; {:.3} CPU ms for each event meanwhile",
            per_second / alone.single,
            per_second / alone.batched,
            (hub.cpu_seconds()? - cpu) * 1_000.0 / events as f64,
        );
        if connections == 64 {
            at_64 = per_second;
        }
    }
    let begun = Instant::now();
    let left = worked_off(url, taken.events).await?;
    println!(
        "  worked off: the last {left} events in {:.1} s after the last request was taken",
        begun.elapsed().as_secs_f64()
    );

    let pace = at_64 / 2.0;
    let (cpu, before) = (hub.cpu_seconds()?, taken.events);
    let requests = Arc::new(taken.next(REQUESTS));
    let events = taken.events - before;
    let waits = send(hub.address, &requests, 64, Some(pace)).await?;
    worked_off(url, taken.events).await?;
    println!(
        "  64 connections at half the pace: {}; {:.3} CPU ms for each event, worked off",
        waits.in_words(),
        (hub.cpu_seconds()? - cpu) * 1_000.0 / events as f64
    );
    println!(
        "    received to processed: {}",
        processing(url, events).await?
    );
    Ok(at_64)
}

/// Each connection sends its next request when the one before was answered, or when it is time for it, and then counts from that time.
/// Answers how long each waited.
pub async fn send(
    address: SocketAddr,
    requests: &Arc<Vec<Vec<u8>>>,
    connections: usize,
    pace: Option<f64>,
) -> anyhow::Result<Waits> {
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (requests, next) = (Arc::clone(requests), Arc::clone(&next));
        sending.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let mut waits = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = requests.get(number) else {
                    return anyhow::Ok(waits);
                };
                let mut from = Instant::now();
                if let Some(pace) = pace {
                    from = begun + Duration::from_secs_f64(number as f64 / pace);
                    tokio::time::sleep_until(from.into()).await;
                }
                ask(&mut stream, request).await?;
                waits.push(from.elapsed());
            }
        });
    }
    let mut waits = Vec::new();
    while let Some(done) = sending.join_next().await {
        waits.extend(done??);
    }
    Ok(Waits::of(waits))
}

async fn ask(stream: &mut TcpStream, request: &[u8]) -> anyhow::Result<()> {
    let (mut answer, mut length) = ([0; 4096], 0);
    stream.write_all(request).await?;
    while !answer[..length].ends_with(b"\r\n\r\nok") {
        let read = stream.read(&mut answer[length..]).await?;
        anyhow::ensure!(read > 0, "{}", String::from_utf8_lossy(&answer[..length]));
        length += read;
    }
    Ok(())
}

/// Waits until all that was taken is final; answers how many events were not at first.
pub async fn worked_off(url: &str, events: usize) -> anyhow::Result<i64> {
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
        let left = events as i64 - done;
        let first = *first.get_or_insert(left);
        if left <= 0 {
            store.close().await;
            return Ok(first);
        }
        anyhow::ensure!(begun.elapsed() < PATIENCE, "{left} are not worked off");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How long the newest events took from receipt to their end, as the database has it.
async fn processing(url: &str, newest: usize) -> anyhow::Result<String> {
    let store = Store::open(url).await?;
    let mut tx = store.as_system("bench").read().await?;
    let waits = tx
        .all(
            sql!("SELECT processed_at - received_at AS wait FROM webhook_events WHERE processed_at IS NOT NULL ORDER BY id DESC LIMIT $1"),
            binds![newest as i64],
            |row| row.int("wait"),
        )
        .await?;
    drop(tx);
    store.close().await;
    let waits = waits
        .into_iter()
        .map(|wait| Duration::from_millis(wait.try_into().unwrap_or_default()));
    Ok(Waits::of(waits.collect()).in_words())
}
