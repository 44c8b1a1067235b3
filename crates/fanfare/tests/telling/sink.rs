//! A hub, somebody at a browser there, and a program outside that is told things.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode as Status};
use axum::response::IntoResponse;
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanfare_testkit::{Browser, StatusCode, TestDatabase, TestHub};
use ring::hmac;
use serde_json::{Value, json};

pub struct Desk {
    pub hub: TestHub,
    pub ada: Browser,
}

/// What a sink answers.
#[derive(Clone, Default)]
pub struct Says {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub after: Duration,
}

/// A program that takes messages.
#[derive(Clone)]
pub struct Sink {
    pub url: String,
    pub got: Arc<Mutex<Vec<Got>>>,
    says: Arc<Mutex<VecDeque<Says>>>,
}

#[derive(Clone)]
pub struct Got {
    pub headers: HeaderMap,
    pub body: String,
}

impl Desk {
    pub async fn begin(database: &TestDatabase) -> Self {
        let variables = [
            ("FANFARE_EGRESS_ALLOW", "127.0.0.0/8"),
            ("FANFARE_REGISTRATION", "open"),
        ];
        let hub = TestHub::start_with(database, &variables).await;
        let ada = hub.browser();
        ada.register("ada@example.com").await;
        Self { hub, ada }
    }

    /// Makes a webhook for these types; answers its id and its secret.
    pub async fn webhook(&self, url: &str, types: &[&str]) -> (String, String) {
        let input = json!({ "url": url, "event_types": types });
        let made = self.ada.post("/api/webhooks", input).await;
        let made = made.expect(StatusCode::CREATED);
        let word = |name: &str| made[name].as_str().unwrap().to_owned();
        (word("id"), word("secret"))
    }

    /// Something happens: an account is connected.
    pub async fn something_happens(&self) {
        self.ada.connect("facebook", json!({})).await;
    }

    pub async fn read(&self, id: &str) -> Value {
        let found = self.ada.get(&format!("/api/webhooks/{id}")).await;
        found.expect(StatusCode::OK)
    }

    pub async fn attempts(&self, id: &str) -> Vec<Value> {
        let found = self.ada.get(&format!("/api/webhooks/{id}/attempts")).await;
        let found = found.expect(StatusCode::OK);
        found["items"].as_array().unwrap().clone()
    }
}

impl Sink {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let sink = Self {
            url: format!("http://{}/hook", listener.local_addr().unwrap()),
            got: Arc::default(),
            says: Arc::default(),
        };
        let taking = sink.clone();
        let take = async move |headers: HeaderMap, body: Bytes| {
            let body = String::from_utf8(body.to_vec()).unwrap();
            taking.got.lock().unwrap().push(Got { headers, body });
            let says = taking.next();
            tokio::time::sleep(says.after).await;
            let mut answer = Status::from_u16(says.status).unwrap().into_response();
            for (name, value) in says.headers {
                answer.headers_mut().insert(name, value.parse().unwrap());
            }
            answer
        };
        let router = Router::new().route("/hook", post(take));
        tokio::spawn(async move { axum::serve(listener, router).await });
        sink
    }

    /// The next answer; the last is given again and again.
    fn next(&self) -> Says {
        let mut says = self.says.lock().unwrap();
        let next = if says.len() > 1 {
            says.pop_front()
        } else {
            says.front().cloned()
        };
        next.unwrap_or(Says {
            status: 204,
            ..Says::default()
        })
    }

    /// What it answers from now on; the last again and again.
    pub fn says(&self, answers: &[Says]) {
        *self.says.lock().unwrap() = answers.iter().cloned().collect();
    }

    pub fn says_status(&self, status: u16) {
        self.says(&[Says {
            status,
            ..Says::default()
        }]);
    }

    pub fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }

    pub fn all(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    pub fn last(&self) -> Got {
        self.got.lock().unwrap().last().unwrap().clone()
    }
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether one of its signatures is by that secret: what a receiver does.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let signed = format!(
            "{}.{}.{}",
            self.header("webhook-id"),
            self.header("webhook-timestamp"),
            self.body
        );
        let expected = hmac::sign(&key, signed.as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(expected.as_ref()));
        self.header("webhook-signature")
            .split(' ')
            .any(|signature| signature == expected)
    }
}
