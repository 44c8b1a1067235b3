//! SQLite's shared writer: many transactions at once, each alone with its failures, none lost.

use std::time::Duration;

use fanfare_store::{Store, binds, sql};

async fn open() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", dir.path().join("test.db").display()))
        .await
        .unwrap();
    store.migrate_up().await.unwrap();
    (store, dir)
}

async fn insert(store: &Store, name: &str) -> fanfare_store::Result<fanfare_store::SystemTx> {
    let mut tx = store.as_system("test").write().await?;
    tx.execute(
        sql!("INSERT INTO installation_facts (name, value) VALUES ($1, $2)"),
        binds![name, vec![1_u8]],
    )
    .await?;
    Ok(tx)
}

async fn count(store: &Store) -> i64 {
    let mut tx = store.as_system("test").read().await.unwrap();
    tx.one(
        sql!("SELECT COUNT(*) AS facts FROM installation_facts"),
        binds![],
        |row| row.int("facts"),
    )
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_writers_at_once_all_last() {
    let (store, _dir) = open().await;
    let writers: Vec<_> = (0..200)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                insert(&store, &format!("fact {n}"))
                    .await
                    .unwrap()
                    .commit()
                    .await
                    .unwrap();
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(count(&store).await, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_give_up_leave_no_trace_and_take_nobody_along() {
    let (store, _dir) = open().await;
    let writers: Vec<_> = (0..200)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let tx = insert(&store, &format!("fact {n}")).await.unwrap();
                if n % 3 == 0 {
                    drop(tx);
                } else {
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(count(&store).await, 133);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_constraint_fails_one_member_alone() {
    let (store, _dir) = open().await;
    insert(&store, "taken")
        .await
        .unwrap()
        .commit()
        .await
        .unwrap();
    let good = {
        let store = store.clone();
        tokio::spawn(async move { insert(&store, "free").await.unwrap().commit().await })
    };
    let bad = insert(&store, "taken").await;
    assert!(matches!(bad, Err(fanfare_store::StoreError::Conflict(_))));
    good.await.unwrap().unwrap();
    assert_eq!(count(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_stops_waiting_for_the_writer_holds_nobody_up() {
    let (store, _dir) = open().await;
    let first = insert(&store, "first").await.unwrap();
    let impatient = {
        let store = store.clone();
        tokio::spawn(async move { insert(&store, "impatient").await.map(drop) })
    };
    tokio::time::sleep(Duration::from_millis(20)).await;
    impatient.abort();
    tokio::time::timeout(Duration::from_secs(5), first.commit())
        .await
        .unwrap()
        .unwrap();
    insert(&store, "last")
        .await
        .unwrap()
        .commit()
        .await
        .unwrap();
    assert_eq!(count(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_abandoned_transaction_does_not_keep_the_file_locked() {
    let (store, dir) = open().await;
    drop(insert(&store, "abandoned").await.unwrap());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let other = Store::open(&format!("sqlite:{}", dir.path().join("test.db").display()))
        .await
        .unwrap();
    let tx = tokio::time::timeout(Duration::from_secs(2), insert(&other, "other")).await;
    tx.unwrap().unwrap().commit().await.unwrap();
    assert_eq!(count(&store).await, 1);
}
