//! What the benches share: databases to measure on, and how figures are printed.

use std::time::Duration;

use fanfare_store::Store;
use jiff::SignedDuration;

/// A fresh database for one bench.
pub struct BenchDatabase {
    pub name: &'static str,
    pub store: Store,
    /// Keeps the folder of an SQLite file until the bench is over.
    _dir: Option<tempfile::TempDir>,
}

/// SQLite always; PostgreSQL at `FANFARE_TEST_POSTGRES_URL`, or a line that says it was left out. The PostgreSQL database is emptied.
pub async fn databases() -> anyhow::Result<Vec<BenchDatabase>> {
    let dir = tempfile::tempdir()?;
    let url = format!("sqlite:{}", dir.path().join("bench.db").display());
    let mut found = vec![open("SQLite (WAL, synchronous FULL)", &url, Some(dir)).await?];
    match std::env::var("FANFARE_TEST_POSTGRES_URL") {
        Ok(url) => {
            found.push(
                open(
                    "PostgreSQL (fsync and synchronous_commit as the server has them)",
                    &url,
                    None,
                )
                .await?,
            );
        }
        Err(_) => println!("PostgreSQL left out: FANFARE_TEST_POSTGRES_URL is not set"),
    }
    Ok(found)
}

async fn open(
    name: &'static str,
    url: &str,
    dir: Option<tempfile::TempDir>,
) -> anyhow::Result<BenchDatabase> {
    let store = Store::open(url).await?;
    store.migrate_up().await?;
    Ok(BenchDatabase {
        name,
        store,
        _dir: dir,
    })
}

impl BenchDatabase {
    pub async fn close(self) -> anyhow::Result<()> {
        self.store.migrate_down(0).await?;
        self.store.close().await;
        Ok(())
    }
}

pub fn print_rate(what: &str, count: usize, took: Duration) {
    println!(
        "  {what}: {:.0} per second",
        count as f64 / took.as_secs_f64()
    );
}

/// How late things began.
pub struct Lateness(Vec<SignedDuration>);

impl Lateness {
    pub fn of(mut late: Vec<SignedDuration>) -> Self {
        late.sort_unstable();
        Self(late)
    }

    /// The value below which `percent` of all lie, in milliseconds.
    fn percentile(&self, percent: usize) -> i128 {
        let last = self.0.len().saturating_sub(1);
        self.0
            .get(last * percent / 100)
            .map_or(0, |late| late.as_millis())
    }

    pub fn print(&self, what: &str) {
        println!(
            "  {what}: lateness p50 {} ms, p99 {} ms, worst {} ms",
            self.percentile(50),
            self.percentile(99),
            self.percentile(100)
        );
    }
}

/// The CPU time that a process has had so far; `self` for this one.
pub fn cpu_seconds(process: &str) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    // The kernel counts in hundredths of a second for everything that reads this file.
    Ok(ticks / 100.0)
}

/// What a process holds in memory; `self` for this one.
pub fn resident_mb(process: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    let kilobytes: u64 = line.split_whitespace().nth(1).unwrap_or("0").parse()?;
    Ok(kilobytes / 1024)
}
