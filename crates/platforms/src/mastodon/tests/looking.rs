//! Looking for a post of ours at instances that are not like the sandbox's: longer lists, other HTML, other clocks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use fanfare_domain::ManualClock;
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{Outgoing, Progress, Publish, Reconciled};
use fanfare_platform_kit::settings::SettingsBook;
use fanfare_platform_kit::{Advice, Credentials, Options, PlatformContext, PlatformError};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::channel;
use crate::mastodon::api::{Access, Registration};
use crate::mastodon::{ID, Mastodon};

const NOW: &str = "2026-11-20T12:00:00Z";
const ON_TIME: &str = "Fri, 20 Nov 2026 12:00:00 GMT";
const TEXT: &str = "Bread at nine";

/// Answers by path and query; further pages are empty, and everything else is not there.
#[derive(Clone, Default)]
struct Instance {
    answers: Arc<BTreeMap<String, Value>>,
    asked: Arc<Mutex<Vec<String>>>,
    /// What its clock says.
    date: &'static str,
}

async fn answer(State(instance): State<Instance>, request: Request) -> Response<String> {
    let asked = request.uri().path_and_query().unwrap().to_string();
    let no_more = json!([]);
    let is_further = asked.contains("max_id=");
    let body = instance
        .answers
        .get(&asked)
        .or(is_further.then_some(&no_more));
    instance.asked.lock().unwrap().push(asked);
    let (status, body) = match body {
        Some(body) => (StatusCode::OK, body.to_string()),
        None => (
            StatusCode::NOT_FOUND,
            json!({"error": "Record not found"}).to_string(),
        ),
    };
    let response = Response::builder()
        .status(status)
        .header("date", instance.date);
    response.body(body).unwrap()
}

const LIST: &str = "/api/v1/accounts/7/statuses?limit=40&exclude_reblogs=true";

fn post(id: u32, content: &str, created_at: &str) -> Value {
    json!({"id": id.to_string(), "url": "https://floss.town/1", "created_at": created_at, "content": content})
}

/// Asks what became of a post that was announced ten seconds ago.
async fn look(instance: &Instance) -> Result<Reconciled, PlatformError> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = axum::Router::new()
        .fallback(answer)
        .with_state(instance.clone());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let clock = Arc::new(ManualClock::at(NOW.parse().unwrap()));
    let policy = EgressPolicy::new(Vec::new(), vec![address]);
    let ctx = PlatformContext {
        platform: ID,
        settings: Arc::new(SettingsBook::default()),
        http: HttpClient::new(policy, Budgets::default(), clock.clone()).unwrap(),
        clock,
        redirect_uri: Url::parse("https://fanfare.example/callback").unwrap(),
    };
    let registration = Registration {
        client_id: "id".into(),
        client_secret: "secret".into(),
        redirect_uri: String::new(),
        scopes: String::new(),
    };
    let access = Access {
        instance: Url::parse(&format!("http://{address}")).unwrap(),
        registration,
        token: "token".into(),
        account: "7".into(),
    };
    let announced_at: Timestamp = "2026-11-20T11:59:50Z".parse().unwrap();
    let outgoing = Outgoing {
        delivery_id: "d1".into(),
        channel: channel(Value::Null),
        credentials: Credentials::from_value(&access),
        text: TEXT.into(),
        media: Vec::new(),
        options: Options::new(),
        due_at: announced_at,
        began_at: announced_at,
        taken: Vec::new(),
    };
    let progress =
        Progress(json!({"media": [], "polls": 0, "sent_at": announced_at, "announced": true}));
    Mastodon::new().reconcile(&ctx, &outgoing, &progress).await
}

fn instance(answers: impl IntoIterator<Item = (String, Value)>) -> Instance {
    Instance {
        answers: Arc::new(answers.into_iter().collect()),
        date: ON_TIME,
        ..Instance::default()
    }
}

fn found(known: &Reconciled) -> Option<&str> {
    match known {
        Reconciled::Published(receipt) => Some(&receipt.remote_id),
        Reconciled::NotPublished(_) => None,
        Reconciled::Unknown => panic!("the instance can tell"),
    }
}

#[tokio::test]
async fn odd_html_is_no_obstacle_where_the_source_is_kept() {
    let odd = post(3, "<div class=x>Bread<wbr>at nine</div>", NOW);
    let source = |text: &str| {
        (
            "/api/v1/statuses/3/source".to_owned(),
            json!({"id": "3", "text": text, "spoiler_text": ""}),
        )
    };
    let list = (LIST.to_owned(), json!([odd]));
    assert_eq!(
        found(
            &look(&instance([list.clone(), source("Bread at nine\n")]))
                .await
                .unwrap()
        ),
        Some("3")
    );
    assert_eq!(
        found(
            &look(&instance([list.clone(), source("Bread at ten")]))
                .await
                .unwrap()
        ),
        None
    );
    assert_eq!(found(&look(&instance([list])).await.unwrap()), None);
}

#[tokio::test]
async fn reposts_and_posts_of_other_programs_are_not_ours() {
    let mut repost = post(3, "<p>Bread at nine</p>", NOW);
    repost["reblog"] = json!({"id": "1"});
    let mut by_hand = post(2, "<p>Bread at nine</p>", NOW);
    by_hand["application"] = json!({"name": "Web"});
    let mut ours = post(1, "<p>Bread at nine</p>", NOW);
    ours["application"] = json!({"name": "Fanfare"});
    let of = |posts: Value| instance([(LIST.to_owned(), posts)]);
    assert_eq!(
        found(&look(&of(json!([repost, by_hand]))).await.unwrap()),
        None
    );
    assert_eq!(
        found(&look(&of(json!([repost, by_hand, ours]))).await.unwrap()),
        Some("1")
    );
}

#[tokio::test]
async fn only_what_appeared_since_counts_by_the_instances_clock() {
    let of = |created_at: &str, date| Instance {
        date,
        ..instance([(
            LIST.to_owned(),
            json!([post(1, "<p>Bread at nine</p>", created_at)]),
        )])
    };
    let table = [
        ("2026-11-20T11:59:51.000Z", ON_TIME, true),
        ("2026-11-20T11:59:25.000Z", ON_TIME, true),
        ("2026-11-20T11:59:15.000Z", ON_TIME, false),
        // An hour behind us.
        (
            "2026-11-20T10:59:51.000Z",
            "Fri, 20 Nov 2026 11:00:00 GMT",
            true,
        ),
        (
            "2026-11-20T10:58:00.000Z",
            "Fri, 20 Nov 2026 11:00:00 GMT",
            false,
        ),
        // An hour ahead of us.
        (
            "2026-11-20T12:59:51.000Z",
            "Fri, 20 Nov 2026 13:00:00 GMT",
            true,
        ),
        (
            "2026-11-20T12:00:00.000Z",
            "Fri, 20 Nov 2026 13:00:00 GMT",
            false,
        ),
    ];
    for (created_at, date, is_ours) in table {
        let known = look(&of(created_at, date)).await.unwrap();
        assert_eq!(found(&known).is_some(), is_ours, "{created_at}, {date}");
    }
}

#[tokio::test]
async fn a_busy_account_is_read_page_by_page_until_it_is_too_much() {
    let others = |from: u32| {
        (0..40)
            .map(|back| post(from - back, "<p>Other</p>", NOW))
            .collect::<Vec<_>>()
    };
    let page = |before: u32| format!("{LIST}&max_id={before}");
    let mut last = others(160);
    last.push(post(120, "<p>Bread at nine</p>", NOW));
    let third = instance([
        (LIST.to_owned(), json!(others(240))),
        (page(201), json!(others(200))),
        (page(161), json!(last)),
    ]);
    assert_eq!(found(&look(&third).await.unwrap()), Some("120"));
    let lists = third
        .asked
        .lock()
        .unwrap()
        .iter()
        .filter(|asked| asked.starts_with(LIST))
        .count();
    assert_eq!(lists, 3);

    let end = instance([(LIST.to_owned(), json!(others(240)))]);
    assert_eq!(found(&look(&end).await.unwrap()), None);

    let pages = (0..5).map(|index| match index {
        0 => (LIST.to_owned(), json!(others(240))),
        _ => (page(241 - index * 40), json!(others(240 - index * 40))),
    });
    assert_eq!(look(&instance(pages)).await.unwrap(), Reconciled::Unknown);
}

#[tokio::test]
async fn when_the_list_cannot_be_read_nobody_knows() {
    let error = look(&instance([(LIST.to_owned(), json!({"what": "is this"}))]))
        .await
        .unwrap_err();
    assert!(matches!(error.advice, Advice::Retry { .. }), "{error}");
}
