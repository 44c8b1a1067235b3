//! The same body against memory and Redis, by the machine's clock.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_backends::limits;
use fanfare_domain::rate_limit::{Bucket, RULES, Rate, RateLimits};
use fanfare_domain::{Limit, Secret, SystemClock};
use jiff::SignedDuration;

use crate::redis_server::RedisServer;

/// Makes two tests of one body.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn memory() {
                super::$name(&*super::open(None).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn redis() {
                if let Some(server) = super::RedisServer::start() {
                    super::$name(&*super::open(Some(server.url())).await).await;
                }
            }
        }
    )+};
}

on_both!(
    every_line_of_the_table_holds,
    what_is_used_comes_back_evenly,
    of_many_at_once_no_more_than_the_burst_get_through,
    a_lowered_rate_counts_at_once,
);

async fn open(url: Option<String>) -> Arc<dyn RateLimits> {
    let url = url.map(Secret::new);
    let limits = limits::open(url.as_ref(), Arc::new(SystemClock)).await;
    let limits = limits.expect("the address is good");
    let counting = limits.counting();
    let expected = if url.is_some() { "redis" } else { "memory" };
    assert_eq!((counting.backend, counting.is_up), (expected, true));
    limits
}

async fn every_line_of_the_table_holds(limits: &dyn RateLimits) {
    for rule in RULES {
        let (limit, rate) = (rule.limit, rule.rate);
        let [ada, ben] = ["ada", "ben"].map(|who| Bucket::new(limit, who));
        // What comes back meanwhile, on a slow machine.
        let begun = Instant::now();
        let mut allowed = 0;
        let refused = loop {
            let taken = limits.take(&ada, rate).await;
            if !taken.is_allowed {
                break taken;
            }
            allowed += 1;
        };
        let each = rate.per.as_millis() / i128::from(rate.burst);
        let back = i128::try_from(begun.elapsed().as_millis()).unwrap() / each + 1;
        let extra = i128::from(allowed - i64::from(rate.burst));
        assert!((0..=back).contains(&extra), "{limit}: {allowed} allowed");
        assert_eq!(refused.left, 0, "{limit}");
        assert!(
            refused.wait > SignedDuration::ZERO && refused.wait.as_millis() <= each + 1,
            "{limit}: {refused:?}"
        );
        assert!(refused.full_in <= rate.per, "{limit}: {refused:?}");

        let other = limits.take(&ben, rate).await;
        assert!(
            other.is_allowed && other.left == rate.burst - 1,
            "{limit}: {other:?}"
        );
        limits.give_back(&ben, rate).await;
        assert_eq!(
            limits.take(&ben, rate).await.left,
            rate.burst - 1,
            "{limit}"
        );
        limits.forget(&ada).await;
        let taken = limits.take(&ada, rate).await;
        assert!(
            taken.is_allowed && taken.left == rate.burst - 1,
            "{limit}: {taken:?}"
        );
    }
}

async fn what_is_used_comes_back_evenly(limits: &dyn RateLimits) {
    let rate = Rate {
        burst: 3,
        per: SignedDuration::from_secs(3),
    };
    let bucket = Bucket::new(Limit::SignIn, "slowly");
    let begun = Instant::now();
    for _ in 0..3 {
        assert!(limits.take(&bucket, rate).await.is_allowed);
    }
    let refused = limits.take(&bucket, rate).await;
    // A machine that stood still for a second has had one back.
    if begun.elapsed() < Duration::from_millis(900) {
        assert!(!refused.is_allowed);
        let wait = Duration::try_from(refused.wait).unwrap();
        assert!(wait <= Duration::from_secs(1));
        tokio::time::sleep(wait + Duration::from_millis(5)).await;
        assert!(limits.take(&bucket, rate).await.is_allowed);
    }
    let left = limits.take(&bucket, rate).await;
    assert!(
        left.left <= 1,
        "no more came back than the time that passed: {left:?}"
    );
}

async fn of_many_at_once_no_more_than_the_burst_get_through(limits: &dyn RateLimits) {
    let rate = Rate {
        burst: 10,
        per: SignedDuration::from_hours(1),
    };
    let bucket = Bucket::new(Limit::SignIn, "a crowd");
    let all = (0..60).map(|_| limits.take(&bucket, rate));
    let taken = futures::future::join_all(all).await;
    let allowed = taken.iter().filter(|taken| taken.is_allowed).count();
    assert_eq!(allowed, 10);
}

async fn a_lowered_rate_counts_at_once(limits: &dyn RateLimits) {
    let minute = SignedDuration::from_mins(60);
    let rate = |burst| Rate { burst, per: minute };
    let bucket = Bucket::new(Limit::ApiKey, "lowered");
    assert_eq!(limits.take(&bucket, rate(100)).await.left, 99);
    assert_eq!(limits.take(&bucket, rate(2)).await.left, 1);
}
