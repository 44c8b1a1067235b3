//! A person with files to upload.

use fanfare_testkit::{TestDatabase, TestHub, described};
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use url::Url;

/// A signed-in browser at a hub.
pub struct Desk {
    url: Url,
    http: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// The largest file that the hub of these tests takes.
pub const LIMIT: usize = 20 << 20;

pub async fn hub(database: &TestDatabase) -> TestHub {
    hub_with(database, &[]).await
}

/// The same with more variables.
pub async fn hub_with(database: &TestDatabase, more: &[(&str, &str)]) -> TestHub {
    let limit = LIMIT.to_string();
    let variables = [
        ("FANFARE_UPLOAD_LIMIT", limit.as_str()),
        ("FANFARE_REGISTRATION", "open"),
        // Some tests fetch files from a server of their own.
        ("FANFARE_EGRESS_ALLOW", "127.0.0.0/8"),
    ];
    TestHub::start_with(database, &[&variables, more].concat()).await
}

impl Desk {
    /// Of somebody who is not signed in.
    pub fn of_stranger(hub: &TestHub) -> Self {
        let http = Client::builder()
            .cookie_store(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            url: hub.url.clone(),
            http,
        }
    }

    /// Of somebody with an account and a workspace of their own.
    pub async fn of(hub: &TestHub, name: &str) -> Self {
        let desk = Self::of_stranger(hub);
        let person = json!({
            "email": format!("{name}@example.com"),
            "password": "a lamp, two boats and rain",
            "name": name,
        });
        desk.post("/api/auth/register", person).await.expect(201);
        desk
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url.join(path).unwrap())
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    /// A GET with one more header.
    pub async fn get_with(&self, path: &str, header: &str, value: &str) -> Answer {
        Answer::to(self.request(Method::GET, path).header(header, value)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    pub async fn send_form(&self, form: Form) -> Answer {
        Answer::to(self.request(Method::POST, "/api/media").multipart(form)).await
    }

    /// Uploads a file that calls itself `name`, of the type `claimed`.
    pub async fn upload_as(&self, name: &str, claimed: &str, bytes: Vec<u8>) -> Answer {
        self.send_form(Form::new().part("file", part(name, claimed, bytes)))
            .await
    }

    /// Uploads a good file and answers its media.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> Value {
        self.upload_as(name, "application/octet-stream", bytes)
            .await
            .expect(201)
    }

    pub async fn begin(&self, name: &str, bytes: usize) -> Answer {
        self.post(
            "/api/media/uploads",
            json!({ "file_name": name, "bytes": bytes }),
        )
        .await
    }

    pub async fn piece(&self, id: &str, offset: usize, bytes: &[u8]) -> Answer {
        let path = format!("/api/media/uploads/{id}");
        let request = self
            .request(Method::PATCH, &path)
            .header("Upload-Offset", offset);
        Answer::to(request.body(bytes.to_vec())).await
    }

    /// What the library holds, newest first.
    pub async fn library(&self) -> Vec<Value> {
        self.get("/api/media").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .clone()
    }
}

pub fn part(name: &str, claimed: &str, bytes: Vec<u8>) -> Part {
    Part::bytes(bytes)
        .file_name(name.to_owned())
        .mime_str(claimed)
        .unwrap()
}

impl Answer {
    /// Sends the request, and holds the answer against the API's description.
    pub async fn to(request: RequestBuilder) -> Self {
        let (http, request) = request.build_split();
        let request = request.unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let response = http.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| text());
        if method != Method::HEAD {
            described::check(&method, &path, status, &body);
        }
        Self {
            status: status.as_u16(),
            headers,
            bytes,
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        self.json()
    }

    /// The words of a refusal with that status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> String {
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{problem}");
        problem["detail"].as_str().unwrap().to_owned()
    }

    /// The fields of a refusal of the input, with their codes.
    #[track_caller]
    pub fn wrong_fields(self) -> Vec<(String, String)> {
        let problem = self.expect(422);
        assert_eq!(problem["code"], "invalid_input", "{problem}");
        let errors = problem["errors"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        errors
            .map(|error| (text(&error["field"]), text(&error["code"])))
            .collect()
    }
}
