//! A person at a browser, as far as the API sees one: keeps cookies, follows no redirect by itself, and checks every answer against the
//! API's description.

use reqwest::header::LOCATION;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use url::Url;

use crate::described;

/// A browser with its cookies.
pub struct Browser {
    client: Client,
    url: Url,
}

/// A client that keeps cookies, follows no redirect and does not wait for ever.
///
/// # Panics
/// If the TLS library cannot be set up.
#[must_use]
pub fn client() -> Client {
    Client::builder()
        .cookie_store(true)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30))
        .build()
        .expect("a client")
}

/// What the hub answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub body: Value,
    pub location: Option<String>,
}

impl Browser {
    /// A browser with no cookies yet, looking at the hub at `url`.
    ///
    /// # Panics
    /// If the TLS library cannot be set up.
    #[must_use]
    pub fn at(url: Url) -> Self {
        Self {
            client: client(),
            url,
        }
    }

    /// A request that nothing was added to yet.
    ///
    /// # Panics
    /// If `path` is no path.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, self.url.join(path).expect("a path"))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends, and checks the answer against the API's description.
    ///
    /// # Panics
    /// If the hub does not answer, or answers what the description does not know.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let reply = read(request).await;
        described::check(&method, path, reply.status, &reply.body);
        reply
    }

    /// Registers and stays signed in.
    pub async fn register(&self, email: &str) -> Value {
        let body = json!({ "email": email, "password": "correct horse battery staple", "name": "Ada Moreno" });
        self.post("/api/auth/register", body)
            .await
            .expect(StatusCode::CREATED)
    }

    /// Uploads a file and answers its media.
    ///
    /// # Panics
    /// If it is not taken.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> Value {
        let file = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", file);
        let reply = read(self.request(Method::POST, "/api/media").multipart(form)).await;
        described::check(&Method::POST, "/api/media", reply.status, &reply.body);
        reply.expect(StatusCode::CREATED)
    }

    /// Connects a pretend account by its consent page, everything granted, and answers its channels.
    ///
    /// # Panics
    /// If any step of the way fails.
    pub async fn connect(&self, platform: &str, fields: Value) -> Vec<Value> {
        let landing = self.consent(platform, fields, "continue").await;
        let (path, connection) = landing.split_once("connected=").expect("it is connected");
        assert_eq!(path, "/connections?");
        let connection = self.get(&format!("/api/connections/{connection}")).await;
        connection.expect(StatusCode::OK)["channels"]
            .as_array()
            .expect("channels")
            .clone()
    }

    /// Connects a pretend Google Drive, which has files and no channels; answers the connection, and a picture that lies in it.
    ///
    /// # Panics
    /// If any step of the way fails.
    pub async fn connect_drive(&self) -> (String, Value) {
        let landing = self
            .consent("gdrive", serde_json::json!({}), "continue")
            .await;
        let (_, connection) = landing.split_once("connected=").expect("it is connected");
        let path = format!("/api/connections/{connection}/files?search=rye");
        let found = self.get(&path).await.expect(StatusCode::OK);
        (connection.to_owned(), found["items"][0].clone())
    }

    /// Goes to the consent page, presses a button there, and answers where the hub sent us in the end.
    ///
    /// # Panics
    /// If any step of the way fails.
    pub async fn consent(&self, platform: &str, fields: Value, decision: &str) -> String {
        let path = format!("/api/platforms/{platform}/auth-url");
        let answer = self.post(&path, fields).await.expect(StatusCode::OK);
        let page = Url::parse(answer["url"].as_str().expect("an address")).expect("an address");
        let html = self
            .client
            .get(page.clone())
            .send()
            .await
            .expect("a page")
            .text()
            .await
            .expect("text");
        let (action, mut form) = crate::form::of(&html);
        form.push(("decision".to_owned(), decision.to_owned()));
        let target = page.join(&action).expect("an address");
        let back = read(self.client.post(target).form(&form)).await;
        let callback = back.location.expect("the platform sends us back");
        let callback = Url::parse(&callback).expect("an address");
        // Here, whatever address the hub is told it has.
        let path = &callback[url::Position::BeforePath..];
        let landing = read(self.request(Method::GET, path)).await;
        assert_eq!(landing.status, StatusCode::SEE_OTHER);
        landing.location.expect("the hub sends us on")
    }
}

impl Reply {
    /// The body, if the status is that one.
    ///
    /// # Panics
    /// If it is another.
    #[track_caller]
    pub fn expect(self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// The `code` of a problem.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The codes of a problem's fields, as `field: code`.
    #[must_use]
    pub fn field_codes(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors
            .iter()
            .map(|error| format!("{}: {}", word(&error["field"]), word(&error["code"])))
            .collect()
    }
}

/// Sends, and reads the answer. Nothing is held against the description.
///
/// # Panics
/// If the hub does not answer.
pub async fn read(request: RequestBuilder) -> Reply {
    let response = request.send().await.expect("the hub answers");
    let status = response.status();
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let text = response.text().await.expect("the answer is text");
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Reply {
        status,
        body,
        location,
    }
}
