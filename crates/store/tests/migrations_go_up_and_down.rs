//! All migrations go up, down and up again on both databases.

use fanfare_store::Store;
use fanfare_testkit::{TestDatabase, both_databases};

both_databases!(up_down_up, async |database: &TestDatabase| {
    let store = database.open().await;
    let all = applied(&store).await;
    assert!(all >= 7);
    store
        .migrate_up()
        .await
        .expect("going up twice changes nothing");
    store.migrate_down(3).await.unwrap();
    assert_eq!(applied(&store).await, 3);
    store.migrate_down(0).await.unwrap();
    assert_eq!(applied(&store).await, 0);
    store.migrate_up().await.unwrap();
    assert_eq!(applied(&store).await, all);
    store.close().await;
});

#[tokio::test]
async fn an_empty_file_goes_up() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let store = Store::open(&url).await.unwrap();
    assert_eq!(applied(&store).await, 0);
    store.migrate_up().await.unwrap();
    assert!(applied(&store).await >= 7);
    store.close().await;
}

async fn applied(store: &Store) -> usize {
    let status = store.migration_status().await.unwrap();
    status.iter().filter(|migration| migration.applied).count()
}
