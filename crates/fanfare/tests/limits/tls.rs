//! Redis by TLS: limits, changes, and whom is trusted.

use std::process::Command;
use std::time::Duration;

use fanfare_backends::{broadcast, limits};
use fanfare_domain::Secret;
use fanfare_domain::broadcast::Heard;
use fanfare_testkit::{StatusCode, TestDatabase, TestHub, both_databases};
use serde_json::json;

use crate::redis_server::RedisServer;

both_databases!(
    by_tls_two_nodes_share_a_limit,
    async |database: &TestDatabase| {
        let Some(server) = RedisServer::start_with_tls() else {
            return;
        };
        let url = trusting(&server);
        let variables = [("FANFARE_REDIS_URL", url.as_str())];
        let one = TestHub::start_with(database, &variables).await;
        let other = one.start_beside(database, &variables).await;
        one.browser().register("ada@example.com").await;
        let guess = json!({ "email": "ada@example.com", "password": "a wrong guess" });
        for turn in 0..10 {
            let hub = if turn % 2 == 0 { &one } else { &other };
            let refused = hub.browser().post("/api/auth/login", guess.clone()).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        }
        for hub in [&one, &other] {
            let refused = hub.browser().post("/api/auth/login", guess.clone()).await;
            assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        }
        assert_ne!(server.say("DBSIZE").as_deref(), Some(":0"));
        one.stop().await;
        other.stop().await;
    }
);

#[tokio::test]
async fn by_tls_changes_are_told_and_heard() {
    fanfare::use_one_tls();
    let Some(server) = RedisServer::start_with_tls() else {
        return;
    };
    let url = Secret::new(trusting(&server));
    let by_redis = broadcast::by_redis(&url).unwrap();
    let mut here = by_redis.open().await.unwrap();
    let mut there = by_redis.open().await.unwrap();
    here.tell("a post changed").await.unwrap();
    let heard = tokio::time::timeout(Duration::from_secs(5), there.hear()).await;
    let Ok(Ok(Heard::Text(text))) = heard else {
        panic!("{heard:?}");
    };
    assert_eq!(text, "a post changed");
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_told_nothing() {
    fanfare::use_one_tls();
    let Some(server) = RedisServer::start_with_tls() else {
        return;
    };
    let url = Secret::new(server.tls_url());
    let refused = limits::check_server(&url).await.unwrap_err();
    assert!(refused.contains("certificate"), "{refused}");
    let opened = broadcast::by_redis(&url).unwrap().open().await;
    let refused = opened.err().expect("it is not trusted");
    assert!(refused.contains("certificate"), "{refused}");
    // Another authority does not vouch for it either.
    let stranger = RedisServer::start_with_tls().unwrap();
    let url = format!("{}?ca={}", server.tls_url(), stranger.authority());
    let refused = limits::check_server(&Secret::new(url)).await.unwrap_err();
    assert!(refused.contains("certificate"), "{refused}");
}

#[test]
fn the_system_s_authorities_are_those_that_it_names() {
    let Some(server) = RedisServer::start_with_tls() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let doctor = |trusted: Option<String>| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fanfare"));
        program
            .arg("doctor")
            .env("FANFARE_DATA", folder.path())
            .env("FANFARE_REDIS_URL", server.tls_url())
            .envs(trusted.map(|file| ("SSL_CERT_FILE", file)));
        String::from_utf8(program.output().unwrap().stdout).unwrap()
    };
    let words = doctor(Some(server.authority()));
    assert!(words.contains("Redis answers"), "{words}");
    let words = doctor(None);
    assert!(words.contains("Redis does not answer"), "{words}");
    assert!(!words.contains("hunter2"), "{words}");
}

fn trusting(server: &RedisServer) -> String {
    format!("{}?ca={}", server.tls_url(), server.authority())
}
