//! Taking requests while very many events wait, and for a long time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{Browser, StatusCode};

use crate::hub::Hub;
use crate::incoming::{self, Taken};
use crate::waits::rate;

const REQUESTS: usize = 20_000;
const BACKLOG: i64 = 1_000_000;
/// Events written in one transaction.
const PART: i64 = 50_000;

/// The rate at 64 connections before and after a million events that nobody works off are there.
pub async fn measure(hub: &Hub, url: &str, taken: &mut Taken) -> anyhow::Result<()> {
    let before = per_second(hub, url, taken).await?;
    write_backlog(url).await?;
    let resident = hub.resident_mb()?;
    let after = per_second(hub, url, taken).await?;
    println!(
        "  beside {BACKLOG} events that wait: {after:.0} requests per second at 64 connections, {:.2} of {before:.0} without; \
         {resident} MB resident before, {} MB after",
        after / before,
        hub.resident_mb()?
    );
    let browser = Browser::at(hub.url.clone());
    browser.register("bench@example.com").await;
    let begun = Instant::now();
    browser
        .get("/api/webhook-events/stats?scope=installation")
        .await
        .expect(StatusCode::OK);
    println!(
        "    their number is told in {} ms",
        begun.elapsed().as_millis()
    );
    Ok(())
}

/// For so long at full load; memory every tenth part of it.
pub async fn soak(hub: &Hub, url: &str, taken: &mut Taken, seconds: u64) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut resident = vec![hub.resident_mb()?];
    let part = Duration::from_secs(seconds) / 10;
    while begun.elapsed() < Duration::from_secs(seconds) {
        let from = Instant::now();
        while from.elapsed() < part {
            let requests = Arc::new(taken.next(REQUESTS / 4));
            incoming::send(hub.address, &requests, 64, None).await?;
        }
        resident.push(hub.resident_mb()?);
    }
    println!("  {seconds} s at full load: {resident:?} MB resident");
    incoming::worked_off(url, taken.events).await?;
    Ok(())
}

async fn per_second(hub: &Hub, url: &str, taken: &mut Taken) -> anyhow::Result<f64> {
    let requests = Arc::new(taken.next(REQUESTS));
    let begun = Instant::now();
    incoming::send(hub.address, &requests, 64, None).await?;
    let rate = rate(REQUESTS, begun.elapsed());
    incoming::worked_off(url, taken.events).await?;
    Ok(rate)
}

/// Events of accounts whose lanes have no job, as if their turn never came.
async fn write_backlog(url: &str) -> anyhow::Result<()> {
    let store = Store::open(url).await?;
    for from in (0..BACKLOG).step_by(usize::try_from(PART)?) {
        let mut tx = store.as_system("bench").write().await?;
        tx.execute(
            sql!(
                "WITH RECURSIVE numbers (n) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $2)
                 INSERT INTO webhook_events (id, receipt_id, position, platform, account, kind, lane, dedup, scope, status, understood,
                     attempts, failed, effects, due_at, received_at, failures)
                 SELECT 'backlog-' || n, 'backlog-' || n, 0, 'facebook', 'account-' || (n % 1000), 'feed.comment', 'backlog-' || (n % 1000),
                     'backlog-' || n, '', 'pending', TRUE, 0, 0, 0, 0, 0, '[]' FROM numbers"
            ),
            binds![from, from + PART],
        )
        .await?;
        tx.commit().await?;
    }
    store.close().await;
    Ok(())
}
