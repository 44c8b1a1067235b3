//! The runner against a real SQLite file: everything enqueued runs, on time, and nothing twice at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::{Clock, JobId, SystemClock};
use fanfare_jobs::{Handler, JobRun, JobSignal, Outcome, Runner, RunnerSettings};
use fanfare_store::Store;
use fanfare_store::jobs::{self, NewJob};
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

struct Bench {
    store: Store,
    signal: JobSignal,
    _dir: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("jobs.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate_up().await.unwrap();
        Self {
            store,
            signal: JobSignal::default(),
            _dir: dir,
        }
    }

    async fn enqueue(&self, kind: &str, payload: &str, key: Option<&str>, due_at: Timestamp) {
        let now = SystemClock.now();
        let mut tx = self.store.as_system("test").write().await.unwrap();
        let job = NewJob {
            id: JobId::new(now),
            workspace: None,
            kind,
            payload: payload.to_owned(),
            key: key.map(str::to_owned),
            due_at,
        };
        jobs::enqueue(&mut tx, job, now).await.unwrap();
        tx.commit().await.unwrap();
        self.signal.ring();
    }

    async fn depth(&self) -> (i64, i64, i64) {
        let mut tx = self.store.as_system("test").read().await.unwrap();
        jobs::depth(&mut tx, SystemClock.now()).await.unwrap()
    }

    fn start(&self, handler: Arc<dyn Handler>) -> Running {
        let stop = CancellationToken::new();
        let runner = Runner::new(
            self.store.clone(),
            Arc::new(SystemClock),
            self.signal.clone(),
            vec![handler],
            RunnerSettings {
                concurrency: 8,
                ..RunnerSettings::default()
            },
        );
        let task = tokio::spawn(runner.run(stop.clone()));
        Running { stop, task }
    }
}

struct Running {
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

/// Counts the runs of each payload.
#[derive(Default)]
struct Counting {
    runs: Mutex<HashMap<String, usize>>,
    total: AtomicUsize,
}

#[async_trait]
impl Handler for Counting {
    fn kind(&self) -> &'static str {
        "count"
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        *self
            .runs
            .lock()
            .unwrap()
            .entry(job.payload.clone())
            .or_default() += 1;
        self.total.fetch_add(1, Ordering::SeqCst);
        Ok(Outcome::Done)
    }
}

async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    for _ in 0..1_000 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: still not so after ten seconds");
}

#[tokio::test]
async fn every_job_runs_once_and_is_deleted() {
    let bench = Bench::new().await;
    for n in 0..500 {
        bench
            .enqueue("count", &n.to_string(), None, SystemClock.now())
            .await;
    }
    let handler = Arc::new(Counting::default());
    let running = bench.start(Arc::clone(&handler) as Arc<dyn Handler>);
    until("all ran", async || {
        handler.total.load(Ordering::SeqCst) >= 500
    })
    .await;
    running.stop().await;
    assert!(handler.runs.lock().unwrap().values().all(|runs| *runs == 1));
    assert_eq!(bench.depth().await, (0, 0, 0));
}

#[tokio::test]
async fn a_job_waits_for_its_time_and_no_longer() {
    let bench = Bench::new().await;
    let handler = Arc::new(Counting::default());
    let running = bench.start(Arc::clone(&handler) as Arc<dyn Handler>);
    let due_at = SystemClock.now() + SignedDuration::from_millis(300);
    bench.enqueue("count", "later", None, due_at).await;
    until("it ran", async || handler.total.load(Ordering::SeqCst) == 1).await;
    let now = SystemClock.now();
    assert!(now >= due_at, "ran {} early", due_at.duration_since(now));
    running.stop().await;
}

#[tokio::test]
async fn one_job_for_each_key_moved_by_the_last_word() {
    let bench = Bench::new().await;
    let far = SystemClock.now() + SignedDuration::from_hours(1);
    bench.enqueue("count", "first", Some("same"), far).await;
    bench
        .enqueue("count", "second", Some("same"), SystemClock.now())
        .await;
    assert_eq!(bench.depth().await, (1, 1, 0));
}

/// Fails until told otherwise.
struct Stubborn(AtomicUsize);

#[async_trait]
impl Handler for Stubborn {
    fn kind(&self) -> &'static str {
        "stubborn"
    }

    async fn run(&self, _: &JobRun) -> anyhow::Result<Outcome> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => anyhow::bail!("not yet"),
            _ => panic!("a body may panic"),
        }
    }
}

#[tokio::test]
async fn a_failed_job_stays_and_comes_back_later() {
    let bench = Bench::new().await;
    bench
        .enqueue("stubborn", "x", None, SystemClock.now())
        .await;
    let handler = Arc::new(Stubborn(AtomicUsize::new(0)));
    let running = bench.start(Arc::clone(&handler) as Arc<dyn Handler>);
    until("it failed twice", async || {
        handler.0.load(Ordering::SeqCst) == 2
    })
    .await;
    running.stop().await;
    assert_eq!(
        bench.depth().await.0,
        1,
        "neither failure nor panic loses the job"
    );
}

/// Never ends.
struct Hanging(AtomicUsize);

#[async_trait]
impl Handler for Hanging {
    fn kind(&self) -> &'static str {
        "hang"
    }

    async fn run(&self, _: &JobRun) -> anyhow::Result<Outcome> {
        self.0.fetch_add(1, Ordering::SeqCst);
        std::future::pending().await
    }
}

#[tokio::test]
async fn what_a_crash_interrupted_is_taken_up_at_the_next_start() {
    let bench = Bench::new().await;
    bench.enqueue("hang", "x", None, SystemClock.now()).await;
    let first = Arc::new(Hanging(AtomicUsize::new(0)));
    let crashed = bench.start(Arc::clone(&first) as Arc<dyn Handler>);
    until("it began", async || first.0.load(Ordering::SeqCst) == 1).await;
    crashed.task.abort();

    let second = Arc::new(Hanging(AtomicUsize::new(0)));
    let running = bench.start(Arc::clone(&second) as Arc<dyn Handler>);
    until("it began again", async || {
        second.0.load(Ordering::SeqCst) == 1
    })
    .await;
    running.task.abort();
}

#[tokio::test]
async fn a_worker_that_lost_its_job_cannot_save_a_result() {
    let bench = Bench::new().await;
    bench.enqueue("count", "x", None, SystemClock.now()).await;
    let now = SystemClock.now();
    let lost = now - SignedDuration::from_secs(1);
    let mut tx = bench.store.as_system("test").write().await.unwrap();
    let first = jobs::claim(&mut tx, now, 1, "one", lost)
        .await
        .unwrap()
        .remove(0);
    let second = jobs::claim(&mut tx, now, 1, "one", now + SignedDuration::from_secs(30))
        .await
        .unwrap();
    assert_eq!(second.len(), 1, "the lease had ended");
    let hold = |attempts| jobs::Hold {
        id: first.id,
        lease: "one".into(),
        attempts,
    };
    assert!(
        !jobs::finish_one(&mut tx, &hold(first.attempts))
            .await
            .unwrap()
    );
    assert!(
        jobs::finish_one(&mut tx, &hold(second[0].attempts))
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
}
