//! Redis goes away and comes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_backends::limits;
use fanfare_domain::rate_limit::{Bucket, Rate, RateLimits};
use fanfare_domain::{Limit, Secret, SystemClock};
use fanfare_testkit::{Method, TestDatabase, TestHub};
use jiff::SignedDuration;

use crate::redis_server::RedisServer;

const TEN: Rate = Rate {
    burst: 10,
    per: SignedDuration::from_hours(1),
};

async fn open(server: &RedisServer) -> Arc<dyn RateLimits> {
    let url = Secret::new(server.url());
    let limits = limits::open(Some(&url), Arc::new(SystemClock)).await;
    limits.expect("the address is good")
}

async fn until_it_is_up(limits: &dyn RateLimits) {
    let begun = Instant::now();
    while !limits.counting().is_up {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "it heals by itself"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How many of these are allowed, and how long the slowest took.
async fn take(limits: &dyn RateLimits, bucket: &Bucket, times: usize) -> (usize, Duration) {
    let (mut allowed, mut slowest) = (0, Duration::ZERO);
    for _ in 0..times {
        let begun = Instant::now();
        allowed += usize::from(limits.take(bucket, TEN).await.is_allowed);
        slowest = slowest.max(begun.elapsed());
    }
    (allowed, slowest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_memory_stands_in_until_it_is_back() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let limits = open(&server).await;
    let bucket = Bucket::new(Limit::SignIn, "ada");
    assert_eq!(take(&*limits, &bucket, 4).await.0, 4);

    server.kill();
    let (allowed, slowest) = take(&*limits, &bucket, 20).await;
    assert_eq!(allowed, 10, "memory begins anew, and holds");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    assert!(!limits.counting().is_up);

    server.start_again();
    until_it_is_up(&*limits).await;
    assert_eq!(
        take(&*limits, &bucket, 20).await.0,
        10,
        "it was started empty"
    );
    assert_eq!(server.say("DBSIZE").as_deref(), Some(":1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_hangs_holds_up_one_request_and_no_more() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let limits = open(&server).await;
    let bucket = Bucket::new(Limit::SignIn, "ada");
    assert_eq!(take(&*limits, &bucket, 1).await.0, 1);
    // Connections stand, and nothing is answered.
    server.signal("STOP");
    let begun = Instant::now();
    let (allowed, _) = take(&*limits, &bucket, 10).await;
    let took = begun.elapsed();
    assert_eq!(allowed, 10);
    // One waited for a tenth of a second; ten would have waited for one.
    assert!(took < Duration::from_millis(900), "{took:?}");
    server.signal("CONT");
    until_it_is_up(&*limits).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_lets_us_do_nothing_is_as_good_as_away() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let limits = open(&server).await;
    let bucket = Bucket::new(Limit::SignIn, "ada");
    let may = |what: &str| server.say(&format!("ACL SETUSER default {what}"));
    assert_eq!(may("-evalsha").as_deref(), Some("+OK"));
    assert_eq!(take(&*limits, &bucket, 20).await.0, 10);
    // It is looked for in the meantime, and not taken for one that is back.
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!limits.counting().is_up);
    }
    assert_eq!(may("+evalsha").as_deref(), Some("+OK"));
    until_it_is_up(&*limits).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_counted_expires_by_itself_and_names_nobody() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let limits = open(&server).await;
    let soon = Rate {
        burst: 5,
        per: SignedDuration::from_millis(200),
    };
    limits.take(&Bucket::new(Limit::SignIn, "ada"), soon).await;
    assert_eq!(server.say("DBSIZE").as_deref(), Some(":1"));
    let begun = Instant::now();
    while server.say("DBSIZE").as_deref() != Some(":0") {
        assert!(begun.elapsed() < Duration::from_secs(20), "it expires");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_without_its_redis_starts_works_and_says_so() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let url = server.url();
    server.kill();
    let database = TestDatabase::sqlite().await;
    let hub = TestHub::start_with(&database, &[("FANFARE_REDIS_URL", &url)]).await;
    hub.browser().register("ada@example.com").await;
    let ready = async || {
        let answer = hub
            .browser()
            .request(Method::GET, "/health/ready")
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, body) = ready().await;
    assert_eq!(status, 200);
    assert!(
        body.contains("degraded") && body.contains("redis"),
        "{body}"
    );
    server.start_again();
    until_it_is_up(&*hub.app.limits).await;
    let (status, body) = ready().await;
    assert_eq!((status, body.as_str()), (200, r#"{"status":"ready"}"#));
    hub.stop().await;
    database.remove().await;
}
