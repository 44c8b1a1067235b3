//! Requests over HTTP, as a browser sends them. Every answer is held against the API's description.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use fanfare_api::ApiSettings;
use fanfare_domain::Secret;
use fanfare_testkit::described;
use reqwest::header::{COOKIE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use tokio::task::JoinHandle;
use url::Url;

use super::stage::Stage;

/// A browser that is signed in, or not. It follows no redirects.
pub struct Browser {
    base: Url,
    cookie: Option<Secret>,
    client: Client,
    serving: JoinHandle<()>,
}

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: StatusCode,
    /// All headers, for looking through.
    pub headers: String,
    pub location: Option<String>,
    pub text: String,
}

impl Browser {
    pub async fn open(stage: &Stage) -> Self {
        Self::with(stage, Some(stage.token.clone())).await
    }

    pub async fn of_a_stranger(stage: &Stage) -> Self {
        Self::with(stage, None).await
    }

    async fn with(stage: &Stage, cookie: Option<Secret>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let router = fanfare_api::router(
            Arc::clone(&stage.app),
            ApiSettings::default(),
            Router::new(),
        );
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            base,
            cookie,
            client,
            serving,
        }
    }

    pub async fn get(&self, path: &str) -> Got {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Got {
        self.send(Method::POST, path, Some(body)).await
    }

    /// A POST under an `Idempotency-Key`.
    pub async fn post_once(&self, key: &str, path: &str, body: Value) -> Got {
        self.send_under(Some(key), Method::POST, path, Some(body))
            .await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Got {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Got {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Got {
        self.send(Method::DELETE, path, None).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Got {
        self.send_under(None, method, path, body).await
    }

    async fn send_under(
        &self,
        key: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Got {
        let mut request = self
            .client
            .request(method.clone(), self.base.join(path).unwrap());
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("fanfare_session={}", cookie.expose()));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let location = response.headers().get(LOCATION);
        let got = Got {
            status: response.status(),
            headers: format!("{:?}", response.headers()),
            location: location.map(|location| location.to_str().unwrap().to_owned()),
            text: response.text().await.unwrap(),
        };
        if path.starts_with("/api/") {
            let body = serde_json::from_str(&got.text).unwrap_or_default();
            described::check(&method, path, got.status, &body);
        }
        got
    }

    /// Begins to connect and answers the address of consent.
    pub async fn begin(&self, return_to: &str) -> Url {
        let body = serde_json::json!({"server": "floss.example", "return_to": return_to});
        let got = self.post("/api/platforms/scripted/auth-url", body).await;
        assert_eq!(got.status, StatusCode::OK, "{got:?}");
        got.json()["url"].as_str().unwrap().parse().unwrap()
    }

    /// Comes back from consenting with that query.
    pub async fn come_back(&self, query: &[(&str, &str)]) -> Landed {
        let mut path = Url::parse("http://x/api/platforms/scripted/callback").unwrap();
        path.query_pairs_mut().extend_pairs(query);
        let got = self.get(&path[url::Position::BeforePath..]).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{got:?}");
        Landed::read(&got.location.unwrap())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The fields that a problem complains about, each with its code.
    pub fn complaints(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        self.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| (text(&error["field"]), text(&error["code"])))
            .collect()
    }
}

/// Where a person landed.
#[derive(Debug)]
pub struct Landed {
    pub path: String,
    pub query: BTreeMap<String, String>,
}

impl Landed {
    fn read(location: &str) -> Self {
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{location}"
        );
        let url = Url::parse("http://here.example")
            .unwrap()
            .join(location)
            .unwrap();
        Self {
            path: url.path().to_owned(),
            query: url.query_pairs().into_owned().collect(),
        }
    }

    pub fn error(&self) -> &str {
        &self.query["error"]
    }
}

/// The state in an address of consent.
pub fn state_of(url: &Url) -> String {
    url.query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned()
}
