//! Tokens leave the program towards their platform only.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use fanfare_store::{binds, sql};
use jiff::SignedDuration;
use serde_json::json;

use super::browser::{Browser, state_of};
use super::scripted::{Answer, TOKEN};
use super::stage::Stage;
use super::staged;

staged!(no_answer_shows_a_token, no_token_lies_open_in_the_database);

/// Everything that this process logs, which may be what other tests log too: none of them may log a secret either.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// There is one log in a process, and the tests of both databases may share it.
    fn of_this_process() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        let open = || {
            let log = Log::default();
            let writer = log.clone();
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_writer(move || writer.clone())
                .init();
            log
        };
        LOG.get_or_init(open).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const SECRETS: &[&str] = &[TOKEN, "hunter2", "kept-verifier"];

async fn no_answer_shows_a_token(stage: Stage) {
    let log = Log::of_this_process();
    let browser = Browser::open(&stage).await;
    let mut seen = Vec::new();

    let body = json!({"account": "ann", "password": "hunter2"});
    let pasted = browser.post("/api/platforms/scripted/connect", body).await;
    assert_eq!(pasted.status, 201, "{pasted:?}");
    let connection = pasted.json()["connection"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    seen.push(pasted);
    let body = json!({"account": "nobody", "password": "hunter2"});
    seen.push(browser.post("/api/platforms/scripted/connect", body).await);
    let body = json!({"account": 1, "password": {"hunter2": "hunter2"}});
    seen.push(browser.post("/api/platforms/scripted/connect", body).await);
    let body = json!({"server": "floss.example"});
    let begun = browser.post("/api/platforms/scripted/auth-url", body).await;
    let state = state_of(&begun.json()["url"].as_str().unwrap().parse().unwrap());
    seen.push(begun);
    let path = format!("/api/platforms/scripted/callback?code=ben&state={state}");
    seen.push(browser.get(&path).await);
    stage.clock.advance(SignedDuration::from_hours(3));
    stage.platform.answer_next(Answer::Empty);
    let refresh = format!("/api/connections/{connection}/refresh");
    seen.push(browser.post(&refresh, json!({})).await);
    stage
        .platform
        .make_newest(&stage.stored_token(connection.parse().unwrap()).await);
    let refreshed = browser.post(&refresh, json!({})).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    seen.push(refreshed);
    for path in [
        "/api/platforms",
        "/api/platforms/scripted/status",
        "/api/connections",
        "/api/channels",
        "/openapi.json",
    ] {
        let got = browser.get(path).await;
        assert_eq!(got.status, 200, "{got:?}");
        seen.push(got);
    }
    let body = json!({"connection_id": connection, "scheduled": "keep"});
    seen.push(
        browser
            .post("/api/platforms/scripted/disconnect", body)
            .await,
    );

    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(
        logged.contains("platform answered") || logged.contains("request"),
        "the log was caught"
    );
    for secret in SECRETS {
        for got in &seen {
            let shown = format!("{} {}", got.headers, got.text);
            assert!(!shown.contains(secret), "{secret} in {got:?}");
        }
        assert!(!logged.contains(secret), "{secret} was logged");
    }
    assert!(!logged.contains(&state), "the state was logged");
}

async fn no_token_lies_open_in_the_database(stage: Stage) {
    stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let state = state_of(&browser.begin("/").await);
    let mut tx = stage.app.store.as_system("test").read().await.unwrap();
    let mut kept = Vec::new();
    for statement in [
        sql!("SELECT credentials AS kept FROM connections"),
        sql!("SELECT credentials AS kept FROM channels"),
        sql!("SELECT kept FROM oauth_states"),
    ] {
        kept.extend(
            tx.all(statement, binds![], |row| row.optional_bytes("kept"))
                .await
                .unwrap(),
        );
    }
    let hashes = tx
        .all(
            sql!("SELECT state_hash FROM oauth_states"),
            binds![],
            |row| row.text("state_hash"),
        )
        .await
        .unwrap();
    assert_eq!(
        kept.iter().flatten().count(),
        3,
        "a connection's, a channel's and a state's"
    );
    for sealed in kept.iter().flatten() {
        let text = String::from_utf8_lossy(sealed);
        assert!(
            SECRETS.iter().all(|secret| !text.contains(secret)),
            "{text}"
        );
    }
    assert_ne!(hashes, [state]);
}
