//! How many signed webhooks are taken per second, each on disk before its 200, how fast they are worked off, and how fast others are told.
//!
//! `cargo x bench webhooks` runs it. The program runs as a process of its own; beside it stands, in the same run and for the same bodies,
//! what the database does alone: one request in each commit, and 64 in each. `FANFARE_BENCH_SOAK` says for how many seconds full load is
//! kept up at the end (30).

mod alone;
mod backlog;
mod bodies;
#[path = "../../../jobs/benches/figures.rs"]
#[expect(dead_code, reason = "other benches print other figures")]
mod figures;
mod hub;
mod incoming;
mod outgoing;
mod waits;

use fanfare_store::Store;

use hub::Hub;
use incoming::Taken;

const SECRET: &str = "bench";
const SOAK: u64 = 30;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    fanfare::use_one_tls();
    let folder = tempfile::tempdir()?;
    let lite = format!("sqlite:{}", folder.path().join("bench.db").display());
    println!("\nSQLite (WAL, synchronous FULL)");
    measure(&lite).await?;
    match std::env::var("FANFARE_TEST_POSTGRES_URL") {
        Ok(url) => {
            println!("\nPostgreSQL (fsync and synchronous_commit as the server has them)");
            measure(&url).await?;
        }
        Err(_) => println!("PostgreSQL left out: FANFARE_TEST_POSTGRES_URL is not set"),
    }
    Ok(())
}

async fn measure(url: &str) -> anyhow::Result<()> {
    let alone = alone::measure(url).await?;
    let mut taken = Taken::default();
    {
        let hub = Hub::start(url).await?;
        incoming::measure(&hub, url, &alone, &mut taken).await?;
        outgoing::measure(&hub, url, &alone).await?;
    }
    empty(url).await?;
    let hub = Hub::start(url).await?;
    let mut taken = Taken::default();
    backlog::soak(&hub, url, &mut taken, soak()?).await?;
    backlog::measure(&hub, url, &mut taken).await?;
    drop(hub);
    empty(url).await
}

fn soak() -> anyhow::Result<u64> {
    match std::env::var("FANFARE_BENCH_SOAK") {
        Ok(text) => Ok(text.parse()?),
        Err(_) => Ok(SOAK),
    }
}

/// Begins anew with an empty database.
async fn empty(url: &str) -> anyhow::Result<()> {
    let store = Store::open(url).await?;
    store.migrate_down(0).await?;
    store.migrate_up().await?;
    store.close().await;
    Ok(())
}
