//! Two processes of one installation.

use fanfare_testkit::{StatusCode, TestDatabase, TestHub, both_databases};
use serde_json::json;

use crate::redis_server::RedisServer;

both_databases!(
    two_nodes_on_one_redis_share_a_limit,
    async |database: &TestDatabase| {
        let Some(server) = RedisServer::start() else {
            return;
        };
        let url = server.url();
        let variables = [("FANFARE_REDIS_URL", url.as_str())];
        let one = TestHub::start_with(database, &variables).await;
        let other = one.start_beside(database, &variables).await;
        one.browser().register("ada@example.com").await;
        let guess = async |hub: &TestHub, password: &str| {
            let body = json!({ "email": "ada@example.com", "password": password });
            hub.browser().post("/api/auth/login", body).await.status
        };
        for turn in 0..10 {
            let hub = if turn % 2 == 0 { &one } else { &other };
            assert_eq!(guess(hub, "a wrong guess").await, StatusCode::UNAUTHORIZED);
        }
        for hub in [&one, &other] {
            assert_eq!(guess(hub, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
        }
        // Nobody's address lies there.
        assert_eq!(
            server
                .say("EVAL \"return #redis.call('KEYS', '*ada*')\" 0")
                .as_deref(),
            Some(":0")
        );
        one.stop().await;
        other.stop().await;
    }
);

const PASSWORD: &str = "correct horse battery staple";
