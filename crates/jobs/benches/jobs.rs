//! How fast and how punctual the job engine is, beside the raw limit of the same database in the same run.
//!
//! `cargo x bench jobs` runs it. Figures are of this machine at this minute: only the ratios travel.

#[expect(dead_code, reason = "other benches print other figures")]
mod figures;

use std::sync::Arc;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use fanfare_domain::{Clock, JobId, SystemClock};
use fanfare_jobs::{Handler, JobRun, JobSignal, Outcome, Runner, RunnerSettings};
use fanfare_store::Store;
use fanfare_store::jobs::{self, NewJob};
use figures::{Lateness, databases, print_rate};
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

const JOBS: usize = 10_000;
const CONCURRENCY: usize = 10;
/// The raw limit claims and finishes this many rows at a time, as a batching engine would.
const RAW_BATCH: u32 = 100;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    for database in databases().await? {
        println!("\n{}", database.name);
        let store = &database.store;
        let raw = raw_limit(store).await?;
        print_rate(
            "raw: enqueue in one transaction each 100, claim and finish by 100",
            JOBS,
            raw,
        );
        let engine = enqueue_and_complete(store).await?;
        print_rate("engine: the same jobs through the runner", JOBS, engine);
        println!(
            "  ratio engine to raw: {:.2}",
            raw.as_secs_f64() / engine.as_secs_f64()
        );
        due_at_one_instant(store).await?.print(&format!(
            "{JOBS} jobs due at one instant, concurrency {CONCURRENCY}"
        ));
        idle_punctuality(store)
            .await?
            .print("idle queue, jobs due 100 ms apart");
        database.close().await?;
    }
    Ok(())
}

/// Notes how late each job began.
#[derive(Default)]
struct Note(Mutex<Vec<SignedDuration>>);

#[async_trait]
impl Handler for Note {
    fn kind(&self) -> &'static str {
        "note"
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let late = SystemClock.now().duration_since(job.due_at);
        self.0.lock().expect("nobody panics holding it").push(late);
        Ok(Outcome::Done)
    }
}

impl Note {
    fn count(&self) -> usize {
        self.0.lock().expect("nobody panics holding it").len()
    }

    fn take(&self) -> Lateness {
        Lateness::of(std::mem::take(
            &mut *self.0.lock().expect("nobody panics holding it"),
        ))
    }
}

struct Engine {
    note: Arc<Note>,
    signal: JobSignal,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Engine {
    fn start(store: &Store) -> Self {
        let (note, signal, stop) = (
            Arc::new(Note::default()),
            JobSignal::default(),
            CancellationToken::new(),
        );
        let settings = RunnerSettings {
            concurrency: CONCURRENCY,
            ..RunnerSettings::default()
        };
        let handlers: Vec<Arc<dyn Handler>> = vec![Arc::clone(&note) as _];
        let clock = Arc::new(SystemClock);
        let runner = Runner::new(store.clone(), clock, signal.clone(), handlers, settings);
        let task = tokio::spawn(runner.run(stop.clone()));
        Self {
            note,
            signal,
            stop,
            task,
        }
    }

    async fn wait_for(&self, store: &Store, jobs: usize) -> anyhow::Result<()> {
        while self.note.count() < jobs {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // Done is done when the rows are gone.
        loop {
            let mut tx = store.as_system("bench").read().await?;
            if jobs::depth(&mut tx, SystemClock.now()).await?.0 == 0 {
                return Ok(());
            }
            drop(tx);
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        Ok(self.task.await?)
    }
}

async fn enqueue_all(store: &Store, count: usize, due_at: Option<Timestamp>) -> anyhow::Result<()> {
    for _ in 0..count.div_ceil(RAW_BATCH as usize) {
        let mut tx = store.as_system("bench").write().await?;
        for _ in 0..RAW_BATCH {
            let now = SystemClock.now();
            let job = NewJob {
                id: JobId::new(now),
                workspace: None,
                kind: "note",
                payload: "{}".to_owned(),
                key: None,
                due_at: due_at.unwrap_or(now),
            };
            jobs::enqueue(&mut tx, job, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The statements alone, one after another on one connection: what the database can do at most with this table.
async fn raw_limit(store: &Store) -> anyhow::Result<Duration> {
    let start = Instant::now();
    enqueue_all(store, JOBS, None).await?;
    loop {
        let now = SystemClock.now();
        let mut tx = store.as_system("bench").write().await?;
        let until = now + SignedDuration::from_secs(30);
        let claimed = jobs::claim(&mut tx, now, RAW_BATCH, "raw", until).await?;
        tx.commit().await?;
        if claimed.is_empty() {
            return Ok(start.elapsed());
        }
        let ids: Vec<JobId> = claimed.iter().map(|job| job.id).collect();
        let mut tx = store.as_system("bench").write().await?;
        jobs::finish(&mut tx, "raw", &ids).await?;
        tx.commit().await?;
    }
}

async fn enqueue_and_complete(store: &Store) -> anyhow::Result<Duration> {
    let engine = Engine::start(store);
    let start = Instant::now();
    enqueue_all(store, JOBS, None).await?;
    engine.signal.ring();
    engine.wait_for(store, JOBS).await?;
    let elapsed = start.elapsed();
    engine.stop().await?;
    Ok(elapsed)
}

async fn due_at_one_instant(store: &Store) -> anyhow::Result<Lateness> {
    let due_at = SystemClock.now() + SignedDuration::from_secs(10);
    enqueue_all(store, JOBS, Some(due_at)).await?;
    anyhow::ensure!(
        SystemClock.now() < due_at,
        "enqueuing took longer than ten seconds"
    );
    let engine = Engine::start(store);
    engine.wait_for(store, JOBS).await?;
    let lateness = engine.note.take();
    engine.stop().await?;
    Ok(lateness)
}

async fn idle_punctuality(store: &Store) -> anyhow::Result<Lateness> {
    let engine = Engine::start(store);
    let first = SystemClock.now() + SignedDuration::from_secs(1);
    for n in 0..100 {
        let now = SystemClock.now();
        let mut tx = store.as_system("bench").write().await?;
        let job = NewJob {
            id: JobId::new(now),
            workspace: None,
            kind: "note",
            payload: "{}".to_owned(),
            key: None,
            due_at: first + SignedDuration::from_millis(100 * n),
        };
        jobs::enqueue(&mut tx, job, now).await?;
        tx.commit().await?;
    }
    engine.signal.ring();
    engine.wait_for(store, 100).await?;
    let lateness = engine.note.take();
    engine.stop().await?;
    Ok(lateness)
}
