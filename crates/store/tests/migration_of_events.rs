//! Events that were heard before are known when they are told once more, although they are told apart by less.

use fanfare_store::{binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};

/// The version before the hashes were cut short.
const BEFORE: i64 = 40;

both_databases!(
    what_was_heard_before_is_still_known,
    async |database: &TestDatabase| {
        let store = database.open().await;
        store.migrate_down(BEFORE).await.unwrap();
        let mut tx = store.as_system("test").write().await.unwrap();
        tx.execute(
            "INSERT INTO webhook_events (id, receipt_id, position, platform, account, kind, lane, dedup, scope, status, understood,
                 attempts, failed, effects, due_at, received_at, failures)
             VALUES ('e', 'r', 0, 'facebook', '1', 'feed', 'facebook:-:1',
                 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '', 'processed', TRUE, 1, 0, 0, 0, 0, '[]')",
            binds![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        store.migrate_up().await.unwrap();
        let mut tx = store.as_system("test").read().await.unwrap();
        let dedup = tx
            .one(sql!("SELECT dedup FROM webhook_events"), binds![], |row| {
                row.text("dedup")
            })
            .await
            .unwrap();
        assert_eq!(dedup, "a".repeat(32));
        drop(tx);
        store.close().await;
    }
);
