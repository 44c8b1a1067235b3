//! The walk against a server that fails as a real one cannot be made to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_backends::media::Disk;
use fanfare_domain::media_files::KeptFile;
use fanfare_domain::{ErrorCode, ManualClock};
use fanfare_platform_kit::http::{BudgetKey, Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{
    ChannelRef, Look, Outgoing, OutgoingMedia, Progress, Publish, Reconciled, Seen, Sent, Step,
};
use fanfare_platform_kit::settings::SettingsBook;
use fanfare_platform_kit::{
    Advice, Credentials, MediaFacts, MediaKind, PlatformContext, PlatformError,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use crate::bluesky::api::Access;
use crate::bluesky::{Bluesky, ID};

pub fn outgoing(text: &str) -> Outgoing {
    Outgoing {
        delivery_id: "018bcfe5-6800-7000-8000-000000000001".into(),
        channel: ChannelRef {
            id: "channel".into(),
            remote_id: "did:plc:me".into(),
            name: "@me.test".into(),
            kind: "account".into(),
            limits: Value::Null,
        },
        credentials: Credentials::from_json(fanfare_domain::Secret::new("{}")),
        text: text.into(),
        media: Vec::new(),
        options: serde_json::Map::new(),
        due_at: Timestamp::from_second(1_700_000_000).unwrap(),
        began_at: Timestamp::from_second(1_700_000_000).unwrap(),
        taken: Vec::new(),
    }
}

/// Answers that are given one after the other, and the calls that got them.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
    /// What is left of the allowance, as the headers say.
    left: u32,
}

async fn play(State(script): State<Script>, request: Request) -> Response {
    let name = request.uri().path().rsplit('/').next().unwrap().to_owned();
    let body = axum::body::to_bytes(request.into_body(), 1 << 20)
        .await
        .unwrap();
    script
        .calls
        .lock()
        .unwrap()
        .push((name, serde_json::from_slice(&body).unwrap_or(Value::Null)));
    let answer = script.answers.lock().unwrap().pop_front();
    let Some((status, body)) = answer else {
        // As a connection that breaks after the call has arrived.
        return (
            StatusCode::OK,
            [("content-length", "100")],
            axum::body::Body::empty(),
        )
            .into_response();
    };
    let headers = [
        ("ratelimit-limit", "5000".to_owned()),
        ("ratelimit-remaining", script.left.to_string()),
        ("ratelimit-reset", "1700000060".to_owned()),
    ];
    (
        StatusCode::from_u16(status).unwrap(),
        headers,
        axum::Json(body),
    )
        .into_response()
}

struct Stage {
    bluesky: Bluesky,
    ctx: PlatformContext,
    script: Script,
    outgoing: Outgoing,
}

impl Stage {
    async fn set(text: &str, answers: &[(u16, Value)]) -> Self {
        Self::set_with(text, answers, 4_000).await
    }

    async fn set_with(text: &str, answers: &[(u16, Value)], left: u32) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let script = Script {
            left,
            ..Script::default()
        };
        script
            .answers
            .lock()
            .unwrap()
            .extend(answers.iter().cloned());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = axum::Router::new()
            .fallback(play)
            .with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let clock = Arc::new(ManualClock::at(
            Timestamp::from_second(1_700_000_000).unwrap(),
        ));
        let policy = EgressPolicy::new(Vec::new(), vec![address]);
        let ctx = PlatformContext {
            platform: ID,
            settings: Arc::new(SettingsBook::default()),
            http: HttpClient::new(policy, Budgets::default(), clock.clone()).unwrap(),
            clock,
            redirect_uri: Url::parse("https://fanfare.example/callback").unwrap(),
        };
        let at = Url::parse(&format!("http://{address}")).unwrap();
        let access = Access {
            service: at.clone(),
            data_server: at,
            did: "did:plc:me".into(),
            app_password: "app".into(),
            access: "access".into(),
            renewal: "renewal".into(),
        };
        let outgoing = Outgoing {
            credentials: Credentials::from_value(&access),
            ..outgoing(text)
        };
        Self {
            bluesky: Bluesky::new(),
            ctx,
            script,
            outgoing,
        }
    }

    async fn step(&self, progress: &Progress) -> Result<Step, PlatformError> {
        self.bluesky.step(&self.ctx, &self.outgoing, progress).await
    }

    /// The first step, which asks nobody when nobody is mentioned.
    async fn begun(&self) -> Progress {
        let Step::Checkpoint(progress) = self.step(&Progress::start()).await.unwrap() else {
            panic!("the first step is a checkpoint")
        };
        progress
    }

    fn calls(&self) -> Vec<String> {
        self.script
            .calls
            .lock()
            .unwrap()
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }
}

fn put() -> Value {
    json!({"uri": "at://did:plc:me/app.bsky.feed.post/key", "cid": "cid"})
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_the_outcome_open() {
    for answers in [
        vec![],
        vec![(503, json!({}))],
        vec![(200, json!({"what": "is this"}))],
    ] {
        let stage = Stage::set("hello", &answers).await;
        let error = stage.step(&stage.begun().await).await.unwrap_err();
        assert_eq!(error.advice, Advice::OutcomeUnknown, "{answers:?}");
    }
}

#[tokio::test]
async fn reconciling_asks_and_tells() {
    let ours = json!({"uri": "at://x", "cid": "c", "value": {"text": "hello", "createdAt": "2023-11-14T22:13:20.000Z"}});
    let missing = json!({"error": "RecordNotFound", "message": "Could not locate record: at://x"});
    let stage = Stage::set("hello", &[(400, missing), (200, ours), (503, json!({}))]).await;
    let begun = stage.begun().await;
    let ask = || stage.bluesky.reconcile(&stage.ctx, &stage.outgoing, &begun);
    assert_eq!(
        ask().await.unwrap(),
        Reconciled::NotPublished(begun.clone())
    );
    assert!(
        matches!(ask().await.unwrap(), Reconciled::Published(receipt) if receipt.remote_id == "at://x")
    );
    assert_eq!(
        ask().await.unwrap_err().advice,
        Advice::Retry { after: None }
    );
}

#[tokio::test]
async fn a_refused_write_names_what_to_do_and_published_nothing() {
    let expired = json!({"error": "ExpiredToken", "message": "Token has expired"});
    let stage = Stage::set("hello", &[(400, expired), (200, put())]).await;
    let begun = stage.begun().await;
    assert_eq!(
        stage.step(&begun).await.unwrap_err().advice,
        Advice::Refresh
    );
    assert!(matches!(
        stage.step(&begun).await.unwrap(),
        Step::Published(_)
    ));
    assert_eq!(stage.calls(), ["com.atproto.repo.putRecord"; 2]);
    let bodies: Vec<_> = stage
        .script
        .calls
        .lock()
        .unwrap()
        .iter()
        .map(|(_, body)| body.clone())
        .collect();
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0].get("swapRecord"), Some(&Value::Null));
}

#[tokio::test]
async fn pictures_that_the_server_forgot_are_handed_over_once_more() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.png"), b"picture").unwrap();
    let disk = Disk::open(folder.path()).unwrap();
    let lost = json!({"error": "BlobNotFound", "message": "Could not find blob: abc"});
    let blob = json!({"blob": {"$type": "blob", "ref": {"$link": "abc"}, "mimeType": "image/png", "size": 7}});
    let answers = [
        (200, blob.clone()),
        (400, lost.clone()),
        (200, blob),
        (400, lost),
    ];
    let mut stage = Stage::set("hello", &answers).await;
    stage.outgoing.media.push(OutgoingMedia {
        facts: MediaFacts {
            id: "1".into(),
            kind: MediaKind::Image,
            mime: "image/png".into(),
            bytes: 7,
            width: 0,
            height: 0,
            duration_millis: None,
            alt: String::new(),
        },
        file_name: "a.png".into(),
        file: KeptFile::new(Arc::new(disk), "a.png"),
        public_url: Url::parse("https://fanfare.example/a.png").unwrap(),
    });
    let mut progress = stage.begun().await;
    for _ in 0..3 {
        let Step::Checkpoint(next) = stage.step(&progress).await.unwrap() else {
            panic!()
        };
        progress = next;
    }
    let error = stage.step(&progress).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::AnswerNotUnderstood);
    let (upload, put) = ("com.atproto.repo.uploadBlob", "com.atproto.repo.putRecord");
    assert_eq!(stage.calls(), [upload, put, upload, put]);
}

#[tokio::test]
async fn what_the_server_says_of_our_use_is_kept_and_kept_to() {
    let stage = Stage::set_with("hello", &[(200, put())], 0).await;
    let begun = stage.begun().await;
    assert!(matches!(
        stage.step(&begun).await.unwrap(),
        Step::Published(_)
    ));
    let key = BudgetKey::channel(ID, "channel");
    let until = Timestamp::from_second(1_700_000_060).unwrap();
    let usage = stage.ctx.http.budgets().usage(&key).unwrap();
    assert_eq!((usage.percent, usage.blocked_until), (100.0, Some(until)));
    let error = stage.step(&begun).await.unwrap_err();
    assert!(matches!(error.advice, Advice::RateLimited { until: told, .. } if told == until));
    assert_eq!(stage.calls().len(), 1);
}

#[tokio::test]
async fn a_mention_is_looked_up_and_trouble_there_is_not_taken_for_nobody() {
    let found = json!({"did": "did:plc:ana"});
    let nobody = json!({"error": "InvalidRequest", "message": "Unable to resolve handle"});
    let stage = Stage::set(
        "@ana.test @zoe.test",
        &[(502, json!({})), (200, found), (400, nobody)],
    )
    .await;
    assert_eq!(
        stage.step(&Progress::start()).await.unwrap_err().advice,
        Advice::Retry { after: None }
    );
    let begun = stage.begun().await;
    assert_eq!(begun.0["mentions"], json!({"ana.test": "did:plc:ana"}));
}

#[tokio::test]
async fn a_record_is_known_by_its_content_id() {
    let stored =
        |cid: &str| json!({ "uri": "at://x/y/key", "cid": cid, "value": { "text": "hello" } });
    let missing = json!({ "error": "RecordNotFound", "message": "" });
    let here = json!({ "did": "did:plc:me", "handle": "me.test" });
    let away = json!({ "error": "RepoDeactivated", "message": "Repo has been deactivated" });
    let nobody = json!({ "error": "RepoNotFound", "message": "Could not find repo" });
    let script = [
        (200, stored("c")),
        (200, stored("another")),
        (400, missing.clone()),
        (200, here),
        (400, missing),
        (400, away),
        (400, nobody),
    ];
    let stage = Stage::set("hello", &script).await;
    let sent = Sent {
        channel: stage.outgoing.channel.clone(),
        credentials: stage.outgoing.credentials.clone(),
        remote_id: "at://x/y/key".to_owned(),
        text: "hello".to_owned(),
        options: serde_json::Map::new(),
        receipt: json!({ "cid": "c" }),
    };
    let look = || stage.bluesky.look(&stage.ctx, &sent);
    for seen in [Seen::AsSent, Seen::Edited, Seen::Gone] {
        assert_eq!(look().await.unwrap(), seen);
    }
    for why in [
        "the account has left the server",
        "the server never knew it",
    ] {
        assert!(look().await.is_err(), "{why}");
    }
    assert_eq!(stage.calls().len(), script.len());
}
