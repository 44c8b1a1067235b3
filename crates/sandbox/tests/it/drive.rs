//! A client, a sandbox of its own, and what every test needs to say briefly.

use fanfare_sandbox::{Sandbox, SandboxSettings};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, redirect};
use serde_json::Value;
use url::Url;

pub const REDIRECT: &str = "http://127.0.0.1:9/callback?from=test";

/// A sandbox on a free port and a client that does not follow redirects.
pub struct Drive {
    pub sandbox: Sandbox,
    pub client: Client,
}

impl Drive {
    pub async fn new() -> Self {
        Self::with(SandboxSettings::on_port(0)).await
    }

    pub async fn with(settings: SandboxSettings) -> Self {
        let sandbox = Sandbox::start(settings).await.unwrap();
        Self {
            sandbox,
            client: client(),
        }
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url.as_str().trim_end_matches('/'))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.at(path)).send().await.unwrap()
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.client
            .post(self.at(path))
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    pub async fn json(&self, path: &str, body: &Value) -> Response {
        self.client
            .post(self.at(path))
            .json(body)
            .send()
            .await
            .unwrap()
    }

    /// Sends bytes as the file part `name`, beside the fields.
    pub async fn upload(
        &self,
        path: &str,
        name: &str,
        bytes: Vec<u8>,
        fields: &[(&str, &str)],
    ) -> Response {
        let mut form = Form::new().part(name.to_owned(), Part::bytes(bytes).file_name("bread.jpg"));
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        self.client
            .post(self.at(path))
            .multipart(form)
            .send()
            .await
            .unwrap()
    }

    /// Agrees on a consent page and gives the parameters that came back.
    pub async fn consent(&self, path: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let answer = self.form(path, fields).await;
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        let to = answer.headers()["location"].to_str().unwrap().to_owned();
        assert!(to.starts_with(REDIRECT), "{to}");
        Url::parse(&to)
            .unwrap()
            .query_pairs()
            .into_owned()
            .collect()
    }
}

pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    let found = pairs.iter().find(|(key, _)| key == name);
    found
        .map(|(_, value)| value.as_str())
        .unwrap_or_else(|| panic!("{name} in {pairs:?}"))
}

pub async fn json(answer: Response) -> Value {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} {text}"))
}

/// The body of an answer that must be a success.
pub async fn good(answer: Response) -> Value {
    let status = answer.status();
    let body = json(answer).await;
    assert!(status.is_success(), "{status} {body}");
    body
}

/// Code and subcode of a Graph error.
pub async fn graph_error(answer: Response) -> (i64, Option<i64>) {
    let status = answer.status();
    let body = json(answer).await;
    assert!(!status.is_success(), "{body}");
    let error = &body["error"];
    assert!(
        error["fbtrace_id"].is_string()
            && error["message"].is_string()
            && error["type"].is_string(),
        "{body}"
    );
    (
        error["code"].as_i64().unwrap(),
        error["error_subcode"].as_i64(),
    )
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("a text, not {value}"))
}
