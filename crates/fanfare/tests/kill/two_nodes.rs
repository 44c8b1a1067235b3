//! Two nodes on one PostgreSQL hear the same Pages. One is killed while it works a batch off: the other takes over what that one died at,
//! loses nothing of it and does nothing twice.
//!
//! Each round waits for a lease to end, half a minute at most; `FANFARE_TEST_KILLS` says how many rounds there are.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_store::{Store, SystemTx, binds, sql};
use fanfare_testkit::{Browser, TestDatabase};

use crate::effects::judge;
use crate::hearing::{kills, pages};
use crate::hub::{Hub, Site, free_port};
use crate::patience::Patience;
use crate::senders::Senders;

/// To each node.
const SENDERS: usize = 6;
/// How long a node is given to be in the middle of a batch before the batches are let go on.
const WAITING: Duration = Duration::from_secs(2);
const TRIES: usize = 50;
/// So long the one that is left is told more.
const GOING_ON: Duration = Duration::from_secs(1);
/// How long a node may take to begin to work off.
const BEGINNING: Duration = Duration::from_secs(150);

/// A node, and the lease under which it holds jobs.
struct Node {
    hub: Hub,
    lease: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_node_takes_over_what_one_died_at() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    fanfare::use_one_tls();
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
    let site = || Site {
        data: folder.path(),
        database: Some(&database.url),
        port: free_port(),
        sandbox: &sandbox,
    };
    let store = database.open().await;
    let hub = site().start().await;
    let ada = Browser::at(hub.url.clone());
    ada.register("ada@example.com").await;
    let senders = Senders::new(pages(&ada).await);

    let sending = senders.begin(&hub.url, "alone", SENDERS);
    let lease = first_lease(&store).await;
    senders.stop();
    sending.join_all().await;
    let mut older = Node { hub, lease };
    for round in 0..kills() {
        let newer = site().start().await;
        let to_older = senders.begin(&older.hub.url, &format!("{round}-older"), SENDERS);
        let to_newer = senders.begin(&newer.url, &format!("{round}-newer"), SENDERS);
        let died = die_in_a_batch(&store, older).await;
        to_older.join_all().await;
        tokio::time::sleep(GOING_ON).await;
        senders.stop();
        to_newer.join_all().await;
        // Nobody else is there now.
        let lease = settle(&store, &died).await;
        judge(&store, &senders.taken()).await;
        older = Node { hub: newer, lease };
    }
    older.hub.kill();
    let again = begun_again(&store).await;
    assert!(again >= kills(), "{again} were begun again");
    let taken = senders.taken().len();
    store.close().await;
    sandbox.stop().await;
    database.remove().await;
    println!(
        "{} nodes died in a batch, {taken} taken, {again} begun again, none lost, none doubled",
        kills()
    );
}

/// Kills the node while it is in the middle of a batch; answers the lease under which it was.
async fn die_in_a_batch(store: &Store, node: Node) -> String {
    for _ in 0..TRIES {
        let held = hold_batches_up(store).await;
        let deadline = Instant::now() + WAITING;
        while Instant::now() < deadline {
            if in_a_batch(store).await.contains(&node.lease) {
                node.hub.kill();
                drop(held);
                assert!(in_a_batch(store).await.contains(&node.lease));
                return node.lease;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(held);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the node never had a batch");
}

/// The lease of the one node that there is.
async fn first_lease(store: &Store) -> String {
    let held = hold_batches_up(store).await;
    let deadline = Instant::now() + BEGINNING;
    loop {
        if let Some(lease) = in_a_batch(store).await.pop_first() {
            drop(held);
            return lease;
        }
        assert!(Instant::now() < deadline, "nothing is worked off");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Until this is dropped nobody can end a batch: each has to write what we read.
async fn hold_batches_up(store: &Store) -> SystemTx {
    let mut tx = store.as_system("hold batches up").write().await.unwrap();
    tx.execute("LOCK TABLE engagement IN SHARE MODE", binds![])
        .await
        .unwrap();
    tx
}

/// The leases of those who have taken events of a lane and not worked them off yet.
async fn in_a_batch(store: &Store) -> BTreeSet<String> {
    let mut tx = store.as_system("who is at work").read().await.unwrap();
    let found = tx
        .all(
            sql!(
                "SELECT DISTINCT j.lease FROM jobs j JOIN webhook_events e ON j.key = 'hear:' || e.lane
                 WHERE j.lease IS NOT NULL AND e.status = 'processing'"
            ),
            binds![],
            |row| row.text("lease"),
        )
        .await
        .unwrap();
    found.into_iter().collect()
}

/// Waits until nothing is open any more; answers the lease under which the one that is left worked it off.
async fn settle(store: &Store, died: &str) -> String {
    let mut patience = Patience::new();
    let mut others = BTreeSet::new();
    loop {
        others.extend(in_a_batch(store).await);
        others.remove(died);
        let open = open(store).await;
        if open == 0 {
            break;
        }
        patience.watch(open);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(others.len(), 1, "the one that is left did it");
    others.pop_first().unwrap()
}

/// Requests that nobody has read, and events that are not final.
async fn open(store: &Store) -> i64 {
    let mut tx = store.as_system("what is open").read().await.unwrap();
    tx.one(
        sql!(
            "SELECT (SELECT COUNT(*) FROM webhook_inbox)
                 + (SELECT COUNT(*) FROM webhook_events WHERE status IN ('pending', 'processing', 'failed')) AS open"
        ),
        binds![],
        |row| row.int("open"),
    )
    .await
    .unwrap()
}

/// How many events somebody had taken before the one who worked them off.
async fn begun_again(store: &Store) -> usize {
    let mut tx = store.as_system("attempts").read().await.unwrap();
    let found = tx
        .one(
            sql!("SELECT COUNT(*) AS found FROM webhook_events WHERE attempts > 1"),
            binds![],
            |row| row.int("found"),
        )
        .await
        .unwrap();
    usize::try_from(found).unwrap()
}
