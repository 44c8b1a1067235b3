//! What one process changes, another hears by Redis: also on SQLite, which carries nothing itself.

use std::time::Duration;

use fanfare_backends::broadcast;
use fanfare_domain::Secret;
use fanfare_store::changes::{Change, Listener};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub, both_databases};
use serde_json::json;

use crate::redis_server::RedisServer;

/// Longer than a lost line is left alone.
const SOON: Duration = Duration::from_secs(8);

both_databases!(
    one_node_hears_by_redis_what_another_changes,
    async |database: &TestDatabase| {
        let Some(mut server) = RedisServer::start() else {
            return;
        };
        let by_redis = broadcast::by_redis(&Secret::new(server.url())).unwrap();
        let hub = TestHub::start(database).await;
        let elsewhere = database.open().await;
        let mut there = elsewhere.listen();
        let carried = [hub.store.clone(), elsewhere.clone()].map(|store| {
            let by_redis = by_redis.clone();
            tokio::spawn(async move { store.carry_changes(Some(by_redis)).await })
        });
        let ada = hub.browser();
        ada.register("ada@example.com").await;
        // Until both have begun to listen, nothing is carried.
        assert!(is_heard(&ada, &mut there).await);
        // Away for a moment: afterwards nobody relies on what they have, and then all is told again.
        server.kill();
        server.start_again();
        let gap = tokio::time::timeout(SOON, unknown(&mut there)).await;
        assert!(gap.is_ok());
        assert!(is_heard(&ada, &mut there).await);
        for task in carried {
            task.abort();
        }
        elsewhere.close().await;
        hub.stop().await;
    }
);

async fn is_heard(ada: &Browser, there: &mut Listener) -> bool {
    for _ in 0..30 {
        let post = json!({ "text": "Bread", "channel_ids": [], "schedule": { "kind": "draft" } });
        ada.post("/api/posts", post)
            .await
            .expect(StatusCode::CREATED);
        let told = tokio::time::timeout(Duration::from_millis(400), post_changed(there));
        if told.await.is_ok() {
            return true;
        }
    }
    false
}

async fn post_changed(listener: &mut Listener) {
    while let Some(change) = listener.next().await {
        if matches!(change, Change::Of(_, kind) if kind == "post") {
            return;
        }
    }
}

async fn unknown(listener: &mut Listener) {
    while let Some(change) = listener.next().await {
        if change == Change::Unknown {
            return;
        }
    }
}
