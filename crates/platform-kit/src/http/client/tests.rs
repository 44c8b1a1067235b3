//! What each kind of failure comes to, against servers that really fail so.

use super::*;
use crate::error::RateScope;
use crate::http::test_server::{Behaviour, start, use_ring};
use crate::http::{BudgetKey, Usage};
use fanfare_domain::ManualClock;
use jiff::{SignedDuration, Timestamp};

fn client(policy: EgressPolicy) -> HttpClient {
    use_ring();
    let clock = Arc::new(ManualClock::at(
        Timestamp::from_second(1_700_000_000).unwrap(),
    ));
    HttpClient::new(policy, Budgets::default(), clock).unwrap()
}

async fn call(behaviour: Behaviour, effect: Effect) -> Result<Answer, PlatformError> {
    let at = start(behaviour).await;
    let client = client(EgressPolicy::default());
    let url = Url::parse(&format!("http://{at}/?token=hunter2")).unwrap();
    let request = client
        .request(Method::POST, url)
        .timeout(Duration::from_millis(300));
    client.send("Acme", &[], effect, request).await
}

fn answer(text: &str) -> Behaviour {
    Behaviour::Answer(text.to_owned())
}

#[tokio::test]
async fn an_answer_of_any_status_is_an_answer() {
    let answer = call(
        answer("HTTP/1.1 503 Busy\r\ncontent-length: 4\r\nx-left: 7\r\n\r\nbusy"),
        Effect::Once,
    )
    .await
    .unwrap();
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("X-Left"), Some("7"));
    assert_eq!(answer.excerpt(2), "bu");
}

#[tokio::test]
async fn redirects_are_answers_too() {
    let moved =
        answer("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(call(moved, Effect::Once).await.unwrap().status, 302);
}

#[tokio::test]
async fn after_sending_silence_means_unknown_unless_the_call_may_be_repeated() {
    let huge = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n{}",
        "a".repeat(9_000_000)
    );
    let silent = [
        Behaviour::Silence,
        answer(""),
        answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf of it"),
        answer("nonsense\r\n\r\n"),
        answer(&huge),
    ];
    for behaviour in silent {
        let shown = format!("{behaviour:.60?}");
        let error = call(behaviour.clone(), Effect::Once).await.unwrap_err();
        assert_eq!(error.advice, Advice::OutcomeUnknown, "{shown}");
        let error = call(behaviour, Effect::Repeatable).await.unwrap_err();
        assert_eq!(error.advice, Advice::Retry { after: None }, "{shown}");
        assert!(error.detail.starts_with("Acme "), "{}", error.detail);
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_done() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let client = client(EgressPolicy::default());
    // Nobody listens; and a server that answers in clear where TLS is expected.
    let clear = start(answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    for url in [format!("http://{closed}/"), format!("https://{clear}/")] {
        let request = client.request(Method::POST, Url::parse(&url).unwrap());
        let error = client
            .send("Acme", &[], Effect::Once, request)
            .await
            .unwrap_err();
        assert_eq!(
            error.advice,
            Advice::Retry { after: None },
            "{url}: {error}"
        );
    }
}

#[tokio::test]
async fn a_typed_address_is_guarded_before_and_while_connecting() {
    let at = start(answer("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    let by_ip = Url::parse(&format!("http://{at}/")).unwrap();
    let by_name = Url::parse(&format!("http://localhost:{}/", at.port())).unwrap();

    let shut = client(EgressPolicy::default());
    for url in [&by_ip, &by_name] {
        let error = shut.guarded(Method::GET, url.clone()).unwrap_err();
        assert_eq!(error.code, ErrorCode::AddressNotAllowed);
    }
    let elsewhere = client(EgressPolicy::new(
        vec!["10.0.0.0/8".parse().unwrap()],
        vec![],
    ));
    let request = elsewhere.guarded(Method::GET, by_name.clone()).unwrap();
    let error = elsewhere
        .send("Acme", &[], Effect::Once, request)
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::AddressNotAllowed);
    assert!(
        error.detail.contains("FANFARE_EGRESS_ALLOW"),
        "{}",
        error.detail
    );

    let by_range = EgressPolicy::new(vec!["127.0.0.0/8".parse().unwrap()], vec![]);
    let by_port = EgressPolicy::new(vec![], vec![at]);
    for policy in [by_range, by_port] {
        let open = client(policy);
        for url in [&by_ip, &by_name] {
            let request = open.guarded(Method::GET, url.clone()).unwrap();
            let answer = open.send("Acme", &[], Effect::Once, request).await.unwrap();
            assert_eq!(answer.status, 200, "{url}");
        }
    }
}

#[tokio::test]
async fn a_budget_that_is_used_up_stops_the_call_before_it_is_sent() {
    let client = client(EgressPolicy::default());
    let key = BudgetKey::channel("acme", "one");
    let now = client.clock.now();
    let until = now + SignedDuration::from_secs(60);
    let usage = Usage {
        percent: 100.0,
        blocked_until: Some(until),
        as_of: now,
    };
    client.budgets().report(key.clone(), usage);
    let request = client.request(Method::GET, Url::parse("http://127.0.0.1:1/").unwrap());
    let error = client
        .send("Acme", &[key], Effect::Once, request)
        .await
        .unwrap_err();
    assert_eq!(
        error.advice,
        Advice::RateLimited {
            until,
            scope: RateScope::Channel
        }
    );
}
